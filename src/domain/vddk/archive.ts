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
