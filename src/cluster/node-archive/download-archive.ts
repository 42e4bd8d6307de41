import { createHash } from 'node:crypto';
import type { Hash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { patience } from '../../domain/patience';
import type { Result } from '../../domain/result';
import { err, ok } from '../../domain/result';
import { limits as archiveLimits } from '../../domain/vddk/archive-tree';
import type { ArchiveSource } from '../../domain/vddk/archive-source';
import type { DownloadFailure, DownloadLimits } from '../../domain/vddk/download-failure';
import { mayPass } from '../../domain/vddk/download-failure';
import { openUrl } from './open-url';
import type { Opened } from './open-url';
import { pull } from './pull';

const minute = 60_000;

/** Those of the controller. The bytes are those of the page, which takes no larger archive either. */
export const downloadLimits: DownloadLimits = {
  connect: 30_000,
  answer: minute,
  idle: minute,
  whole: 120 * minute,
  bytes: archiveLimits.fileBytes,
  redirects: 5,
};

interface Download {
  readonly signal: AbortSignal;
  readonly limits?: DownloadLimits;
  /** Milliseconds after the first interruption; they double with each further one that nothing came between. */
  readonly every?: number;
}

/** What is known of a download from one attempt to the next. */
interface State {
  /** Bytes that were passed on. */
  position: number;
  /** Of those bytes. */
  readonly passed: Hash;
  total: number | undefined;
  /** A strong ETag or a time; `undefined`: parts of this file cannot be asked for. */
  validator: string | undefined;
  /** Milliseconds that we waited for the server. */
  waited: number;
}

/**
 * The bytes of the file, as they come; at last perhaps why they end too early. An interrupted download goes on where it was, if the server
 * can (RFC 9110, "Range Requests"); otherwise it begins again, and what was passed on already is compared and left out. Nothing is kept but
 * the piece at hand; the connection waits as long as nobody asks for the next.
 */
export async function* downloadArchive(
  source: ArchiveSource,
  { signal, limits = downloadLimits, every = patience.download.every }: Download,
): AsyncGenerator<Result<Uint8Array, DownloadFailure>, void> {
  const state: State = { position: 0, passed: createHash('sha256'), total: undefined, validator: undefined, waited: 0 };
  for (let misses = 0; ;) {
    const before = state.position;
    const failure = yield* attempt(source, state, limits, signal);
    if (!failure) return;
    misses = state.position > before ? 1 : misses + 1;
    if (signal.aborted || !mayPass(failure) || misses >= patience.download.misses) {
      yield err(signal.aborted ? { code: 'Cancelled' } : failure);
      return;
    }
    const rest = every * 2 ** (misses - 1);
    state.waited += rest;
    await pause(rest, undefined, { signal }).then(undefined, () => undefined);
  }
}

/** One request: yields what comes of it, and returns why that was not all. */
async function* attempt(
  source: ArchiveSource,
  state: State,
  limits: DownloadLimits,
  signal: AbortSignal,
): AsyncGenerator<Result<Uint8Array, never>, DownloadFailure | undefined> {
  const { position, validator } = state;
  const from = position > 0 && validator !== undefined ? { position, validator } : undefined;
  const opened = await timed(state, () => openUrl(source, { from, limits, signal }));
  if (!opened.ok) return opened.error;
  const { response } = opened.value;
  const stop = (): void => {
    response.destroy();
  };
  signal.addEventListener('abort', stop);
  if (signal.aborted) stop();
  try {
    return yield* read(opened.value, state, limits);
  } finally {
    signal.removeEventListener('abort', stop);
    response.destroy();
  }
}

async function* read(
  { response, host }: Opened,
  state: State,
  limits: DownloadLimits,
): AsyncGenerator<Result<Uint8Array, never>, DownloadFailure | undefined> {
  const begins = beginningOf(response, state, host);
  if (!begins.ok) return begins.error;
  if ((state.total ?? 0) > limits.bytes) return { code: 'TooLarge', host, limit: limits.bytes };

  /** Bytes of this answer that were passed on by an earlier attempt. */
  let known = state.position - begins.value;
  const again = createHash('sha256');
  for (;;) {
    const pulled = await timed(state, () => pull(response, limits.idle));
    if (state.waited > limits.whole) {
      return { code: 'TooSlow', host, hours: limits.whole / (60 * minute), got: state.position };
    }
    if (pulled === 'stalled') return { code: 'Stalled', host, seconds: limits.idle / 1000 };
    if (pulled === 'lost') return { code: 'BrokenOff', host, got: state.position, of: state.total };
    if (pulled === 'end') {
      if (known > 0) return { code: 'ChangedMeanwhile', host };
      return state.position === 0 ? { code: 'Empty', host } : undefined;
    }
    const old = pulled.subarray(0, known);
    if (old.length > 0) {
      again.update(old);
      known -= old.length;
      if (known === 0 && !again.digest().equals(state.passed.copy().digest())) {
        return { code: 'ChangedMeanwhile', host };
      }
    }
    const piece = pulled.subarray(old.length);
    if (piece.length === 0) continue;
    if (state.position + piece.length > limits.bytes) return { code: 'TooLarge', host, limit: limits.bytes };
    state.passed.update(piece);
    state.position += piece.length;
    yield ok(piece);
  }
}

/** Where in the file this answer begins. Learns size and validator, and compares them with those of the attempts before. */
const beginningOf = (response: IncomingMessage, state: State, host: string): Result<number, DownloadFailure> => {
  const { headers, statusCode } = response;
  const part = /^bytes (\d+)-\d+\/(\d+|\*)$/i.exec(headers['content-range'] ?? '');
  if (statusCode !== 200 && Number(part?.[1] ?? -1) !== state.position) {
    // It does not do what it was asked for: without parts, then.
    state.validator = undefined;
    return err({ code: 'BrokenOff', host, got: state.position, of: state.total });
  }
  const size = statusCode === 200 ? headers['content-length'] : part?.[2];
  const total = size === undefined || size === '*' ? undefined : Number(size);
  if (state.total !== undefined && total !== undefined && total !== state.total) {
    return err({ code: 'ChangedMeanwhile', host });
  }
  if (statusCode !== 200) {
    const isOther = headers.etag !== undefined && isStrong(state.validator) && headers.etag !== state.validator;
    return isOther ? err({ code: 'ChangedMeanwhile', host }) : ok(state.position);
  }
  state.total ??= total;
  state.validator = headers['accept-ranges'] === 'none' ? undefined : validatorOf(response);
  return ok(0);
};

const isStrong = (validator: string | undefined): boolean => validator?.startsWith('"') === true;

/** What a request for a part may name: a strong ETag, or else the time of the last change. */
const validatorOf = ({ headers: { etag, 'last-modified': time } }: IncomingMessage): string | undefined =>
  isStrong(etag) ? etag : time;

const timed = async <T>(state: State, wait: () => Promise<T>): Promise<T> => {
  const began = performance.now();
  const value = await wait();
  state.waited += performance.now() - began;
  return value;
};
