import { plainEnglish } from '../translate';
import { archiveUrlFailureText, isWebPage } from './archive-url-failure';
import type { ArchiveUrlFailure } from './archive-url-failure';
import type { DownloadFailure } from './download-failure';
import { mayPass } from './download-failure';

const host = 'files.example.com';
const reason = 'WORD';

/** Every failure with what its sentence has to name. `passes`: whether waiting may help. */
const downloads: readonly (readonly [DownloadFailure, RegExp, boolean])[] = [
  [{ code: 'BadUrl' }, /vddk\.secret/, false],
  [{ code: 'CredentialsInClear' }, /unencrypted/, false],
  [{ code: 'Cancelled' }, /stopped/, false],
  [{ code: 'NameUnknown', host }, /DNS/, true],
  [{ code: 'TooManyRedirects', host }, /final address/, false],
  [{ code: 'RedirectToHttp', host }, /without encryption/, false],
  [{ code: 'NotFound', host }, /404/, false],
  [{ code: 'ChangedMeanwhile', host }, /replaced while/, false],
  [{ code: 'Empty', host }, /empty/, false],
  [{ code: 'Unreachable', host, reason }, /cannot be reached \(WORD\)/, true],
  [{ code: 'ProxyUnreachable', host, reason }, /proxy files.example.com/, true],
  [{ code: 'Unauthorized', host, status: 401, sent: false }, /asks for credentials \(401\)/, false],
  [{ code: 'Unauthorized', host, status: 403, sent: true }, /refused the credentials of vddk.secret \(403\)/, false],
  [{ code: 'ElsewhereUnauthorized', host, status: 401 }, /sent only to the host in vddk.archiveUrl/, false],
  [{ code: 'Refused', host, status: 400 }, /HTTP status 400/, false],
  [{ code: 'Busy', host, status: 503 }, /HTTP status 503/, true],
  [{ code: 'ProxyRefused', host, status: 407 }, /noProxy/, false],
  [{ code: 'CertificateUnknown', host, reason }, /vddk.caBundle/, false],
  [{ code: 'CertificateInvalid', host, reason }, /expired/, false],
  [{ code: 'TlsFailed', host, reason }, /TLS 1.2/, false],
  [{ code: 'NoAnswer', host, seconds: 60 }, /within 60 seconds/, true],
  [{ code: 'Stalled', host, seconds: 60 }, /nothing came for 60 seconds/, true],
  [{ code: 'TooSlow', host, hours: 2, got: 2 ** 20 }, /1\.0 MiB in 2 hours/, false],
  [{ code: 'BrokenOff', host, got: 2 ** 20, of: undefined }, /after 1\.0 MiB,/, true],
  [{ code: 'BrokenOff', host, got: 2 ** 20, of: 2 ** 21 }, /after 1\.0 of 2\.0 MiB/, true],
  [{ code: 'TooLarge', host, limit: 2 ** 29 }, /larger than 512 MiB/, false],
];

const english = (failure: ArchiveUrlFailure) => archiveUrlFailureText(plainEnglish, failure);

test.each(downloads)('$code has a sentence of its own, with the remedy', (failure, words, passes) => {
  const text = english({ code: 'Download', failure });
  expect(text).toMatch(words);
  expect(text).not.toMatch(/\{\{|undefined/);
  if ('host' in failure) expect(text).toContain(host);
  expect(mayPass(failure)).toBe(passes);
});

test('no two sentences are the same', () => {
  const texts = downloads.map(([failure]) => english({ code: 'Download', failure }));
  expect(new Set(texts).size).toBe(texts.length);
});

test.each<[ArchiveUrlFailure, RegExp]>([
  [{ code: 'WebPage' }, /web page.*address of the file itself/],
  [{ code: 'WrongSum', wanted: 'aa', found: 'bb' }, /is bb, but vddk.sha256 says aa\. Nothing was built/],
  [{ code: 'Archive', problem: { code: 'WindowsZip' } }, /vddk.archiveUrl cannot be used\. This is a zip file/],
])('%j is said in its own words', (failure, words) => {
  expect(english(failure)).toMatch(words);
});

test.each([
  ['<html>', true],
  [' \r\n\t<!doctype', true],
  ['\uFEFF<?xml', true],
  ['text <html>', false],
  ['', false],
  ['   ', false],
  ['\u001f\u008b<', false],
])('%j is a web page: %s', (text, expected) => {
  expect(isWebPage(new Uint8Array(Buffer.from(text)))).toBe(expected);
});
