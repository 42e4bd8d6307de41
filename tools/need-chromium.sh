#!/usr/bin/env bash
# The browser tests run in the system's Chromium. As root it is installed; otherwise this says how.
set -euo pipefail
for path in /usr/bin/chromium /usr/bin/chromium-browser /usr/bin/google-chrome; do
  [[ -x $path ]] && exit 0
done
if command -v apt-get >/dev/null; then
  install='apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium'
elif command -v dnf >/dev/null; then
  install='dnf install -y -q chromium'
else
  echo "Chromium is missing: install it with your system's package manager."
  exit 1
fi
if [[ $(id -u) != 0 ]]; then
  echo "Chromium is missing. Install it: sudo sh -c '$install'"
  exit 1
fi
echo "Installing Chromium (about 1 minute)"
DEBIAN_FRONTEND=noninteractive bash -c "$install" >/dev/null
