#!/usr/bin/env bash
# A stand-in for a base image: one program of this system and the libraries it is linked with, below the folder given. No shell, no other
# program, no user: what works on it works on the real base.
#   stand-in-base.sh FOLDER PROGRAM PATH   e.g. stand-in-base.sh /tmp/base nginx /usr/sbin/nginx
set -euo pipefail
folder=$1
program=$(PATH=$PATH:/usr/sbin command -v "$2")
install -D -m 755 "$(realpath "$program")" "$folder$3"
ldd "$program" | grep -o '/[^ ]*' | sort -u | while read -r library; do
  install -D -m 755 "$library" "$folder$library"
done
mkdir -p -m 1777 "$folder/tmp"
mkdir -p "$folder"/{dev,proc,var,etc}
