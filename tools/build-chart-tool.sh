#!/usr/bin/env bash
# Builds the program that a module of tools/chart names into .build/bin, once per version, and says that it is still at work.
set -euo pipefail
name=$1
target=$(realpath -m "$2")
cd "$(dirname "$0")/chart/$name"
package=$(go list tool)
version=$(go list -m -f '{{.Version}}' "$(go list -f '{{.Module.Path}}' "$package")")
echo "Compiling $name $version: up to 3 minutes, once."
mkdir -p "$(dirname "$target")"
started=$SECONDS
(while sleep 30; do echo "   still compiling, $((SECONDS - started)) s"; done) &
progress=$!
trap 'kill "$progress" 2>/dev/null || true' EXIT
CGO_ENABLED=0 go build -trimpath -ldflags "-s -w" -o "$target" "$package"
echo "   done in $((SECONDS - started)) s"
