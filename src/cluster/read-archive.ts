import { err } from '../domain/result';
import type { Result } from '../domain/result';
import type { InspectionFailure, VddkArchive } from '../domain/vddk/archive';
import { checkBeginning, judgeArchive } from '../domain/vddk/judge-archive';
import type { InspectionOptions } from './services';

/**
 * What the decompressor is given at once, in bytes. All that comes of it waits in memory until it is read, and deflate makes up to 1032
 * bytes of one: this bounds the memory that a hostile archive takes. Chromium reads files in chunks of up to 2 MiB.
 */
const pieceSize = 64 * 1024;

/** Milliseconds between two reports of progress. */
const progressInterval = 100;

/** Reads and judges a file where it is called: in the worker, or on the main thread, which gets its turn after each chunk of the file. */
export const readArchive = async (file: File, how: InspectionOptions): Promise<Result<VddkArchive, InspectionFailure>> => {
  try {
    const beginning = checkBeginning(file.size, new Uint8Array(await file.slice(0, 2).arrayBuffer()));
    if (!beginning.ok) return beginning;
    const format = beginning.value;
    const pieces = file.stream().pipeThrough(inPieces(how));
    const unpacked = format === 'gzip' ? pieces.pipeThrough(new DecompressionStream('gzip')) : pieces;
    const verdict = await judgeArchive(chunksOf(unpacked), { name: file.name, format });
    return how.signal?.aborted ? err({ code: 'Cancelled' }) : verdict;
  } catch (thrown) {
    if (how.signal?.aborted) return err({ code: 'Cancelled' });
    // Files fail with a DOMException (w3.org/TR/FileAPI, "Errors"), decompressors with a TypeError (compression.spec.whatwg.org).
    return err({ code: thrown instanceof DOMException ? 'Unreadable' : 'Damaged' });
  }
};

/** Cuts what comes into views of at most `pieceSize` bytes, reports progress, and ends when cancelled. */
const inPieces = ({ onProgress, signal }: InspectionOptions) => {
  let bytesRead = 0;
  let toldAt = 0;
  return new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
    transform: (chunk, controller) => {
      signal?.throwIfAborted();
      for (let at = 0; at < chunk.length; at += pieceSize) controller.enqueue(chunk.subarray(at, at + pieceSize));
      bytesRead += chunk.length;
      const now = performance.now();
      if (now - toldAt < progressInterval) return;
      toldAt = now;
      onProgress?.(bytesRead);
    },
    flush: () => onProgress?.(bytesRead),
  });
};

/** A stream as iterable: Safari's streams are not. Stopping early cancels the stream, and so the reading of the file. */
async function* chunksOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array, void> {
  const reader = stream.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel();
  }
}
