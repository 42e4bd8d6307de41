#!/usr/bin/env bash
# The browser tests run in the system's Chromium: the headless one where there is one, for it takes a quarter less time. Prints its path.
# As root it is installed when it is missing; otherwise this says how.
set -euo pipefail
find_chromium() {
  local path
  for path in /usr/bin/chromium-headless-shell /usr/lib{64,}/chromium-browser/headless_shell /usr/bin/chromium /usr/bin/chromium-browser /usr/bin/google-chrome; do
    [[ -x $path ]] && echo "$path" && return
  done
}
find_chromium && exit
if command -v apt-get >/dev/null; then
  install='apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium-headless-shell || apt-get install -y -qq --no-install-recommends chromium'
elif command -v dnf >/dev/null; then
  install='dnf install -y -q chromium-headless'
else
  echo "Chromium is missing: install it with your system's package manager." >&2
  exit 1
fi
if [[ $(id -u) != 0 ]]; then
  echo "Chromium is missing. Install it: sudo sh -c '$install'" >&2
  exit 1
fi
echo "Installing Chromium (about 1 minute)" >&2
DEBIAN_FRONTEND=noninteractive bash -c "$install" >/dev/null
find_chromium
