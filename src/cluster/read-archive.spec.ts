import { gzipSync } from 'node:zlib';
import { distrib, headerOf, noise, tar, tarGz, text, vddk } from '../../integration-tests/vddk-archives';
import { readArchive } from './read-archive';

const fileOf = (bytes: Uint8Array | readonly Uint8Array[], name = 'VMware-vix-disklib-8.0.3-23950268.x86_64.tar.gz') =>
  new File((bytes instanceof Uint8Array ? [bytes] : [...bytes]) as BlobPart[], name);

const good = tarGz([...vddk(), { path: `${distrib}/noise`, content: noise(300_000) }]);
const flipped = (at: number) => good.map((byte, index) => (index === at ? byte ^ 0x10 : byte));

/** Gzip of zeros of this many MiB, about 1 KiB for each. To Node, members of gzip after one another are one stream; browsers refuse them. */
const zeros = (mebibytes: number) => gzipSync(new Uint8Array(mebibytes * 2 ** 20), { level: 9 });

describe('readArchive', () => {
  test.each([
    ['compressed', good],
    ['as plain tar', tar(vddk())],
  ])('reads VDDK %s', async (_, bytes) => {
    expect(await readArchive(fileOf(bytes), {})).toMatchObject({
      ok: true,
      value: { version: '8.0.3', build: '23950268' },
    });
  });

  test.each([
    ['an empty file', new Uint8Array(0), 'Empty'],
    ['a zip file', text('PK\x03\x04 and so on'), 'WindowsZip'],
    ['text renamed', text('<html>Sign in to download</html>'.repeat(40)), 'NotAnArchive'],
    ['one byte', text('v'), 'NotAnArchive'],
    ['gzip of text', new Uint8Array(gzipSync('hello '.repeat(500))), 'NoTarInside'],
    ['gzip of gzip', new Uint8Array(gzipSync(good)), 'NoTarInside'],
    ['gzip of nothing', new Uint8Array(gzipSync('')), 'NoTarInside'],
    ['gzip cut in the middle', good.subarray(0, good.length / 2), 'Damaged'],
    ['gzip cut in its header', good.subarray(0, 5), 'Damaged'],
    ['gzip cut before its checksum', good.subarray(0, -8), 'Damaged'],
    ['gzip cut in its checksum', good.subarray(0, -2), 'Damaged'],
    ['gzip with a changed byte', flipped(good.length - 5000), 'Damaged'],
    ['gzip with a changed checksum', flipped(good.length - 6), 'Damaged'],
    ['gzip of a cut tar', new Uint8Array(gzipSync(tar(vddk()).subarray(0, 3000))), 'Damaged'],
    ['2 GiB of zeros', new Uint8Array(Buffer.concat(Array<Buffer>(32).fill(zeros(64)))), 'NoTarInside'],
  ])('%s is refused', async (_, bytes, code) => {
    expect(await readArchive(fileOf(bytes), {})).toEqual({ ok: false, error: { code } });
  });

  test('a file that is gone is unreadable', async () => {
    const gone = Object.assign(fileOf(good), {
      stream: () =>
        new ReadableStream({
          pull: () => {
            throw new DOMException('gone', 'NotFoundError');
          },
        }),
    });
    expect(await readArchive(gone, {})).toEqual({ ok: false, error: { code: 'Unreadable' } });
  });

  test('tells progress up to the end', async () => {
    const progress: number[] = [];
    await readArchive(fileOf(good), { onProgress: (bytesRead) => progress.push(bytesRead) });
    expect(progress.at(-1)).toBe(good.length);
    expect(progress).toEqual([...progress].sort((a, b) => a - b));
  });

  test('ends when cancelled', async () => {
    const controller = new AbortController();
    const cancelled = readArchive(fileOf(good), {
      signal: controller.signal,
      onProgress: () => {
        controller.abort();
      },
    });
    expect(await cancelled).toEqual({ ok: false, error: { code: 'Cancelled' } });
  });
});

test('memory does not grow with the content: every byte of 256 MiB is read', async () => {
  const size = 2 ** 28;
  const content = Array<Buffer>(size / 2 ** 20).fill(zeros(1));
  const parts = [
    gzipSync(tar(vddk()).subarray(0, -1024)),
    gzipSync(headerOf({ path: `${distrib}/z` }, size)),
    ...content,
    gzipSync(new Uint8Array(1024)),
  ];
  const samples: number[] = [];
  const sampling = setInterval(() => samples.push(process.memoryUsage().arrayBuffers), 10);
  const verdict = await readArchive(fileOf(parts), {});
  clearInterval(sampling);
  expect(verdict).toMatchObject({ ok: true, value: { unpackedBytes: size + 611 } });
  expect(samples.length).toBeGreaterThan(3);
  // Half of it would be much already: what is garbage counts until Node collects it.
  expect(Math.max(...samples) - Math.min(...samples)).toBeLessThan(size / 2);
}, 30_000);
