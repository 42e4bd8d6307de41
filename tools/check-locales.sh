#!/usr/bin/env bash
# Fails when locales/ is not what the code says: run `npm run i18n` and commit the result.
set -euo pipefail
cd "$(dirname "$0")/.."
before=.build/locales
rm -rf "$before"
mkdir -p .build
cp -r locales "$before"
npx i18next --silent >/dev/null
if ! diff -ru "$before" locales; then
  rm -rf locales
  cp -r "$before" locales
  echo "The texts in the code and in locales/ differ. Run: npm run i18n" >&2
  exit 1
fi
