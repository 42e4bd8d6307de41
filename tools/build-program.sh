#!/usr/bin/env bash
# Builds a Go program that only builds and tests need into the file given, once per version, and says that it is still at work:
#   build-program.sh MODULE FILE   kube is sandbox/kube, every other one the module of tools/programs that names it, or is it
set -euo pipefail
name=$1
target=$(realpath -m "$2")
tools=$(cd "$(dirname "$0")" && pwd)
go="$tools/go-quietly.sh"
takes="up to 3 minutes"
flags=
cd "$tools/programs/$name" 2>/dev/null || cd "$tools/../sandbox/$name"
version_of() { "$go" list -m -f '{{.Version}}' "$1"; }
case $name in
  kube)
    package=.
    version=$(version_of k8s.io/kubernetes)
    takes="5 to 10 minutes. It needs about 4 GB of disk"
    of=k8s.io/component-base/version
    flags="-X $of.gitVersion=$version -X $of.gitMajor=1 -X $of.gitMinor=$(cut -d. -f2 <<<"$version")" ;;
  argocd)
    package=.
    version=$(version_of "$(grep -o 'github.com/argoproj/argo-cd/v[0-9]*' go.mod | head -1)") ;;
  *)
    package=$("$go" list tool)
    version=$(version_of "$("$go" list -f '{{.Module.Path}}' "$package")") ;;
esac
echo "Compiling $name $version, once: $takes."
mkdir -p "$(dirname "$target")"
started=$SECONDS
(while sleep 30; do echo "   still compiling $name, $((SECONDS - started)) s"; done) &
progress=$!
trap 'kill "$progress" 2>/dev/null || true' EXIT
CGO_ENABLED=0 "$go" build -trimpath -ldflags "-s -w $flags" -o "$target" "$package"
echo "   $name is done in $((SECONDS - started)) s"
