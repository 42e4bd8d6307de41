#!/usr/bin/env bash
# The chart's gate: lint, helm-unittest, then the Go tests that render it with Helm 3 and 4 and bring it onto the sandbox's
# cluster. dist-tools/, what hooks run, is there already. Results go into the folder given.
set -euo pipefail
cd "$(dirname "$0")/.."
out=$(realpath -m "$1")
chart=charts/migration-prep
for helm in helm3 helm4; do
  "$out/bin/$helm" lint --strict --quiet --kube-version 1.35.0 "$chart"
done
"$out/bin/helm-unittest" --strict --output-type JUnit --output-file "$out/helm-unittest.xml" "$chart"
tools/go-test.sh "$out/chart.json" ./chart/...
