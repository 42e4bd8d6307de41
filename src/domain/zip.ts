/** A file of a folder: its path inside of it, with slashes, and its text. */
export interface FolderFile {
  readonly path: string;
  readonly content: string;
}

/**
 * A ZIP archive of these files, stored as they are: each with its local header (PKWARE APPNOTE 4.3.7), then the central directory (4.3.12) and its
 * end (4.3.16). Names are UTF-8. All files are dated 1980-01-01, so that the same files give the same archive.
 */
export const zipOf = (files: readonly FolderFile[]): Uint8Array<ArrayBuffer> => {
  const encoder = new TextEncoder();
  const [parts, directory]: [number[][], number[][]] = [[], []];
  let at = 0;
  for (const { path, content } of files) {
    const [name, bytes] = [[...encoder.encode(path)], [...encoder.encode(content)]];
    // Version 2.0, UTF-8 names, stored, time and date, checksum, both sizes, length of the name, no extra field.
    const header = [
      ...[...u16(20), ...u16(0x800), ...u16(0), ...u16(0), ...u16(0x21)],
      ...[...u32(crc32(bytes)), ...u32(bytes.length), ...u32(bytes.length), ...u16(name.length), ...u16(0)],
    ];
    const local = [...u32(0x04034b50), ...header, ...name, ...bytes];
    directory.push([...u32(0x02014b50), ...u16(20), ...header, ...Array<number>(10).fill(0), ...u32(at), ...name]);
    parts.push(local);
    at += local.length;
  }
  const size = directory.reduce((sum, { length }) => sum + length, 0);
  const end = [
    ...[...u32(0x06054b50), ...u16(0), ...u16(0), ...u16(files.length), ...u16(files.length)],
    ...[...u32(size), ...u32(at), ...u16(0)],
  ];
  return Uint8Array.from([...parts, ...directory, end].flat());
};

const u16 = (value: number): readonly number[] => [value & 255, (value >>> 8) & 255];
const u32 = (value: number): readonly number[] => [...u16(value), ...u16(value >>> 16)];

const crc32 = (bytes: readonly number[]): number => {
  let crc = -1;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
};
