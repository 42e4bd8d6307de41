#!/usr/bin/env bash
# Makes sandbox/recorded/crd-fields.json: what MTV and HyperConverged publish of the fields that sandbox/internal/crd declares. The
# published definitions are not part of the project; they have to lie beside it.
set -euo pipefail
cd "$(dirname "$0")/.."
if [[ ! -d ../shared/crds ]]; then
  echo "The published CRDs do not lie beside the project (../shared/crds). The table stays as it is."
  exit 1
fi
cd sandbox && UPDATE_CRD_FIELDS=yes go test ./internal/crd -count=1 -run TestTheTableOfFieldsIsThePublishedOne
