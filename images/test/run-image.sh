#!/usr/bin/env bash
# Runs a program in the tree of an image as OpenShift would: as a user nobody has heard of, of group 0, without capabilities or ways to get
# any, on a root file system that is read-only but for an empty /tmp.
#   run-image.sh TREE [--mount FOLDER=PATH]... PROGRAM ARGUMENT...
# Standard output must be a file: what a container runtime hands over is open to the user, a pipe of somebody else's is not.
set -euo pipefail
if [[ -z ${INSIDE_MOUNTS-} ]]; then
  INSIDE_MOUNTS=1 exec unshare --mount --propagation private "$0" "$@"
fi
tree=$1
shift
mount --rbind "$tree" "$tree"
while [[ $1 == --mount ]]; do
  mkdir -p "$tree${2#*=}"
  mount --bind "${2%%=*}" "$tree${2#*=}"
  mount -o remount,bind,ro "$tree${2#*=}"
  shift 2
done
mount -t tmpfs -o mode=1777 tmpfs "$tree/tmp"
mount -t tmpfs -o mode=755 tmpfs "$tree/dev"
for device in null random urandom; do
  touch "$tree/dev/$device"
  mount --bind "/dev/$device" "$tree/dev/$device"
done
ln -s /proc/self/fd "$tree/dev/fd"
ln -s /proc/self/fd/1 "$tree/dev/stdout"
ln -s /proc/self/fd/2 "$tree/dev/stderr"
mount --rbind /proc "$tree/proc"
mount -o remount,bind,ro "$tree"
exec setpriv --no-new-privs --inh-caps=-all --bounding-set=-all,+setuid,+setgid,+sys_chroot chroot --userspec=+54321:+0 --groups=+0 "$tree" "$@"
