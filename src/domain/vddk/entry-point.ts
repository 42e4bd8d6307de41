import { distribFolder } from './archive';

/**
 * What an image does when it starts, as far as its configuration shows: MTV sets no command of its own, and needs the folder in /opt
 * (docs/facts/forklift.md §4, "Contract").
 *
 * - `copies`: it copies the folder there, with everything in it. `elsewhere`: it copies, but MTV would not find the folder in /opt.
 * - `nothing`: it starts nothing, or a shell without a script. `other`: it starts something whose doing cannot be seen from here.
 */
export type EntryPoint =
  { readonly does: 'copies' | 'nothing' } | { readonly does: 'elsewhere' | 'other'; readonly command: string };

/** Reads entry point and command of an image's configuration, as one line of arguments. */
export const readEntryPoint = (words: readonly string[]): EntryPoint => {
  const command = words.join(' ').trim();
  const commands = commandsOf(command);
  if (commands.every(isNothing)) return { does: 'nothing' };
  if (commands.some(putsFolderInOpt)) return { does: 'copies' };
  return { does: commands.some(mentionsFolder) ? 'elsewhere' : 'other', command };
};

type Words = readonly string[];

/** A script's commands, each by its words; quotes and the shell that runs them are left out. */
const commandsOf = (script: string): readonly Words[] =>
  script
    .split(/&&|\|\||[;|&\n]/)
    .map((each) =>
      each
        .split(/\s+/)
        .map((word) => word.replace(/["']/g, ''))
        .filter((word) => word !== ''),
    )
    .map(withoutShell);

const nameOf = (word = ''): string => word.split('/').at(-1) ?? '';

const isShell = (word: string | undefined): boolean => /^(ba|da|a|k|z)?sh$|^busybox$/.test(nameOf(word));

/** `sh -c`, `bash -ec`, `exec` and the like before a command; `set -e` does nothing by itself. */
const withoutShell = (words: Words): Words => {
  const [first, ...rest] = words;
  if (first === 'set') return [];
  if (first === 'exec') return withoutShell(rest);
  if (!isShell(first)) return words;
  const script = rest.findIndex((word) => !word.startsWith('-'));
  return script < 0 ? [] : withoutShell(rest.slice(script));
};

const isNothing = (words: Words): boolean => words.length === 0;

const mentionsFolder = (words: Words): boolean => words.some((word) => word.includes(distribFolder));

const trimmed = (path: string): string => path.replace(/(\/\.?)+$/, '');

const isFolder = (path: string): boolean => nameOf(path) === distribFolder;

/** `cp` or `rsync`, recursively, so that the folder is in /opt afterwards under its own name. */
const putsFolderInOpt = ([program, ...words]: Words): boolean => {
  const tool = nameOf(program);
  if (tool !== 'cp' && tool !== 'rsync') return false;
  const options = words.filter((word) => word.startsWith('-'));
  const isRecursive = options.some(
    (option) => /^-[a-zA-Z]*[rRa]/.test(option) || option === '--recursive' || option === '--archive',
  );
  const { target, sources } = operandsOf(words);
  if (!isRecursive || target === undefined) return false;
  return sources.some((source) => {
    // What ends in "/." is what is in the folder; for rsync, what ends in "/" as well.
    const isContent = source.endsWith('/.') || (tool === 'rsync' && source.endsWith('/'));
    if (!isFolder(trimmed(source))) return false;
    return trimmed(target) === `/opt/${distribFolder}` || (!isContent && trimmed(target) === '/opt');
  });
};

const operandsOf = (words: Words): { readonly target: string | undefined; readonly sources: Words } => {
  const at = words.findIndex((word) => word === '-t' || word === '--target-directory');
  const named = at >= 0 ? words[at + 1] : words.find((word) => word.startsWith('--target-directory='))?.split('=')[1];
  const operands = words.filter((word, index) => !word.startsWith('-') && (at < 0 || index !== at + 1));
  return named === undefined
    ? { target: operands.at(-1), sources: operands.slice(0, -1) }
    : { target: named, sources: operands };
};
