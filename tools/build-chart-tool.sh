#!/usr/bin/env bash
# Builds the program that a module of tools/chart names, or is, into .build/bin, once per version, and says that it is still at work.
set -euo pipefail
name=$1
target=$(realpath -m "$2")
cd "$(dirname "$0")/chart/$name"
if [[ -f main.go ]]; then
  package=.
  version=$(go list -m -f '{{.Version}}' "$(grep -o 'github.com/argoproj/argo-cd/v[0-9]*' go.mod)")
else
  package=$(go list tool)
  version=$(go list -m -f '{{.Version}}' "$(go list -f '{{.Module.Path}}' "$package")")
fi
echo "Compiling $name $version: up to 3 minutes, once."
mkdir -p "$(dirname "$target")"
started=$SECONDS
(while sleep 30; do echo "   still compiling, $((SECONDS - started)) s"; done) &
progress=$!
trap 'kill "$progress" 2>/dev/null || true' EXIT
CGO_ENABLED=0 go build -trimpath -ldflags "-s -w" -o "$target" "$package"
echo "   done in $((SECONDS - started)) s"
