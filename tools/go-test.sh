#!/usr/bin/env bash
# Checks, vets and tests the sandbox; the results go to the file given, as `go test -json` writes them. Without packages: all but the
# chart's, which have gates of their own.
set -euo pipefail
results=$(realpath -m "$1")
shift
mkdir -p "$(dirname "$results")"
cd "$(dirname "$0")/../sandbox"
go=../tools/go-quietly.sh
echo "   compiling Go modules, a few minutes when they are new"
unformatted=$(gofmt -l .)
if [[ -n $unformatted ]]; then
  echo "not formatted by gofmt: $unformatted"
  exit 1
fi
if [[ $# == 0 ]]; then
  mapfile -t packages < <($go list ./... | grep -v '/chart$\|/gitops$')
  set -- "${packages[@]}"
fi
$go vet "$@"
# Never from the cache: that knows nothing of files outside the module, such as the chart, the command line and the control plane.
# Vetted they are; without what only a debugger reads (-w) they link in two thirds of the time.
if ! GOGC=400 $go test -p $((2 * $(nproc))) -count=1 -vet=off -ldflags=-w -timeout 30m -json "$@" >"$results"; then
  # The JSON holds the output of what failed; show it to people.
  node -e '
    const lines = require("fs").readFileSync(process.argv[1], "utf8").split("\n").filter(Boolean).map((line) => JSON.parse(line));
    process.stdout.write(lines.filter(({ Action }) => Action === "output" || Action === "build-output").map(({ Output }) => Output).join(""));
  ' "$results"
  exit 1
fi
# What was not compared is said, though nothing failed.
if grep -q 'is not beside the project' "$results"; then
  echo "   The published CRDs do not lie beside the project: schemas are held to sandbox/recorded/crd-fields.json only."
fi
