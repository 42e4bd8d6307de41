import { createHash } from 'node:crypto';
import { createGunzip, createGzip } from 'node:zlib';
import type { Result } from '../../domain/result';
import { err, ok } from '../../domain/result';
import type { ArchiveProblem } from '../../domain/vddk/archive';
import type { ArchivePieces, ArchiveUrlFailure } from '../../domain/vddk/archive-url-failure';
import { isWebPage } from '../../domain/vddk/archive-url-failure';
import type { DownloadFailure } from '../../domain/vddk/download-failure';
import { checkBeginning, judgeBeginning } from '../../domain/vddk/judge-archive';
import { codecOf } from './codec';
import type { Codec } from './codec';
import { inspect } from './inspection';

/**
 * Unpacked bytes that stay here until all is well. More than what may lie behind the end of a tar archive (`maxPadding` in
 * domain/vddk/tar.ts), so that no end of an archive leaves before its verdict.
 */
const heldBack = 2 ** 21;

/** What the decompressor is given at once: of each byte it may make 1032. */
const pieceSize = 16_384;

/** `sha256`: lower-case hex. `name`: the file's, of which VMware's has version and build. */
interface Wanted {
  readonly sha256: string;
  readonly name: string;
}

/**
 * The archive on its way: looked through and summed up as it goes by, and packed anew as one gzip stream. Ends after the first failure;
 * without one, it returns what it found.
 *
 * What has left so far is never a whole archive. The end of the tar archive and of the gzip stream leave when the sum is right and the
 * inspection is through. Before that, whoever unpacks finds the stream cut (docs/facts/forklift.md §4, "Upload"). Nothing leaves before its
 * beginning is known to be VDDK's, and what leaves is what was looked at: not the compressed bytes, which another program may read otherwise.
 */
export async function* verifyArchive(
  source: AsyncIterable<Result<Uint8Array, DownloadFailure>>,
  { sha256, name }: Wanted,
): ArchivePieces {
  const sum = createHash('sha256');
  const file = source[Symbol.asyncIterator]();
  const next: Next = async () => {
    const following = await file.next();
    if (following.done === true) return ok(undefined);
    const piece = following.value;
    if (!piece.ok) return err({ code: 'Download', failure: piece.error });
    sum.update(piece.value);
    return piece;
  };
  try {
    const head = await headOf(next);
    if (!head.ok) return head;
    if (isWebPage(head.value)) return err({ code: 'WebPage' });
    const format = checkBeginning(head.value.length, head.value);
    if (!format.ok) return found(format);

    const unpacking = format.value === 'gzip' ? codecOf(createGunzip()) : unpacked;
    const packing = codecOf(createGzip({ level: 1 }));
    const inspection = inspect({ name, format: format.value });
    const held: Uint8Array[] = [];
    let holding = 0;
    let isVddk = false;
    for (let bytes: Uint8Array | undefined = head.value; bytes;) {
      for (let at = 0; at < bytes.length; at += pieceSize) {
        const pieces = await unpacking.feed(bytes.subarray(at, at + pieceSize));
        if (!pieces) return damaged;
        for (const piece of pieces) {
          const verdict = await inspection.look(piece);
          if (verdict) return verdict.ok ? damaged : found(verdict);
          held.push(piece);
          holding += piece.length;
        }
        if (holding > heldBack && !isVddk) {
          const problem = await judgeBeginning(held);
          if (problem) return found({ error: problem });
          isVddk = true;
        }
        while (holding > heldBack) {
          const piece = held.shift() ?? nothing;
          holding -= piece.length;
          yield* (await packing.feed(piece)) ?? [];
        }
      }
      const following = await next();
      if (!following.ok) return following;
      bytes = following.value;
    }

    const last = await unpacking.finish();
    if (!last) return damaged;
    for (const piece of last) {
      await inspection.look(piece);
      held.push(piece);
    }
    const verdict = await inspection.end();
    const hex = sum.digest('hex');
    if (hex !== sha256) return err({ code: 'WrongSum', wanted: sha256, found: hex });
    if (!verdict.ok) return found(verdict);
    for (const piece of held) yield* (await packing.feed(piece)) ?? [];
    yield* (await packing.finish()) ?? [];
    return verdict;
  } finally {
    await file.return?.();
  }
}

type Next = () => Promise<Result<Uint8Array | undefined, ArchiveUrlFailure>>;

const nothing = new Uint8Array(0);

const damaged = err({ code: 'Archive', problem: { code: 'Damaged' } } as const);

const found = ({ error }: { readonly error: ArchiveProblem }): Result<never, ArchiveUrlFailure> =>
  err({ code: 'Archive', problem: error });

/** For an archive that is not compressed. */
const unpacked: Codec = { feed: (bytes) => Promise.resolve([bytes]), finish: () => Promise.resolve([]) };

/** As many bytes as a beginning is judged by, or all there are. */
const headOf = async (next: Next): Promise<Result<Uint8Array, ArchiveUrlFailure>> => {
  let head: Uint8Array = nothing;
  while (head.length < 512) {
    const following = await next();
    if (!following.ok) return following;
    if (!following.value) break;
    head = Buffer.concat([head, following.value]);
  }
  return ok(head);
};
