#!/bin/sh
# Makes the test images and prints the directory of the OCI layout that holds them.
#
#   images.sh busybox    tags: org (three small layers; whiteout, opaque directory, devices, xattrs, links)
#   images.sh debian     tags: org      three layers of Debian, over 20,000 files, over 900 MB of tar; the upper layers
#                                       lack entries for directories that did not change (what umoci repack writes)
#                              medium   about 200 MB of tar: the first two layers of org
#                              parents  medium with an entry for every parent directory in every layer
#                              multi    an index of two platforms: medium for amd64, one base layer for arm64
#   images.sh debian-parents   the same, but for parents: it is org with those entries; for measurements
#
# A finished layout is kept below $STARLING_TEST_IMAGES (default: ${XDG_CACHE_HOME:-~/.cache}/starling/test-images),
# under a name that holds the digest of these scripts, so that a changed recipe is built anew. It is published by
# rename under a lock: two builds at once are safe, and the second one waits and takes the first one's result.
# Root is needed (devices, owners, chroot). The mirror and the proxy are those of this machine's apt.
set -eu
umask 022
export LC_ALL=C DEBIAN_FRONTEND=noninteractive SOURCE_DATE_EPOCH=1700000000

here=$(cd "$(dirname "$0")" && pwd)
name=${1:?usage: images.sh busybox|debian|debian-parents}
suite=bookworm
cache=${STARLING_TEST_IMAGES:-${XDG_CACHE_HOME:-$HOME/.cache}/starling/test-images}
version=$(cat "$here/images.sh" "$here/layers.py" | sha256sum | cut -c1-12)
target=$cache/$name-$version

say() { echo "test image $name: $*" >&2; }
die() { say "$*"; exit 1; }

if [ -e "$target/index.json" ]; then touch "$target"; echo "$target"; exit 0; fi
[ "$(id -u)" = 0 ] || die "must be built as root (owners, devices, chroot)"
for tool in umoci python3 flock; do
  command -v $tool >/dev/null || die "$tool is missing: apt-get install umoci python3 util-linux"
done

mkdir -p "$cache"
exec 9>"$cache/$name.lock"
flock 9
if [ -e "$target/index.json" ]; then echo "$target"; exit 0; fi
# The lock is held, so whatever lies in a work directory was left by a build that died.
rm -rf "$cache/.work-$name"
find "$cache" -maxdepth 1 -name "$name-*" -type d -mtime +30 -exec rm -rf {} +
work=$cache/.work-$name
mkdir "$work"
trap 'rm -rf "$work"' EXIT
trap 'exit 1' INT TERM HUP
oci=$work/oci

# How this machine reaches a Debian mirror: its own sources and proxy, deb.debian.org when apt knows none.
mirror() {
  found=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' "Codename: $suite" 2>/dev/null |
    grep -E '^https?:' | grep -v security | head -n 1 || true)
  echo "${found:-http://deb.debian.org/debian}"
}

proxy() { apt-config shell p Acquire::http::Proxy | sed -n "s/^p='\(.*\)'$/\1/p"; }

bootstrap() { # ROOT ARCH [OPTIONS...]
  root=$1 arch=$2
  shift 2
  p=$(proxy)
  if [ -n "$p" ]; then export http_proxy="$p"; fi
  debootstrap --arch="$arch" --variant=minbase "$@" $suite "$root" "$(mirror)" >"$work/$arch.log" 2>&1 ||
    { tail -n 5 "$work/$arch.log" >&2; die "debootstrap of $arch failed"; }
}

# Runs a command in the root file system with /proc mounted in a mount namespace of its own, so nothing stays mounted.
inside() { # ROOT COMMAND...
  root=$1
  shift
  unshare --mount --propagation private sh -c '
    root=$1; shift
    mount -t proc proc "$root/proc"
    exec chroot "$root" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C DEBIAN_FRONTEND=noninteractive "$@"
  ' sh "$root" "$@" >>"$work/chroot.log" 2>&1 9>&- || { tail -n 5 "$work/chroot.log" >&2; die "failed in the chroot: $*"; }
}

open_root() { # ROOT: what apt needs for the time of the build
  printf '#!/bin/sh\nexit 101\n' >"$1/usr/sbin/policy-rc.d"
  chmod 755 "$1/usr/sbin/policy-rc.d"
  echo force-unsafe-io >"$1/etc/dpkg/dpkg.cfg.d/build"
  apt-config dump Acquire | grep -i proxy >"$1/etc/apt/apt.conf.d/00build" || true
  cp /etc/resolv.conf "$1/etc/resolv.conf"
}

close_root() { # ROOT: and takes away again, with every trace of this machine
  rm -f "$1/usr/sbin/policy-rc.d" "$1/etc/dpkg/dpkg.cfg.d/build" "$1/etc/apt/apt.conf.d/00build"
  rm -rf "$1"/var/cache/apt/* "$1"/var/lib/apt/lists/* "$1"/var/log/* "$1"/tmp/* "$1"/run/*
  : >"$1/etc/resolv.conf"
  echo starling >"$1/etc/hostname"
  echo "deb http://deb.debian.org/debian $suite main" >"$1/etc/apt/sources.list"
}

install_in() { # ROOT PACKAGES...
  root=$1
  shift
  open_root "$root"
  echo "deb $(mirror) $suite main" >"$root/etc/apt/sources.list"
  inside "$root" apt-get -q update
  inside "$root" apt-get -qy -o Dpkg::Use-Pty=0 --no-install-recommends install "$@"
  close_root "$root"
}

# What real images hold and careless converters lose.
oddities() { # ROOT
  mkdir -p "$1/opt/odd/opaque" "$1/opt/odd/sticky" "$1/opt/odd/gone"
  echo one >"$1/opt/odd/opaque/below"
  echo two >"$1/opt/odd/gone/file"
  echo three >"$1/opt/odd/deleted"
  chmod 1777 "$1/opt/odd/sticky"
  echo linked >"$1/opt/odd/first"
  ln "$1/opt/odd/first" "$1/opt/odd/second"
  ln "$1/opt/odd/first" "$1/opt/odd/sticky/third"
  ln -s ../../usr/bin/env "$1/opt/odd/relative"
  ln -s /nowhere "$1/opt/odd/dangling"
  : >"$1/opt/odd/empty"
  mknod "$1/opt/odd/char" c 1 7
  mknod "$1/opt/odd/block" b 7 200
  mkfifo "$1/opt/odd/fifo"
  echo suid >"$1/opt/odd/suid"
  chmod 6755 "$1/opt/odd/suid"
  echo owned >"$1/opt/odd/owned"
  chown 12345:54321 "$1/opt/odd/owned"
  chmod 0400 "$1/opt/odd/owned"
  echo unicode >"$1/opt/odd/$(printf 'na\303\257ve caf\303\251 <&> "q"')"
  long=$(printf 'd%.0s' $(seq 1 90))
  mkdir -p "$1/opt/odd/$long/$long"
  echo long >"$1/opt/odd/$long/$long/$long"
  touch -d '1969-12-31 23:59:50 UTC' "$1/opt/odd/empty"
  touch -d '2021-02-03 04:05:06.75 UTC' "$1/opt/odd/owned"
  python3 "$here/layers.py" xattrs "$1/opt/odd"
}

new_image() { # TAG
  [ -d "$oci" ] || umoci init --layout "$oci"
  umoci new --image "$oci:$1"
}

add_layer() { umoci raw add-layer --image "$oci:$1" "$2" 9>&-; } # TAG TAR

busybox_image() {
  [ -x /bin/busybox ] || die "/bin/busybox is missing: apt-get install busybox-static"
  root=$work/root
  mkdir -p "$root/bin" "$root/dev" "$root/etc" "$root/proc" "$root/sys" "$root/tmp" "$root/usr/bin"
  chmod 1777 "$root/tmp"
  cp /bin/busybox "$root/bin/busybox"
  for applet in $(/bin/busybox --list); do [ "$applet" = busybox ] || ln "$root/bin/busybox" "$root/bin/$applet"; done
  mknod "$root/dev/null" c 1 3
  printf 'root:x:0:0:root:/root:/bin/sh\n' >"$root/etc/passwd"
  oddities "$root"
  python3 "$here/layers.py" tar "$root" "$work/1.tar"
  mkdir -p "$work/two/opt/odd/opaque" "$work/two/etc"
  : >"$work/two/opt/odd/opaque/.wh..wh..opq"
  echo above >"$work/two/opt/odd/opaque/above"
  : >"$work/two/opt/odd/.wh.deleted"
  : >"$work/two/opt/odd/.wh.gone"
  echo layered >"$work/two/etc/issue"
  python3 "$here/layers.py" tar "$work/two" "$work/2.tar"
  mkdir -p "$work/three/srv"
  head -c 10000000 /dev/urandom >"$work/three/srv/random"
  seq 1 200000 >"$work/three/srv/numbers"
  python3 "$here/layers.py" tar "$work/three" "$work/3.tar"
  new_image org
  for n in 1 2 3; do add_layer org "$work/$n.tar"; done
  umoci config --image "$oci:org" --config.cmd /bin/sh --architecture amd64 --os linux
}

# One more layer on the image: umoci unpacks it, the packages go in, umoci writes the difference as a layer.
grow() { # TAG-FROM TAG-TO PACKAGES...
  from=$1 to=$2
  shift 2
  [ -d "$work/bundle" ] || umoci unpack --image "$oci:$from" "$work/bundle" 9>&-
  install_in "$work/bundle/rootfs" "$@"
  if [ "$to" = medium ]; then
    odd=$work/bundle/rootfs/opt/odd
    rm -rf "$odd/deleted" "$odd/gone" "$work"/bundle/rootfs/usr/share/doc/adduser
    echo changed >"$odd/first"
    python3 "$here/layers.py" touch-xattr "$odd/capable"
  fi
  umoci repack --refresh-bundle --image "$oci:$to" "$work/bundle" 9>&-
}

with_parents() { # TAG: what is unpacked in the bundle; writes the tag parents
  say "writing the variant of $1 with parent directories"
  python3 "$here/layers.py" parents "$oci" base "$1" "$work/bundle/rootfs" "$work"
  umoci tag --image "$oci:base" parents
  for layer in "$work"/parents-*.tar; do
    add_layer parents "$layer"
    rm -f "$layer"
  done
}

debian_parents_image() {
  debian=$(sh "$here/images.sh" debian 9>&-)
  cp -al "$debian" "$oci"
  umoci unpack --image "$oci:org" "$work/bundle" 9>&-
  with_parents org
}

debian_image() {
  command -v debootstrap >/dev/null || die "debootstrap is missing: apt-get install debootstrap"
  say "building, this takes about three minutes once ($target)"
  bootstrap "$work/arm64" arm64 --foreign &
  arm=$!
  bootstrap "$work/root" amd64 --include=ca-certificates
  wait $arm || die "no arm64 base"
  close_root "$work/root"
  oddities "$work/root"
  python3 "$here/layers.py" tar "$work/root" "$work/base.tar"
  rm -rf "$work/root" "$work/arm64/debootstrap"
  close_root "$work/arm64"
  tar -C "$work/arm64" --numeric-owner --sort=name -cf "$work/arm64.tar" .
  rm -rf "$work/arm64"

  say "base done, adding packages"
  new_image base
  add_layer base "$work/base.tar"
  new_image arm64
  add_layer arm64 "$work/arm64.tar"
  umoci config --image "$oci:arm64" --architecture arm64 --os linux
  rm -f "$work/arm64.tar" "$work/base.tar"

  umoci config --image "$oci:base" --architecture amd64 --os linux --config.cmd /bin/bash
  grow base medium python3 perl
  with_parents medium
  grow medium org openjdk-17-jdk-headless golang-go
  python3 "$here/layers.py" index "$oci" multi medium arm64
}

case $name in
busybox) busybox_image ;;
debian) debian_image ;;
debian-parents) debian_parents_image ;;
*) die "no such image; busybox, debian or debian-parents" ;;
esac
umoci gc --layout "$oci"
mv "$oci" "$target"
echo "$target"
