import { err } from '../domain/result';
import type { Result } from '../domain/result';
import type { InspectionFailure, VddkArchive } from '../domain/vddk/archive';
import { checkBeginning, judgeArchive } from '../domain/vddk/judge-archive';
import type { InspectionOptions } from './services';

/**
 * What the decompressor is given at once, in bytes. All that comes of it waits in memory until it is read, and deflate makes up to 1032
 * bytes of one: this bounds the memory that a hostile archive takes. Chromium reads files in chunks of up to 2 MiB.
 */
const pieceSize = 32 * 1024;

/** Milliseconds between two reports of progress. */
const progressInterval = 100;

/** Reads and judges a file where it is called: in the worker, or on the main thread, which gets its turn after each chunk of the file. */
export const readArchive = async (
  file: File,
  how: InspectionOptions,
): Promise<Result<VddkArchive, InspectionFailure>> => {
  try {
    const beginning = checkBeginning(file.size, new Uint8Array(await file.slice(0, 2).arrayBuffer()));
    if (!beginning.ok) return beginning;
    const format = beginning.value;
    const pieces = piecesOf(file, how);
    const unpacked = format === 'gzip' ? pieces.pipeThrough(new DecompressionStream('gzip')) : pieces;
    const verdict = await judgeArchive(chunksOf(unpacked), { name: file.name, format });
    return how.signal?.aborted ? err({ code: 'Cancelled' }) : verdict;
  } catch (thrown) {
    if (how.signal?.aborted) return err({ code: 'Cancelled' });
    // Files fail with a DOMException (w3.org/TR/FileAPI, "Errors"), decompressors with a TypeError (compression.spec.whatwg.org).
    return err({ code: thrown instanceof DOMException ? 'Unreadable' : 'Damaged' });
  }
};

type Bytes = Uint8Array<ArrayBuffer>;

/** The file as views of at most `pieceSize` bytes. Reports progress, and breaks off when cancelled. */
const piecesOf = (file: File, { onProgress, signal }: InspectionOptions): ReadableStream<Bytes> => {
  const reader = file.stream().getReader();
  let bytesRead = 0;
  let toldAt = performance.now();
  const pull = async (controller: ReadableStreamDefaultController<Bytes>) => {
    signal?.throwIfAborted();
    const { done, value } = await reader.read();
    if (done) {
      onProgress?.(bytesRead);
      controller.close();
      return;
    }
    for (let at = 0; at < value.length; at += pieceSize) controller.enqueue(value.subarray(at, at + pieceSize));
    bytesRead += value.length;
    const now = performance.now();
    if (now - toldAt < progressInterval) return;
    toldAt = now;
    onProgress?.(bytesRead);
  };
  // Nothing ahead of what is asked for.
  return new ReadableStream({ pull, cancel: (reason) => reader.cancel(reason) }, { highWaterMark: 0 });
};

/** A stream as iterable: Safari's streams are not. Stopping early cancels the stream, and so the reading of the file. */
const chunksOf = (stream: ReadableStream<Uint8Array>): AsyncIterable<Uint8Array> => {
  const reader = stream.getReader();
  const stop = async (): Promise<IteratorResult<Uint8Array, undefined>> => {
    await reader.cancel();
    return { done: true, value: undefined };
  };
  return { [Symbol.asyncIterator]: () => ({ next: () => reader.read(), return: stop }) };
};
