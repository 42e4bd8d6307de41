#!/usr/bin/env bash
# Builds Kubernetes' control plane as one program into the file given, and says that it is still at work.
set -euo pipefail
target=$(realpath -m "$1")
version=$(cd "$(dirname "$0")/../sandbox/kube" && go list -m -f '{{.Version}}' k8s.io/kubernetes)
minor=$(cut -d. -f2 <<<"$version")
echo "Compiling Kubernetes $version: 5 to 10 minutes, once. It needs about 4 GB of disk."
mkdir -p "$(dirname "$target")"
cd "$(dirname "$0")/../sandbox/kube"
started=$SECONDS
(while sleep 30; do echo "   still compiling, $((SECONDS - started)) s"; done) &
progress=$!
trap 'kill "$progress" 2>/dev/null || true' EXIT
flags="-X k8s.io/component-base/version.gitVersion=$version -X k8s.io/component-base/version.gitMajor=1 -X k8s.io/component-base/version.gitMinor=$minor"
CGO_ENABLED=0 go build -trimpath -ldflags "-s -w $flags" -o "$target" .
echo "   done in $((SECONDS - started)) s"
