#!/usr/bin/env bash
# Runs go without the lines that say what it downloads, hundreds on a new machine; everything else that it says stays.
{ go "$@" 2>&1 >&3 3>&- | { grep -v '^go: downloading ' || true; } >&2; exit "${PIPESTATUS[0]}"; } 3>&1
