#!/usr/bin/env bash
# Builds both images from dist/ and dist-tools/, which are there already, and with REGISTRY pushes them. Settings, all optional:
#   REGISTRY=quay.io/me              where to push: $REGISTRY/plugin:$VERSION and $REGISTRY/tools:$VERSION. Sign in before: buildah login quay.io.
#                                    Left out: nothing is pushed
#   REPOSITORY=localhost/migration-prep   what names begin with when nothing is pushed
#   PLATFORMS=linux/amd64,linux/s390x   default with REGISTRY: linux/amd64,linux/arm64; otherwise this machine's
#   BUILDER=podman                   or buildah with options; default: whichever is there
#   BASES=images/bases.env           base images, by digest
#   VERSION, REVISION, SOURCE_DATE_EPOCH   default: package.json's, the commit, and the commit's time
# The same commit gives the same digests. What was pushed is in .build/images/values.yaml, for the chart: each image by its digest.
set -euo pipefail
cd "$(dirname "$0")/.."
fail() { echo "$*" >&2; exit 1; }

builder=${BUILDER:-$(command -v buildah || command -v podman || true)}
[[ -n $builder ]] || fail "Neither buildah nor podman is there: install one of these packages of your system."
[[ -f dist/plugin-manifest.json ]] || fail "dist/ is missing: \`npm run build\` builds it."
[[ -f dist-tools/main.mjs ]] || fail "dist-tools/ is missing: \`npm run build:tools\` builds it."

bases=${BASES:-images/bases.env}
# shellcheck source=/dev/null
. "$bases"
for base in "${PLUGIN_BASE-}" "${TOOLS_BASE-}"; do
  [[ $base =~ @sha256:[0-9a-f]{64}$ ]] ||
    fail "$bases does not say which ${base:-base image} is meant: it needs a digest. \`make pin-bases\` looks it up where the registry can be reached."
done

version=${VERSION:-$(node -p 'require("./package.json").version')}
revision=${REVISION:-$(git describe --always --abbrev=40 --exclude='*' --dirty)}
epoch=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct)}
repository=${REGISTRY:-${REPOSITORY:-localhost/migration-prep}}
[[ $repository =~ ^[a-z0-9.-]+(:[0-9]+)?(/[a-z0-9._-]+)+$ ]] ||
  fail "REGISTRY=$repository is not what images are named by: a host and a path in small letters, without https:// and a tag, such as quay.io/me."
platforms=${PLATFORMS:-${REGISTRY:+linux/amd64,linux/arm64}}
values=.build/images/values.yaml
rm -f "$values"
pushed='images:'

mkdir -p .build/images
SOURCE_DATE_EPOCH=$epoch node tools/sbom.mjs .build/images
# Whatever umask they were made under: a random user reads them.
chmod -R u=rwX,go=rX dist dist-tools images/migration-prep .build/images/*.cdx.json LICENSE

for target in plugin tools; do
  name=$repository/$target:$version
  # A list of manifests even for one platform, should it be pushed: then pushing is always the same.
  if [[ -n ${REGISTRY-} || $platforms == *,* ]]; then
    $builder manifest rm "$name" >/dev/null 2>&1 || true
    where=(${platforms:+--platform "$platforms"} --manifest "$name")
  else
    where=(${platforms:+--platform "$platforms"} --tag "$name")
  fi
  echo "Building $name"
  $builder build --file Containerfile --target "$target" "${where[@]}" --timestamp "$epoch" --identity-label=false --no-cache --layers=false \
    --build-arg PLUGIN_BASE="$PLUGIN_BASE" --build-arg TOOLS_BASE="$TOOLS_BASE" --build-arg VERSION="$version" \
    --build-arg REVISION="$revision" --build-arg CREATED="$(date -u -d "@$epoch" +%Y-%m-%dT%H:%M:%SZ)" . >".build/images/$target.log" 2>&1 ||
    { cat ".build/images/$target.log" >&2; fail "$name could not be built."; }
  [[ -n ${REGISTRY-} ]] || continue
  echo "Pushing $name"
  digest=
  $builder manifest push --all --digestfile ".build/images/$target.digest" "$name" "docker://$name" >".build/images/$target.log" 2>&1 &&
    digest=$(<".build/images/$target.digest")
  # buildah 1.28 ends well when the registry refuses, but then knows no digest.
  [[ $digest =~ ^sha256:[0-9a-f]{64}$ ]] ||
    { cat ".build/images/$target.log" >&2; fail "$name could not be pushed. If the registry asks who you are: ${builder%% *} login ${REGISTRY%%/*}"; }
  pushed+=$'\n'"  $target: {repository: $repository/$target, digest: \"$digest\"}"
done
if [[ -n ${REGISTRY-} ]]; then
  echo "$pushed" >"$values"
  echo "The chart takes exactly these with --values $values"
fi
