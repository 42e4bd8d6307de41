import type { Result } from '../result';
import type { Translate } from '../translate';
import { archiveProblemText } from './archive';
import type { ArchiveProblem, VddkArchive } from './archive';
import type { DownloadFailure } from './download-failure';
import { downloadFailureText } from './download-failure-text';

/**
 * Why what a URL leads to is no archive to build from. `WebPage`: HTML or XML instead of a file. `WrongSum`: whole, but another file than
 * the one that was meant; sums are SHA-256 in lower-case hex. `Archive`: what the inspection found.
 */
export type ArchiveUrlFailure =
  | { readonly code: 'Download'; readonly failure: DownloadFailure }
  | { readonly code: 'WebPage' }
  | { readonly code: 'WrongSum'; readonly wanted: string; readonly found: string }
  | { readonly code: 'Archive'; readonly problem: ArchiveProblem };

/**
 * An archive on its way from a URL to a build, as what the build unpacks. The verdict is what it returns: only with a good one was that a
 * whole archive, so whoever passes it on breaks off with a bad one.
 */
export type ArchivePieces = AsyncGenerator<Uint8Array, Result<VddkArchive, ArchiveUrlFailure>, void>;

/** Whether a file begins as a web page or another document in XML does. */
export const isWebPage = (head: Uint8Array): boolean => {
  const first = head.find((byte, index) => !(isSpace(byte) || (index < 3 && byteOrderMark[index] === byte)));
  return first === 0x3c;
};

const byteOrderMark = [0xef, 0xbb, 0xbf];

const isSpace = (byte: number): boolean => [0x20, 0x09, 0x0a, 0x0d].includes(byte);

/** What is wrong with what the URL leads to, and what to do. */
export const archiveUrlFailureText = (t: Translate, failure: ArchiveUrlFailure): string => {
  switch (failure.code) {
    case 'Download':
      return downloadFailureText(t, failure.failure);
    case 'WebPage':
      return t(
        'vddk.archiveUrl leads to a web page, not to an archive. Use the address of the file itself. A page that asks to sign in, to accept terms, or to pass a proxy cannot be used.',
      );
    case 'WrongSum':
      return t(
        'The SHA-256 checksum of the downloaded archive is {{found}}, but vddk.sha256 says {{wanted}}. Nothing was built. Check which of the two is right, then correct vddk.sha256 or the file.',
        { found: failure.found, wanted: failure.wanted },
      );
    case 'Archive':
      return t('The file at vddk.archiveUrl cannot be used. {{why}}', {
        why: archiveProblemText(t, failure.problem),
      });
  }
};
