import { createHash } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import { distrib, headerOf, noise, tar, tarGz, text, vddk } from '../../../integration-tests/vddk-archives';
import type { Result } from '../../domain/result';
import { err, ok } from '../../domain/result';
import type { DownloadFailure } from '../../domain/vddk/download-failure';
import { verifyArchive } from './verify-archive';

const name = 'VMware-vix-disklib-8.0.3-23950268.x86_64.tar.gz';
const sumOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const zeros = (mebibytes: number) => new Uint8Array(mebibytes * 2 ** 20);
const big = (content: Uint8Array = noise(5 * 2 ** 20)) => tar([...vddk(), { path: `${distrib}/big`, content }]);
const gz = (bytes: Uint8Array) => new Uint8Array(gzipSync(bytes, { level: 1 }));

async function* coming(
  bytes: Uint8Array,
  length = 65_536,
  end?: DownloadFailure,
): AsyncGenerator<Result<Uint8Array, DownloadFailure>, void> {
  for (let at = 0; at < bytes.length; at += length) {
    await new Promise(setImmediate);
    yield ok(bytes.subarray(at, at + length));
  }
  if (end) yield err(end);
}

const pass = async (
  bytes: Uint8Array,
  { sha256 = sumOf(bytes), length = 65_536, end = undefined as DownloadFailure | undefined } = {},
) => {
  const pieces: Uint8Array[] = [];
  const verified = verifyArchive(coming(bytes, length, end), { sha256, name });
  for (;;) {
    const next = await verified.next();
    if (next.done === true) return { sent: Buffer.concat(pieces), verdict: next.value };
    pieces.push(next.value);
  }
};

describe('an archive that is right', () => {
  test.each([
    ['small and compressed', tarGz(vddk())],
    ['small and plain', tar(vddk())],
    ['large and compressed', gz(big())],
    ['large and plain', big()],
    ['in several members of gzip', Buffer.concat([gz(big().subarray(0, 3_000_000)), gz(big().subarray(3_000_000))])],
  ])('%s: leaves as one gzip stream of the same archive', async (_, bytes) => {
    const { sent, verdict } = await pass(bytes);
    expect(verdict).toMatchObject({ ok: true, value: { version: '8.0.3', build: '23950268' } });
    const unpacked = bytes[0] === 0x1f ? gunzipSync(bytes) : bytes;
    expect(sumOf(gunzipSync(sent))).toBe(sumOf(unpacked));
  });

  test('in pieces of one byte at the beginning', async () => {
    expect((await pass(tarGz(vddk()), { length: 1 })).verdict.ok).toBe(true);
  });
});

describe('an archive that is wrong', () => {
  const page = text('\n<!DOCTYPE html><title>Sign in</title>'.repeat(100));
  const large = gz(big());
  const flipped = large.map((byte, at) => (at === large.length - 6 ? byte ^ 1 : byte));
  const problem = (code: string, rest = {}) => ({ code: 'Archive', problem: { code, ...rest } });
  const lost: DownloadFailure = { code: 'BrokenOff', host: 'example.com', got: 1, of: 2 };
  const padded = (padding: Uint8Array) => Buffer.concat([big(), padding]);
  const cut = (at: number) => large.subarray(0, at * large.length);

  test.each<[string, Uint8Array, object, { sha256?: string; end?: DownloadFailure }, boolean]>([
    ['a web page', page, { code: 'WebPage' }, {}, false],
    ['a web page behind a byte order mark', Buffer.concat([text('\uFEFF'), page]), { code: 'WebPage' }, {}, false],
    ['a zip file', text('PK\x03\x04 and so on'), problem('WindowsZip'), {}, false],
    ['other text', text('no archive'), problem('NotAnArchive'), {}, false],
    ['nothing', new Uint8Array(0), problem('Empty'), {}, false],
    ['gzip of text', gz(text('no archive')), problem('NoTarInside'), {}, false],
    [
      'another sum, small',
      tarGz(vddk()),
      { code: 'WrongSum', wanted: 'ab', found: sumOf(tarGz(vddk())) },
      { sha256: 'ab' },
      false,
    ],
    ['another sum, large', large, { code: 'WrongSum', wanted: 'ab', found: sumOf(large) }, { sha256: 'ab' }, true],
    ['another product, small', gz(tar([{ path: 'other/file', content: noise(9) }])), problem('NoLibrary'), {}, false],
    [
      'another product, large',
      gz(tar([{ path: 'other/file', content: noise(5_000_000) }])),
      problem('NoDistribFolder', { found: 'other' }),
      {},
      false,
    ],
    ['no library', gz(tar([{ path: `${distrib}/file`, content: noise(5_000_000) }])), problem('NoLibrary'), {}, true],
    ['cut', cut(0.6), problem('Damaged'), {}, true],
    ['plain and cut', big().subarray(0, 5_000_000), problem('Damaged'), {}, true],
    ['plain and cut at its first file', big().subarray(0, 520), problem('Damaged'), {}, false],
    ['cut before its checksum', large.subarray(0, -8), problem('Damaged'), {}, true],
    ['a wrong checksum', flipped, problem('Damaged'), {}, true],
    ['gzip with something behind it', Buffer.concat([large, noise(9)]), problem('Damaged'), {}, true],
    ['gzip with zeros behind it', Buffer.concat([large, zeros(5)]), problem('Damaged'), {}, true],
    ['tar with much behind it', padded(noise(3_000_000)), problem('Damaged'), {}, true],
    ['compressed tar with much behind it', gz(padded(zeros(9))), problem('Damaged'), {}, true],
    [
      'more than anybody needs',
      gz(headerOf({ path: `${distrib}/z` }, 2 ** 30 + 1)),
      problem('ExpandsTooFar', { limit: 2 ** 30 }),
      {},
      false,
    ],
    [
      'a size that lies',
      gz(Buffer.concat([headerOf({ path: `${distrib}/z` }, 2 ** 29), zeros(4)])),
      problem('Damaged'),
      {},
      true,
    ],
    ['one that broke off', cut(0.6), { code: 'Download', failure: lost }, { end: lost }, true],
    ['one that broke off at its beginning', cut(0.1), { code: 'Download', failure: lost }, { end: lost }, false],
  ])('%s', async (_, bytes, failure, how, hasBegun) => {
    const { sent, verdict } = await pass(bytes, how);
    expect(verdict).toEqual({ ok: false, error: failure });
    expect(sent.length > 0).toBe(hasBegun);
    // Whoever unpacks finds the stream cut, before the end of the archive.
    if (hasBegun) {
      expect(() => gunzipSync(sent)).toThrow('unexpected end of file');
      const arrived = gunzipSync(sent, { finishFlush: 2 });
      const end = big().length - 1024;
      if (bytes.length > big().length / 2) expect(arrived.length).toBeLessThan(end);
    }
  });
});

test('nothing leaves before what was inspected, and little is held', async () => {
  const bytes = gz(big(noise(20 * 2 ** 20)));
  let given = 0;
  const source = async function* () {
    for await (const piece of coming(bytes)) {
      given += piece.ok ? piece.value.length : 0;
      yield piece;
    }
  };
  const verified = verifyArchive(source(), { sha256: sumOf(bytes), name });
  let sent = 0;
  for (let next = await verified.next(); next.done !== true; next = await verified.next()) {
    sent += next.value.length;
    if (sent < bytes.length - 4 * 2 ** 20) {
      expect(given - sent).toBeGreaterThan(2 ** 20);
      expect(given - sent).toBeLessThan(4 * 2 ** 20);
    }
  }
  expect(given).toBe(bytes.length);
});
