"""The parts of the test-image recipe that a shell is bad at: tar layers, extended attributes, an index.

Called by images.sh; see there. Every function works on one layout or one directory and writes nothing elsewhere.
"""

import gzip
import hashlib
import json
import os
import sys
import tarfile

# struct vfs_cap_data, revision 2: cap_net_bind_service, permitted and effective.
NET_BIND = bytes.fromhex("0100000200040000000000000000000000000000")


def xattrs(directory):
    """Files with a capability and with user attributes, text and binary."""
    capable = os.path.join(directory, "capable")
    with open(capable, "w") as f:
        f.write("capable\n")
    os.chmod(capable, 0o755)
    os.setxattr(capable, "security.capability", NET_BIND)
    noted = os.path.join(directory, "noted")
    with open(noted, "w") as f:
        f.write("noted\n")
    os.setxattr(noted, "user.comment", b"caf\xc3\xa9 = 1\n2")
    os.setxattr(noted, "user.binary", bytes(range(256)))
    os.setxattr(os.path.join(directory, "sticky"), "user.on.directory", b"yes")


def touch_xattr(path):
    os.setxattr(path, "user.layer", b"2")


def member(root, path, seen):
    """The tar entry of one file; a second name of an inode becomes a hard link."""
    name = os.path.relpath(path, root)
    stat = os.lstat(path)
    info = tarfile.TarInfo(name)
    info.mode = stat.st_mode & 0o7777
    info.uid, info.gid = stat.st_uid, stat.st_gid
    info.mtime = stat.st_mtime_ns / 1e9 if stat.st_mtime_ns % 10**9 else int(stat.st_mtime)
    info.pax_headers = {
        "SCHILY.xattr." + key: os.getxattr(path, key, follow_symlinks=False).decode("utf-8", "surrogateescape")
        for key in os.listxattr(path, follow_symlinks=False)
        if key.startswith(("user.", "security.capability"))
    }
    kind = stat.st_mode & 0o170000
    if kind == 0o040000:
        info.type = tarfile.DIRTYPE
    elif kind == 0o120000:
        info.type, info.linkname = tarfile.SYMTYPE, os.readlink(path)
    elif kind in (0o020000, 0o060000):
        info.type = tarfile.CHRTYPE if kind == 0o020000 else tarfile.BLKTYPE
        info.devmajor, info.devminor = os.major(stat.st_rdev), os.minor(stat.st_rdev)
    elif kind == 0o010000:
        info.type = tarfile.FIFOTYPE
    elif stat.st_nlink > 1 and stat.st_ino in seen:
        info.type, info.linkname = tarfile.LNKTYPE, seen[stat.st_ino]
    else:
        seen[stat.st_ino] = name
        info.size = stat.st_size
    return info


def tar(root, target):
    """A whole tree as a layer, sorted, without an entry for the root itself."""
    seen = {}
    with tarfile.open(target, "w", format=tarfile.PAX_FORMAT) as out:
        for folder, folders, files in os.walk(root):
            folders.sort()
            links = [d for d in folders if os.path.islink(os.path.join(folder, d))]
            names = [] if folder == root else [folder]
            names += [os.path.join(folder, f) for f in sorted(files + links)]
            for path in names:
                info = member(root, path, seen)
                if info.isreg():
                    with open(path, "rb") as content:
                        out.addfile(info, content)
                else:
                    out.addfile(info)


def read_json(layout, digest):
    with open(blob(layout, digest)) as f:
        return json.load(f)


def blob(layout, digest):
    return os.path.join(layout, "blobs", *digest.split(":"))


def described(layout, tag):
    with open(os.path.join(layout, "index.json")) as f:
        for entry in json.load(f)["manifests"]:
            if entry.get("annotations", {}).get("org.opencontainers.image.ref.name") == tag:
                return entry
    raise SystemExit(f"no tag {tag} in {layout}")


def parents(layout, base, tag, root, work):
    """Writes each layer of tag above base again as parents-N.tar, with entries for all the parent directories."""
    below = len(read_json(layout, described(layout, base)["digest"])["layers"])
    layers = read_json(layout, described(layout, tag)["digest"])["layers"]
    for number, layer in enumerate(layers[below:]):
        with gzip.open(blob(layout, layer["digest"])) as source, tarfile.open(
            fileobj=source, mode="r|"
        ) as old, tarfile.open(f"{work}/parents-{number}.tar", "w", format=tarfile.PAX_FORMAT) as new:
            with_parents(old, new, root)


def with_parents(old, new, root):
    """Copies a stream of entries, each preceded by its parent directories unless they were there before."""
    seen = set()
    for info in old:
        name = info.name.strip("/")
        folders = name.split("/")[:-1]
        for depth in range(1, len(folders) + 1):
            folder = "/".join(folders[:depth])
            if folder not in seen:
                seen.add(folder)
                new.addfile(member(root, os.path.join(root, folder), {}))
        if info.isdir() and name in seen:
            continue
        seen.add(name)
        new.addfile(info, old.extractfile(info) if info.isreg() else None)


def index(layout, tag, *tags):
    """An image index over images of the layout, each with the platform its configuration names."""
    manifests = []
    for each in tags:
        entry = described(layout, each)
        config = read_json(layout, read_json(layout, entry["digest"])["config"]["digest"])
        platform = {key: config[key] for key in ("architecture", "os", "variant") if key in config}
        manifests.append({key: entry[key] for key in ("mediaType", "digest", "size")} | {"platform": platform})
    media_type = "application/vnd.oci.image.index.v1+json"
    data = json.dumps({"schemaVersion": 2, "mediaType": media_type, "manifests": manifests}).encode()
    digest = "sha256:" + hashlib.sha256(data).hexdigest()
    with open(blob(layout, digest), "wb") as out:
        out.write(data)
    path = os.path.join(layout, "index.json")
    with open(path) as f:
        top = json.load(f)
    annotations = {"org.opencontainers.image.ref.name": tag}
    top["manifests"].append({"mediaType": media_type, "digest": digest, "size": len(data), "annotations": annotations})
    with open(path, "w") as out:
        json.dump(top, out)


COMMANDS = {"xattrs": xattrs, "touch-xattr": touch_xattr, "tar": tar, "parents": parents, "index": index}

if __name__ == "__main__":
    COMMANDS[sys.argv[1]](*sys.argv[2:])
