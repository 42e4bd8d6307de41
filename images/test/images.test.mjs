// Builds both images on stand-ins of their bases and tests what came out. `make gate-images` runs it, with dist/ and dist-tools/ there.
import assert from 'node:assert/strict';
import { buildImages, makeBases, prepare } from './buildah.mjs';

prepare();
makeBases(['amd64', 'arm64', 'ppc64le', 's390x']);
const { status, output } = buildImages();
assert.equal(status, 0, output);
for (const part of ['pin-bases', 'build', 'push', 'release', 'in-cluster', 'tools-image', 'plugin-image'])
  await import(`./${part}.mjs`);
