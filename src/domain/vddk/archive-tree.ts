import type { ArchiveProblem } from './archive';
import { hardLinkTarget, isMacFile, partsOf, symlinkTarget } from './archive-paths';
import { readElf } from './elf';
import type { Elf } from './elf';
import type { TarEntry } from './tar';

/**
 * Generous: how large VDDK's archives are is not published, but other tools take no more than 64 MiB (docs/facts/forklift.md §4, "Files"). The
 * last three bound what is remembered: `names` counts the characters of all paths and targets, `depth` the parts of one path.
 */
export const limits = { fileBytes: 512 * 2 ** 20, unpackedBytes: 2 ** 30, entries: 20_000, names: 2 ** 21, depth: 32 };

/** What is remembered of the entries that went by. Paths are below the archive's root, tidied. */
export interface ArchiveTree {
  /** First parts of paths, macOS's own aside. */
  readonly tops: Set<string>;
  /** Everything that has something in it. */
  readonly folders: Set<string>;
  /** Where links lead. */
  readonly links: Map<string, string>;
  /** What regular files begin with. All of them: a library may be a hard link to a file of any name. */
  readonly files: Map<string, Elf>;
  entries: number;
  names: number;
  macFiles: number;
  unpackedBytes: number;
}

/** A tree of nothing. */
export const emptyTree = (): ArchiveTree => ({
  tops: new Set(),
  folders: new Set(),
  links: new Map(),
  files: new Map(),
  entries: 0,
  names: 0,
  macFiles: 0,
  unpackedBytes: 0,
});

/** Adds the next entry, unless the archive is to be refused for it at once. */
export const addEntry = (
  tree: ArchiveTree,
  { path: named, type, size, target, head }: TarEntry,
): ArchiveProblem | undefined => {
  tree.entries += 1;
  tree.names += named.length + target.length;
  if (tree.entries > limits.entries || tree.names > limits.names) return { code: 'TooManyFiles' };
  tree.unpackedBytes += size;
  if (tree.unpackedBytes > limits.unpackedBytes) return { code: 'ExpandsTooFar', limit: limits.unpackedBytes };
  if (type === 'other') return { code: 'SpecialFile', path: named };
  const parts = partsOf(named);
  if (!parts) return { code: 'UnsafePath', path: named };
  if (parts.length > limits.depth) return { code: 'TooManyFiles' };
  const path = parts.join('/');

  // Unpacked through a link, a file lands elsewhere than its path says.
  const ancestors = parts.slice(1).map((_, index) => parts.slice(0, index + 1).join('/'));
  if (ancestors.some((ancestor) => tree.links.has(ancestor))) return { code: 'UnsafePath', path: named };
  for (const ancestor of ancestors) tree.folders.add(ancestor);

  if (type === 'symlink' || type === 'hardlink') {
    const leadsTo = type === 'symlink' ? symlinkTarget(parts, target) : hardLinkTarget(parts, target);
    if (!leadsTo || tree.folders.has(path)) return { code: 'UnsafeLink', path: named, target };
    tree.links.set(path, leadsTo.join('/'));
    // It takes the place of an earlier file.
    tree.files.delete(path);
  }
  if (isMacFile(parts)) {
    tree.macFiles += 1;
    return undefined;
  }
  if (parts[0] !== undefined) tree.tops.add(parts[0]);
  if (type === 'file') tree.files.set(path, readElf(head));
  return undefined;
};
