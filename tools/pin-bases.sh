#!/usr/bin/env bash
# Writes the digests of the base images into the file given: of the list that names one image per architecture, not of one of them.
set -euo pipefail
file=${1:-images/bases.env}
architectures=${ARCHITECTURES:-amd64 arm64 ppc64le s390x}
command -v skopeo >/dev/null || { echo "skopeo is needed: install the package skopeo of your system." >&2; exit 1; }
manifest=$(mktemp)
trap 'rm -f "$manifest"' EXIT
pinned=$(<"$file")
for name in $(sed -n 's/^[A-Z]*_BASE=\([^@]*\).*/\1/p' "$file"); do
  skopeo inspect --raw "docker://$name:latest" >"$manifest"
  there=$(node -e '
    const { manifests = [] } = JSON.parse(require("fs").readFileSync(process.argv[1], "utf8"));
    process.stdout.write(manifests.map(({ platform }) => platform?.architecture).join(" "));
  ' "$manifest")
  for architecture in $architectures; do
    [[ " $there " == *" $architecture "* ]] || { echo "$name has no image for $architecture, only for: ${there:-one}" >&2; exit 1; }
  done
  digest=$(sha256sum "$manifest" | cut -d' ' -f1)
  pinned=$(sed "s|^\([A-Z]*_BASE=$name\)\(@.*\)\?$|\1@sha256:$digest|" <<<"$pinned")
  echo "$name@sha256:$digest"
done
echo "$pinned" >"$file"
