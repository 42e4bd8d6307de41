/**
 * The parts of a path as a tool that unpacks sees them, without "." and empty ones; `undefined` when the path is absolute or climbs.
 */
export const partsOf = (path: string): readonly string[] | undefined => {
  const parts = path.split('/').filter((part) => part !== '' && part !== '.');
  return path.startsWith('/') || parts.includes('..') ? undefined : parts;
};

/**
 * Where a symlink leads, as parts below the archive's root; `undefined` when it is absolute or leads out of the top folder it lies in. A
 * ".." behind a name counts as leading out: behind another link it might.
 */
export const symlinkTarget = (link: readonly string[], target: string): readonly string[] | undefined => {
  const parts = target.split('/').filter((part) => part !== '' && part !== '.');
  const climbs = parts.findIndex((part) => part !== '..');
  const up = climbs === -1 ? parts.length : climbs;
  const down = parts.slice(up);
  const from = link.slice(0, -1);
  // At least the top folder is left to be in.
  return target.startsWith('/') || down.includes('..') || up >= from.length
    ? undefined
    : [...from.slice(0, from.length - up), ...down];
};

/** Where a hard link leads: a path below the archive's root, in the same top folder. */
export const hardLinkTarget = (link: readonly string[], target: string): readonly string[] | undefined => {
  const parts = partsOf(target);
  return parts && parts.length > 1 && parts[0] === link[0] ? parts : undefined;
};

/** What macOS adds to archives in addition to the files. */
export const isMacFile = (parts: readonly string[]): boolean => {
  const name = parts.at(-1) ?? '';
  return parts[0] === '__MACOSX' || name.startsWith('._') || name === '.DS_Store';
};
