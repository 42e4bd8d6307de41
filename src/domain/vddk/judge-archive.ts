import type { Result } from '../result';
import { err, ok } from '../result';
import type { ArchiveProblem, ArchiveWarning, VddkArchive } from './archive';
import { distribFolder } from './archive';
import { addEntry, emptyTree, limits } from './archive-tree';
import type { ArchiveTree } from './archive-tree';
import { x86Machine } from './elf';
import { readTar } from './tar';

/** How a file begins: compressed, perhaps a tar archive as it is, or with a problem that can be seen right away. */
export const checkBeginning = (bytes: number, [a, b]: Uint8Array): Result<'gzip' | 'plain', ArchiveProblem> => {
  if (bytes === 0) return err({ code: 'Empty' });
  if (a === 0x50 && b === 0x4b) return err({ code: 'WindowsZip' });
  if (bytes > limits.fileBytes) return err({ code: 'FileTooLarge', bytes, limit: limits.fileBytes });
  return ok(a === 0x1f && b === 0x8b ? 'gzip' : 'plain');
};

interface Opened {
  /** The file's name: VMware's has version and build in it. */
  readonly name: string;
  /** Whether it was compressed: decides what is said when there is no tar archive. */
  readonly format: 'gzip' | 'plain';
}

/** Judges an unpacked stream. What it keeps does not grow with the content, only with the number of names, which is limited. */
export const judgeArchive = async (
  source: AsyncIterable<Uint8Array>,
  { name, format }: Opened,
): Promise<Result<VddkArchive, ArchiveProblem>> => {
  const tree = emptyTree();
  for await (const read of readTar(source)) {
    if (!read.ok) {
      return err({ code: read.error === 'Damaged' ? 'Damaged' : format === 'gzip' ? 'NoTarInside' : 'NotAnArchive' });
    }
    const problem = addEntry(tree, read.value);
    if (problem) return err(problem);
  }
  const problem = checkFolders(tree);
  return problem ? err(problem) : judgeLibrary(tree, name);
};

/** What can be seen from the beginning of an unpacked archive alone: whether it begins with VMware's folder, or with macOS's own files. */
export const judgeBeginning = async (pieces: readonly Uint8Array[]): Promise<ArchiveProblem | undefined> => {
  const tree = emptyTree();
  for await (const read of readTar(streamOf(pieces))) {
    const problem = read.ok ? addEntry(tree, read.value) : undefined;
    if (problem) return problem;
    const [top] = tree.tops;
    if (!read.ok || top !== undefined) {
      return top === undefined || top === distribFolder ? undefined : { code: 'NoDistribFolder', found: top };
    }
  }
  return undefined;
};

// eslint-disable-next-line @typescript-eslint/require-await -- What is there already, as a stream.
async function* streamOf(pieces: readonly Uint8Array[]): AsyncGenerator<Uint8Array, void> {
  yield* pieces;
}

/** Exactly VMware's folder on top, with the 64-bit library in it. */
const checkFolders = ({ tops, macFiles, files, links }: ArchiveTree): ArchiveProblem | undefined => {
  const [first] = tops;
  if (first === undefined) return { code: macFiles > 0 ? 'OnlyMacFiles' : 'NoLibrary' };
  const names = [...files.keys(), ...links.keys()];
  const has = (where: RegExp) => names.some((name) => where.test(name));
  if (!tops.has(distribFolder))
    return has(/(^|\/)libvixDiskLib\.so/) ? { code: 'NoDistribFolder', found: first } : { code: 'NoLibrary' };
  if (tops.size > 1)
    return { code: 'SeveralTopFolders', found: [...tops].filter((top) => top !== distribFolder).join(', ') };
  if (has(/^[^/]+\/lib64\/libvixDiskLib\.so/)) return undefined;
  return { code: has(/^[^/]+\/lib(32)?\/libvixDiskLib\.so/) ? 'Only32Bit' : 'NoLibrary' };
};

const folder = `${distribFolder}/lib64`;
const plainName = 'libvixDiskLib.so';

/**
 * MTV looks for lib64/libvixDiskLib.so, and the conversion loads libvixDiskLib.so.N (docs/facts/forklift.md §4): both have to lead to the
 * library, whose full name has the version.
 */
const judgeLibrary = (tree: ArchiveTree, fileName: string): Result<VddkArchive, ArchiveProblem> => {
  const plain = follow(tree, `${folder}/${plainName}`);
  if (!plain.ok) return plain;
  const present = [...tree.files.keys(), ...tree.links.keys()]
    .filter((path) => path.startsWith(`${folder}/`))
    .map(numberOf);
  // Tools that know no links leave copies: then the longest number is the version.
  const number =
    numberOf(plain.value) || present.reduce((longest, other) => (other.length > longest.length ? other : longest), '');
  const major = number.split('.')[0] ?? '';
  const library = `${plainName}.${major || '8'}`;
  const loaded = follow(tree, `${folder}/${library}`);
  if (!loaded.ok) return loaded;

  const promised = readFileName(fileName);
  const agrees = promised !== undefined && (begins(promised.version, number) || begins(number, promised.version));
  const version = agrees && promised.version.length > number.length ? promised.version : number;
  // nbdkit's plugin, which the conversion uses, takes no older one (nbdkit-vddk-plugin(1), "Supported versions of VDDK").
  if (isOlder(version, [6, 5])) return err({ code: 'TooOld', version });

  const warnings: ArchiveWarning[] = [];
  if (Number(major) > 8 && !follow(tree, `${folder}/${plainName}.8`).ok) warnings.push({ code: 'NeedsNewerMtv' });
  if (promised && !agrees) warnings.push({ code: 'NameDisagrees', name: promised.version, version });
  return ok({
    version,
    ...(agrees && { build: promised.build }),
    library,
    files: tree.files.size,
    unpackedBytes: tree.unpackedBytes,
    warnings,
  });
};

/** "8.0.3" of ".../libvixDiskLib.so.8.0.3"; empty when there is no number. */
const numberOf = (path: string): string => /\/libvixDiskLib\.so\.(\d+(?:\.\d+)*)$/.exec(path)?.[1] ?? '';

/** The path of the library that this path leads to, which is one for x86-64. */
const follow = ({ links, files }: ArchiveTree, path: string): Result<string, ArchiveProblem> => {
  let at = path;
  for (let hops = 0; hops < 8; hops += 1) {
    const elf = files.get(at);
    if (elf === '32-bit') return err({ code: 'Only32Bit' });
    if (elf === 'NotElf') return err({ code: 'NotALibrary', path: at });
    if (elf !== undefined)
      return elf.machine === x86Machine ? ok(at) : err({ code: 'WrongArchitecture', machine: elf.machine });
    const next = links.get(at);
    if (next === undefined) break;
    at = next;
  }
  return err(at === path ? { code: 'LinkMissing', path } : { code: 'LinkBroken', path, target: at });
};

const isOlder = (version: string, [major, minor]: readonly [number, number]): boolean => {
  const [a = 0, b = 0] = version.split('.').map(Number);
  return a < major || (a === major && b < minor);
};

/** Whether a version is the other one, more precisely. */
const begins = (precise: string, rough: string): boolean => `${precise}.`.startsWith(`${rough}.`);

/** VMware-vix-disklib-8.0.3-23950268.x86_64.tar.gz; since 9 there is a dot before the build (docs/facts/forklift.md §4). */
const readFileName = (name: string): { readonly version: string; readonly build: string } | undefined => {
  const [, version, build] = /^VMware-vix-disklib-(\d+(?:\.\d+)*)[.-](\d{6,})\./i.exec(name) ?? [];
  return version !== undefined && build !== undefined ? { version, build } : undefined;
};
