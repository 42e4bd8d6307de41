import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import process from 'node:process';
import { after, before, describe, test } from 'node:test';
import { work } from './buildah.mjs';

const script = join(import.meta.dirname, '../../tools/pin-bases.sh');
const index = 'application/vnd.oci.image.index.v1+json';

describe('looking up the digests of the bases', () => {
  /** A registry (OCI distribution specification) whose images have one manifest per architecture, or lack one. */
  const manifest = (name) =>
    JSON.stringify({
      schemaVersion: 2,
      mediaType: index,
      manifests: ['amd64', 'arm64', 's390x', ...(name === 'lacks-power' ? [] : ['ppc64le'])].map((architecture) => ({
        mediaType: 'application/vnd.oci.image.manifest.v1+json',
        size: 2,
        digest: `sha256:${'0'.repeat(64)}`,
        platform: { os: 'linux', architecture },
      })),
      annotations: { name },
    });
  const registry = createServer((request, response) => {
    const name = /^\/v2\/(.+)\/manifests\/latest$/.exec(request.url)?.[1];
    if (name === 'missing') response.writeHead(404).end();
    else if (name === undefined) response.writeHead(200).end();
    else response.writeHead(200, { 'content-type': index }).end(manifest(name));
  });
  let host;
  before(
    () =>
      new Promise((resolve) =>
        registry.listen(0, '127.0.0.1', () => {
          host = `127.0.0.1:${registry.address().port}`;
          const settings = join(work, 'home/.config/containers');
          mkdirSync(settings, { recursive: true });
          writeFileSync(join(settings, 'registries.conf'), `[[registry]]\nlocation = "${host}"\ninsecure = true\n`);
          resolve();
        }),
      ),
  );
  after(() => registry.close());

  const pin = (text) =>
    new Promise((resolve) => {
      const file = join(work, 'pinned.env');
      writeFileSync(file, text);
      execFile(script, [file], { env: { ...process.env, HOME: join(work, 'home') } }, (error, _, stderr) => {
        resolve({ code: error?.code ?? 0, stderr, text: readFileSync(file, 'utf8') });
      });
    });

  test('the digest of the list, in place of the one that was there', async () => {
    const sum = (name) => createHash('sha256').update(manifest(name)).digest('hex');
    const before = `# a comment\nPLUGIN_BASE=${host}/ubi9/nginx\nTOOLS_BASE=${host}/ubi9/nodejs@sha256:${'a'.repeat(64)}\n`;
    const { code, stderr, text } = await pin(before);
    assert.equal(code, 0, stderr);
    assert.equal(
      text,
      `# a comment\nPLUGIN_BASE=${host}/ubi9/nginx@sha256:${sum('ubi9/nginx')}\nTOOLS_BASE=${host}/ubi9/nodejs@sha256:${sum('ubi9/nodejs')}\n`,
    );
  });

  for (const [name, says] of [
    ['lacks-power', /no image for ppc64le/],
    ['missing', /missing/],
  ]) {
    test(`${name}: nothing is written`, async () => {
      const before = `PLUGIN_BASE=${host}/ubi9/nginx\nTOOLS_BASE=${host}/${name}\n`;
      const { code, stderr, text } = await pin(before);
      assert.notEqual(code, 0);
      assert.match(stderr, says);
      assert.equal(text, before);
    });
  }
});
