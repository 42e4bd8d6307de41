import type { Browser } from '@playwright/test';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { constants, deflateRawSync, gzipSync } from 'node:zlib';
import { giveToWorker, workerPath } from './pages/archive-worker';
import { expect, test } from './test';
import { distrib, noise, tar, tarGz, text, vddk, writeTarGz } from './vddk-archives';

const mebibyte = 2 ** 20;
const whole = tarGz([...vddk(), { path: `${distrib}/noise`, content: noise(mebibyte) }]);

/** The beginning of gzip (RFC 1952 §2.3), behind which 2 GiB of zeros go on: 2 MiB of them here. */
const zeros = Buffer.concat([
  gzipSync('').subarray(0, 10),
  ...Array<Buffer>(2048).fill(deflateRawSync(new Uint8Array(mebibyte), { finishFlush: constants.Z_FULL_FLUSH })),
]);

const files: Readonly<Record<string, readonly [Uint8Array, Record<string, unknown>]>> = {
  'VDDK compressed': [whole, { ok: true, value: { version: '8.0.3' } }],
  'VDDK as plain tar': [tar(vddk()), { ok: true, value: { version: '8.0.3' } }],
  'an empty file': [new Uint8Array(0), { error: { code: 'Empty' } }],
  'a zip file': [text('PK\x03\x04 and so on'), { error: { code: 'WindowsZip' } }],
  'text renamed': [text('<html>Sign in</html>'.repeat(100)), { error: { code: 'NotAnArchive' } }],
  'gzip cut in the middle': [whole.subarray(0, whole.length / 2), { error: { code: 'Damaged' } }],
  'gzip without its checksum': [whole.subarray(0, -8), { error: { code: 'Damaged' } }],
  'gzip with a changed byte': [
    whole.map((byte, at) => (at === whole.length - 4 ? byte ^ 1 : byte)),
    { error: { code: 'Damaged' } },
  ],
  // Tools join and pad gzip files; browsers take neither (compression.spec.whatwg.org). VMware's own are neither.
  'gzip of two members': [
    new Uint8Array(Buffer.concat([gzipSync(tar(vddk()).subarray(0, 1024)), gzipSync(tar(vddk()).subarray(1024))])),
    { error: { code: 'Damaged' } },
  ],
  'gzip with something behind': [
    new Uint8Array(Buffer.concat([whole, new Uint8Array(512)])),
    { error: { code: 'Damaged' } },
  ],
  '2 GiB of zeros': [zeros, { error: { code: 'NoTarInside' } }],
};

test("the plugin's worker runs under the console's policy, and Chromium's decompressor is as strict as it has to be", async ({
  page,
  signIn,
}, { outputDir }) => {
  await mkdir(outputDir, { recursive: true });
  const file = `${outputDir}/VMware-vix-disklib-8.0.3-23950268.x86_64.tar.gz`;
  await signIn('kubeadmin', '/nowhere');
  for (const [what, [bytes, verdict]] of Object.entries(files)) {
    await writeFile(file, bytes);
    expect((await giveToWorker(page, workerPath(), file)).verdict, what).toMatchObject(verdict);
  }
});

/** The most memory that any page's process has had, in MiB (proc_pid_status(5), VmHWM). */
const peakOf = async (browser: Browser): Promise<number> => {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  const peaks = processInfo
    .filter(({ type }) => type === 'renderer')
    .map(async ({ id }) => {
      const status = await readFile(`/proc/${String(id)}/status`, 'utf8');
      return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1]) / 1024;
    });
  return Math.max(...(await Promise.all(peaks)));
};

test('1000 MiB of zeros in an archive of 1 MiB are never in memory at once', async ({ page, signIn, browser }, {
  outputDir,
}) => {
  await mkdir(outputDir, { recursive: true });
  const file = `${outputDir}/zeros.tar.gz`;
  await writeTarGz(file, [...vddk(), { path: `${distrib}/zeros`, content: new Uint8Array(mebibyte), repeat: 1000 }], 9);
  await signIn('kubeadmin', '/nowhere');
  const before = await peakOf(browser);
  const { verdict, progress } = await giveToWorker(page, workerPath(), file);
  expect(verdict).toMatchObject({ ok: true, value: { unpackedBytes: 1000 * mebibyte + 611 } });
  expect(progress.length).toBeGreaterThan(0);
  // What is garbage already counts too: 200 to 400 MiB before the browser collects it. Decompressed at once it would be all 1000.
  expect((await peakOf(browser)) - before).toBeLessThan(500);
});
