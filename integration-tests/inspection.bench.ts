import { mkdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { giveToWorker, workerPath } from './pages/archive-worker';
import { expect, test } from './test';
import { distrib, noise, vddk, writeTarGz } from './vddk-archives';

const folder = join(import.meta.dirname, '../.build/archives');
const mebibyte = 2 ** 20;

/** A worker that does nothing but decompress: the speed that there is to be had. */
const plain = {
  path: '/api/plugins/migration-prep/plain.js',
  script: `self.onmessage = async ({ data }) => {
    const reader = data.stream().pipeThrough(new DecompressionStream('gzip')).getReader();
    while (!(await reader.read()).done);
    self.postMessage({ verdict: { ok: true } });
  };`,
};

/** As compressible as libraries are: noise, every third of which is used thrice. It comes again after more than deflate looks back. */
const compressible = (): Uint8Array => {
  const bytes = noise(mebibyte);
  for (let at = 0; at + 96 <= bytes.length; at += 96) {
    bytes.copyWithin(at + 32, at, at + 32);
    bytes.copyWithin(at + 64, at, at + 32);
  }
  return bytes;
};

const contents = {
  noise: { content: noise(mebibyte), growth: 1 },
  compressible: { content: compressible(), growth: 2.85 },
};

/** Alternating, so that whatever else the machine does meets both; the best round of each counts. */
const rounds = 3;

test('inspection of archives against plain decompression', async ({ page, signIn }) => {
  test.setTimeout(600_000);
  await mkdir(folder, { recursive: true });
  await signIn('kubeadmin', '/nowhere');
  await page.route(`**${plain.path}`, (route) => route.fulfill({ contentType: 'text/javascript', body: plain.script }));
  const rows: Record<string, string | number>[] = [];
  for (const [kind, { content, growth }] of Object.entries(contents)) {
    for (const size of [8, 64, 256]) {
      const file = join(folder, `${kind}-${String(size)}.tar.gz`);
      await writeTarGz(file, [...vddk(), { path: `${distrib}/bulk`, content, repeat: Math.round(size * growth) }]);
      const { size: bytes } = await stat(file);
      const best = { plain: Infinity, ours: Infinity };
      for (let round = 0; round < rounds; round += 1) {
        best.plain = Math.min(best.plain, (await giveToWorker(page, plain.path, file)).milliseconds);
        const { verdict, milliseconds } = await giveToWorker(page, workerPath(), file);
        expect(verdict).toMatchObject({ ok: true, value: { version: '8.0.3' } });
        best.ours = Math.min(best.ours, milliseconds);
      }
      await rm(file);
      const speed = (milliseconds: number) => Math.round(bytes / mebibyte / (milliseconds / 1000));
      rows.push({
        kind,
        'MiB compressed': Math.round(bytes / mebibyte),
        'plain MiB/s': speed(best.plain),
        'inspection MiB/s': speed(best.ours),
        ratio: Number((best.plain / best.ours).toFixed(2)),
      });
    }
  }
  console.table(rows);
});
