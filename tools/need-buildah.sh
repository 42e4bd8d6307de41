#!/usr/bin/env bash
# What the tests of the images need of the system: buildah and skopeo, nginx to make a stand-in base image of, openssl. As root it is
# installed; otherwise this says how.
set -euo pipefail
missing=()
for program in buildah skopeo openssl nginx; do
  PATH=$PATH:/usr/sbin command -v "$program" >/dev/null || missing+=("$program")
done
[[ ${#missing[@]} == 0 ]] && exit 0
if command -v apt-get >/dev/null; then
  # The guard keeps Debian from starting a web server on this machine.
  guard=/usr/sbin/policy-rc.d
  install="apt-get update -qq && apt-get install -y -qq --no-install-recommends ${missing[*]}"
elif command -v dnf >/dev/null; then
  install="dnf install -y -q ${missing[*]/#nginx/nginx-core}"
else
  echo "Missing: ${missing[*]}. Install them with your system's package manager."
  exit 1
fi
if [[ $(id -u) != 0 ]]; then
  echo "Missing: ${missing[*]}. Install them: sudo sh -c '$install'"
  exit 1
fi
echo "Installing ${missing[*]} (about 1 minute)"
if [[ -n ${guard-} && ! -e $guard ]]; then
  printf '#!/bin/sh\nexit 101\n' >"$guard"
  chmod +x "$guard"
  trap 'rm -f "$guard"' EXIT
fi
DEBIAN_FRONTEND=noninteractive bash -c "$install" >/dev/null
