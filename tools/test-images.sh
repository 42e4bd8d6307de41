#!/usr/bin/env bash
# The images' gate: builds both on stand-ins of their bases and runs what came out. dist/, dist-tools/, the sandbox, the console shell and Helm 3
# are there already. The result goes into the folder given.
set -euo pipefail
cd "$(dirname "$0")/.."
tools/need-buildah.sh
if [[ $(id -u) != 0 ]]; then
  # A user namespace is enough, as long as it has users to run as.
  for file in /etc/subuid /etc/subgid; do
    grep -q "^$(id -un):" $file || {
      echo "Running images needs root, or users to lend: sudo usermod --add-subuids 100000-165535 --add-subgids 100000-165535 $(id -un)"
      exit 1
    }
  done
  exec buildah unshare "$0" "$@"
fi
node --test --test-reporter spec --test-reporter-destination stdout --test-reporter tap --test-reporter-destination "$1/images.tap" images/test/images.test.mjs
