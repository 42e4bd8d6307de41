import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip, gzipSync } from 'node:zlib';

/** One member of a made archive. Nothing in these archives is VMware's: a library is an ELF header followed by noise. */
export interface Member {
  readonly path: string;
  /** Tar's type flag: "0" file (by default), "1" hard link, "2" symlink, "5" folder, "x" pax header and so on. */
  readonly flag?: string;
  readonly content?: Uint8Array;
  /** How often the content comes: makes big members of little memory. */
  readonly repeat?: number;
  readonly target?: string;
  /** GNU's older format, whose magic differs. */
  readonly gnu?: boolean;
}

const block = 512;

/** Bytes that do not compress, the same ones every time (xorshift32). */
export const noise = (length: number, seed = 1): Uint8Array => {
  const words = new Uint32Array(Math.ceil(length / 4));
  let state = seed;
  for (let index = 0; index < words.length; index += 1) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    words[index] = state;
  }
  return new Uint8Array(words.buffer, 0, length);
};

/** The beginning of a shared library for Linux (elf(5)), and noise. */
export const library = ({ bits = 64, machine = 62, length = 600 } = {}): Uint8Array => {
  const bytes = noise(length);
  bytes.set([
    0x7f,
    0x45,
    0x4c,
    0x46,
    bits === 64 ? 2 : 1,
    1,
    1,
    0,
    0,
    0,
    0,
    0,
    0,
    0,
    0,
    0,
    3,
    0,
    machine & 0xff,
    machine >> 8,
  ]);
  return bytes;
};

export const text = (content: string): Uint8Array => new Uint8Array(Buffer.from(content));

export const folder = (path: string): Member => ({ path, flag: '5' });
export const symlink = (path: string, target: string): Member => ({ path, flag: '2', target });
export const hardLink = (path: string, target: string): Member => ({ path, flag: '1', target });

/** A pax header for the member that follows (POSIX.1-2017, "pax"). */
export const pax = (records: Readonly<Record<string, string>>, flag = 'x'): Member => ({
  path: 'PaxHeaders/member',
  flag,
  content: text(
    Object.entries(records)
      .map(([key, value]) => paxRecord(` ${key}=${value}\n`))
      .join(''),
  ),
});

const paxRecord = (rest: string): string => {
  const bytes = Buffer.byteLength(rest);
  // The length counts its own digits.
  const length = [1, 2, 3, 4, 5]
    .map((digits) => bytes + digits)
    .find((total) => String(total).length === total - bytes);
  return `${String(length)}${rest}`;
};

/** GNU's way to give the member that follows a long name ("L") or link target ("K"). */
export const gnuLong = (flag: 'L' | 'K', name: string): Member => ({
  path: '././@LongLink',
  flag,
  content: text(`${name}\0`),
  gnu: true,
});

/** A member's header. `size` may lie. */
export const headerOf = (
  { path, flag = '0', content, repeat = 1, target = '', gnu = false }: Member,
  size?: number,
): Uint8Array => {
  const header = Buffer.alloc(block);
  const octal = (value: number, digits: number) => `${value.toString(8).padStart(digits, '0')}\0`;
  const write = (value: string, at: number, most: number) => header.write(value, at, most, 'utf8');
  write(path, 0, 100);
  write(octal(0o644, 7), 100, 8);
  write(octal(size ?? (content?.length ?? 0) * repeat, 11), 124, 12);
  write(octal(0, 11), 136, 12);
  write('        ', 148, 8);
  write(flag, 156, 1);
  write(target, 157, 100);
  write(gnu ? 'ustar  \0' : 'ustar\x0000', 257, 8);
  return sealed(header);
};

/** Gives a changed header the checksum it needs. */
export const sealed = (header: Uint8Array): Uint8Array => {
  const copy = Buffer.from(header);
  copy.fill(' ', 148, 156);
  copy.write(
    `${copy
      .reduce((sum, byte) => sum + byte, 0)
      .toString(8)
      .padStart(6, '0')}\0 `,
    148,
  );
  return new Uint8Array(copy);
};

/** A tar archive, a piece after the other. */
export function* tarPieces(members: readonly Member[]): Generator<Uint8Array> {
  for (const member of members) {
    yield headerOf(member);
    const { content, repeat = 1 } = member;
    if (content === undefined) continue;
    for (let count = 0; count < repeat; count += 1) yield content;
    yield new Uint8Array((block - ((content.length * repeat) % block)) % block);
  }
  yield new Uint8Array(2 * block);
}

/** A tar archive in one piece. */
export const tar = (members: readonly Member[]): Uint8Array => new Uint8Array(Buffer.concat([...tarPieces(members)]));

/** The same, compressed. */
export const tarGz = (members: readonly Member[]): Uint8Array => new Uint8Array(gzipSync(tar(members)));

/** Writes a big archive without having it in memory. Level 0 stores: quick to make and to read. */
export const writeTarGz = async (path: string, members: readonly Member[], level = 1): Promise<void> => {
  await pipeline(Readable.from(tarPieces(members)), createGzip({ level }), createWriteStream(path));
};

export const distrib = 'vmware-vix-disklib-distrib';
export const lib64 = `${distrib}/lib64`;

/** What VMware ships, in small: VDDK of a version with its library under its full name and the relative links to it. */
export const vddk = (version = '8.0.3', content: Uint8Array = library()): readonly Member[] => {
  const so = 'libvixDiskLib.so';
  const major = version.split('.')[0] ?? '';
  return [
    folder(`${distrib}/`),
    folder(`${distrib}/doc/`),
    { path: `${distrib}/doc/README`, content: text('not VMware\n') },
    folder(`${lib64}/`),
    { path: `${lib64}/${so}.${version}`, content },
    symlink(`${lib64}/${so}.${major}`, `${so}.${version}`),
    symlink(`${lib64}/${so}`, `${so}.${major}`),
  ];
};
