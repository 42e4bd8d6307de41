import type { Result } from '../result';
import { err, ok } from '../result';
import { cursorOver } from './byte-cursor';
import type { ByteCursor } from './byte-cursor';

/** One member of a tar archive. `other`: devices, sparse files and everything else. */
export interface TarEntry {
  /** As the archive has it: neither safe nor tidy. */
  readonly path: string;
  readonly type: 'file' | 'folder' | 'symlink' | 'hardlink' | 'other';
  /** Bytes of a file's content; 0 for the rest. */
  readonly size: number;
  /** Where a link leads: a symlink relative to its folder, a hard link relative to the archive. Empty for the rest. */
  readonly target: string;
  /** The first bytes of a file's content, valid until the next entry is asked for. */
  readonly head: Uint8Array;
}

/** `NoTar`: it does not begin like a tar archive. `Damaged`: it began like one, and then broke off or made no sense. */
export type TarProblem = 'NoTar' | 'Damaged';

/** U+FFFD for what is not UTF-8. A byte order mark is a character of a name like any other. */
const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });

const blockSize = 512;
/** Enough for the header of an ELF file. */
const headSize = 64;
/** Long names, times and the like of one entry, and of all of them. Linux takes paths of 4 KiB. */
const maxMetadata = { one: 2 ** 16, all: 2 ** 25 };
/** Tape blocks are filled up with zeros after the end: 10 KiB by default, 1 MiB at most in use. */
const maxPadding = 2 ** 20;

/**
 * Reads a tar archive as a stream: ustar, GNU long names, pax headers (POSIX.1-2017, "pax"; gnu.org/software/tar/manual, "Standard").
 * Content passes through and is neither kept nor copied. Ends after the first problem. Reads the source to its end, so that
 * a decompressor sees its checksum.
 */
export async function* readTar(source: AsyncIterable<Uint8Array>): AsyncGenerator<Result<TarEntry, TarProblem>, void> {
  const cursor = cursorOver(source);
  try {
    const problem = yield* entriesAt(cursor);
    if (problem) yield err(problem);
  } finally {
    await cursor.close();
  }
}

/** Yields entries and returns what was wrong in the end. */
async function* entriesAt(cursor: ByteCursor): AsyncGenerator<Result<TarEntry, never>, TarProblem | undefined> {
  let global: Overrides = {};
  let local: Overrides = {};
  let metadata = 0;
  for (let first = true; ; first = false) {
    const block = await cursor.take(blockSize);
    const header = headerOf(block);
    if (header === undefined) return first ? 'NoTar' : 'Damaged';
    if (header === 'end') {
      if (first) return 'NoTar';
      return (await cursor.skip(maxPadding + 1)) > maxPadding ? 'Damaged' : undefined;
    }

    if (isMetadata(header.flag)) {
      metadata += blockSize + header.size;
      if (header.size > maxMetadata.one || metadata > maxMetadata.all) return 'Damaged';
      const flag = header.flag;
      const content = await cursor.take(header.size);
      if (content.length < header.size) return 'Damaged';
      const read = overridesOf(flag, content);
      if (read === undefined || !(await skipPadding(cursor, header.size))) return 'Damaged';
      if (flag === 'g') global = { ...global, ...read };
      else local = { ...local, ...read };
      continue;
    }

    const entry = entryOf(header, { ...global, ...local });
    local = {};
    const head = await cursor.take(Math.min(entry.size, headSize));
    yield ok({ ...entry, head });
    const rest = entry.size - head.length;
    if ((await cursor.skip(rest)) < rest || !(await skipPadding(cursor, entry.size))) return 'Damaged';
  }
}

const skipPadding = async (cursor: ByteCursor, size: number): Promise<boolean> => {
  const padding = (blockSize - (size % blockSize)) % blockSize;
  return (await cursor.skip(padding)) === padding;
};

interface Header {
  readonly path: string;
  readonly target: string;
  readonly flag: string;
  readonly size: number;
}

/** A block of 512 bytes as header; `end`: the block of zeros after the last entry; `undefined`: neither. */
const headerOf = (block: Uint8Array): Header | 'end' | undefined => {
  if (block.length < blockSize) return undefined;
  let sum = 0;
  for (const byte of block) sum += byte;
  if (sum === 0) return 'end';
  const checksum = block.subarray(148, 156);
  for (const byte of checksum) sum += 0x20 - byte;
  const size = numberOf(block.subarray(124, 136));
  if (sum !== numberOf(checksum) || size === undefined) return undefined;
  // GNU's older format, whose magic ends in spaces, has times where POSIX has the beginning of a long path.
  const prefix = textOf(block.subarray(257, 263)) === 'ustar' ? textOf(block.subarray(345, 500)) : '';
  const name = textOf(block.subarray(0, 100));
  return {
    path: prefix === '' ? name : `${prefix}/${name}`,
    target: textOf(block.subarray(157, 257)),
    flag: String.fromCharCode(block[156] ?? 0),
    size,
  };
};

/** Text up to the first NUL. */
const textOf = (bytes: Uint8Array): string => {
  const end = bytes.indexOf(0);
  return utf8.decode(end === -1 ? bytes : bytes.subarray(0, end));
};

/** Octal digits between spaces and NULs, or GNU's big-endian binary behind a set top bit; no more than JavaScript counts exactly. */
const numberOf = (bytes: Uint8Array): number | undefined => {
  if (bytes[0] === 0x80) {
    const value = bytes.subarray(1).reduce((sum, byte) => sum * 256 + byte, 0);
    return Number.isSafeInteger(value) ? value : undefined;
  }
  const digits = /^ *([0-7]*) *$/.exec(textOf(bytes))?.[1];
  return digits === undefined ? undefined : parseInt(`0${digits}`, 8);
};

/** What a pax header or a GNU long name says instead of the header that follows. */
interface Overrides {
  readonly path?: string;
  readonly target?: string;
  readonly size?: number;
  /** The content is not the file but its parts. */
  readonly sparse?: true;
}

const isMetadata = (flag: string): boolean => 'xgLK'.includes(flag);

const overridesOf = (flag: string, content: Uint8Array): Overrides | undefined => {
  if (flag === 'L') return { path: textOf(content) };
  if (flag === 'K') return { target: textOf(content) };
  return paxOf(content);
};

/** The records of a pax header: "30 path=some/where\n", the length counting itself. */
const paxOf = (content: Uint8Array): Overrides | undefined => {
  let read: Overrides = {};
  for (let at = 0; at < content.length;) {
    const space = content.indexOf(0x20, at);
    const length = space === -1 ? NaN : decimalOf(content.subarray(at, space));
    const record = content.subarray(space + 1, at + length);
    const equals = record.indexOf(0x3d);
    if (!(length > 0) || at + length > content.length || equals < 1 || record.at(-1) !== 0x0a) return undefined;
    const key = utf8.decode(record.subarray(0, equals));
    const value = record.subarray(equals + 1, -1);
    if (key === 'path') read = { ...read, path: textOf(value) };
    else if (key === 'linkpath') read = { ...read, target: textOf(value) };
    else if (key.startsWith('GNU.sparse.')) read = { ...read, sparse: true };
    else if (key === 'size') {
      const size = decimalOf(value);
      if (!Number.isSafeInteger(size)) return undefined;
      read = { ...read, size };
    }
    at += length;
  }
  return read;
};

const decimalOf = (bytes: Uint8Array): number => {
  const digits = utf8.decode(bytes);
  return /^\d{1,16}$/.test(digits) ? Number(digits) : NaN;
};

const entryOf = (header: Header, overrides: Overrides): Omit<TarEntry, 'head'> => {
  const path = overrides.path ?? header.path;
  const target = overrides.target ?? header.target;
  const size = overrides.size ?? header.size;
  switch (header.flag) {
    case '0':
    case '\0':
    case '7':
      if (overrides.sparse) return { path, type: 'other', size, target: '' };
      // Before POSIX, a folder was a file whose name ends in a slash.
      return path.endsWith('/')
        ? { path, type: 'folder', size: 0, target: '' }
        : { path, type: 'file', size, target: '' };
    case '1':
      // Tools disagree whether such a member has content, so it is unknown where the next header is.
      return { path, type: size === 0 ? 'hardlink' : 'other', size: 0, target };
    case '2':
      return { path, type: 'symlink', size: 0, target };
    case '5':
      return { path, type: 'folder', size: 0, target: '' };
    default:
      return { path, type: 'other', size, target: '' };
  }
};
