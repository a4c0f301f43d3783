"""Prints one line for every file below a directory, sorted by name, as JSON arrays:

[name, type, mode, uid, gid, mtime in seconds (rounded half up, as TOCs have it), size or null, link target, first name of its hard links, device,
xattrs in hex, sha256 of the content]
"""

import hashlib
import json
import os
import stat
import sys

KINDS = {
    stat.S_IFDIR: "dir", stat.S_IFREG: "reg", stat.S_IFLNK: "symlink", stat.S_IFCHR: "char",
    stat.S_IFBLK: "block", stat.S_IFIFO: "fifo", stat.S_IFSOCK: "socket",
}


def names(root):
    for folder, folders, files in os.walk(os.fsencode(root)):
        for name in folders + files:
            yield os.path.relpath(os.path.join(folder, name), os.fsencode(root))


def content(path):
    with open(path, "rb") as f:
        return hashlib.file_digest(f, "sha256").hexdigest()


def main(root):
    first = {}
    for name in sorted(names(root)):
        path = os.path.join(os.fsencode(root), name)
        info = os.lstat(path)
        kind = KINDS[stat.S_IFMT(info.st_mode)]
        shown = name.decode("utf-8", "backslashreplace")
        linked = first.setdefault(info.st_ino, shown) if info.st_nlink > 1 and kind != "dir" else None
        xattrs = {k: os.getxattr(path, k, follow_symlinks=False).hex() for k in os.listxattr(path, follow_symlinks=False)}
        print(json.dumps([
            shown, kind, oct(info.st_mode & 0o7777), info.st_uid, info.st_gid, (info.st_mtime_ns + 5 * 10**8) // 10**9,
            None if kind == "dir" else info.st_size,
            os.fsdecode(os.readlink(path)) if kind == "symlink" else None,
            linked,
            f"{os.major(info.st_rdev)}:{os.minor(info.st_rdev)}" if kind in ("char", "block") else None,
            dict(sorted(xattrs.items())),
            content(path) if kind == "reg" and linked in (None, shown) else None,
        ]))


main(sys.argv[1])
