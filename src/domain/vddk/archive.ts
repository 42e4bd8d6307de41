import type { Result } from '../result';
import type { ArchiveProblem } from './archive-problem';

/** What the browser found in a VDDK archive before anything is uploaded. */
export interface Archive {
  /** Full version from the library's file name, such as "8.0.1". */
  readonly version: string;
  /** Build number from the file name of the download, when it tells. */
  readonly build?: string;
  /** N of `libvixDiskLib.so.N`. */
  readonly major: number;
  readonly files: number;
  readonly compressedBytes: number;
  readonly unpackedBytes: number;
}

/** Bytes of the file read so far. */
export type OnInspected = (readBytes: number) => void;

/** Inspects an archive as a stream, in constant memory, without uploading anything. */
export type InspectArchive = (
  file: Blob & { readonly name?: string },
  onInspected: OnInspected,
  signal: AbortSignal,
) => Promise<Result<Archive, ArchiveProblem>>;
