import { isRecord } from './json';
import type { Result } from './result';
import { err, ok } from './result';
import type { Translate } from './translate';

/** What is wrong in a file that a person wrote: where, and what would be right. */
export type ShapeProblem =
  | { readonly code: 'UnknownKey'; readonly path: string; readonly known: readonly string[] }
  | { readonly code: 'NotAllowed'; readonly path: string; readonly allowed: string };

/** Reads a value of unknown origin: what it is, or everything that is wrong with it. */
export type Shape<T> = (value: unknown, path: string) => Result<T, readonly ShapeProblem[]>;

/** Says what would be right instead. */
export const notAllowed = (path: string, allowed: string): Result<never, readonly ShapeProblem[]> =>
  err([{ code: 'NotAllowed', path, allowed }]);

/** A text, of a form that `allowed` puts into words. */
export const text =
  (allowed = 'a text', form = /./): Shape<string> =>
  (value, path) =>
    typeof value === 'string' && form.test(value) ? ok(value) : notAllowed(path, allowed);

/** One of a few words. */
export const oneOf =
  <const T extends string>(...words: readonly T[]): Shape<T> =>
  (value, path) => {
    const word = words.find((each) => each === value);
    return word === undefined ? notAllowed(path, words.join(', ')) : ok(word);
  };

export const flag: Shape<boolean> = (value, path) =>
  typeof value === 'boolean' ? ok(value) : notAllowed(path, 'true or false');

export const whole =
  (from: number, to: number): Shape<number> =>
  (value, path) =>
    typeof value === 'number' && Number.isInteger(value) && value >= from && value <= to
      ? ok(value)
      : notAllowed(path, `a whole number from ${String(from)} to ${String(to)}`);

const joined = <T>(
  results: readonly Result<T, readonly ShapeProblem[]>[],
): Result<readonly T[], readonly ShapeProblem[]> => {
  const problems = results.flatMap((result) => (result.ok ? [] : result.error));
  return problems.length > 0 ? err(problems) : ok(results.flatMap((result) => (result.ok ? [result.value] : [])));
};

export const list =
  <T>(item: Shape<T>): Shape<readonly T[]> =>
  (value, path) =>
    Array.isArray(value)
      ? joined(value.map((each, i) => item(each, `${path}[${String(i)}]`)))
      : notAllowed(path, 'a list');

/** Keys of the reader's choice. */
export const mapOf =
  <T>(item: Shape<T>): Shape<Readonly<Record<string, T>>> =>
  (value, path) => {
    if (!isRecord(value)) return notAllowed(path, 'keys with values');
    const entries = joined(
      Object.entries(value).map(([key, each]) => {
        const read = item(each, under(path, key));
        return read.ok ? ok([key, read.value] as const) : read;
      }),
    );
    return entries.ok ? ok(Object.fromEntries(entries.value)) : entries;
  };

/** Known keys, each of which may be left out, and no others. */
export const keys =
  <T extends object>(shapes: { readonly [K in keyof T]: Shape<T[K]> }): Shape<Partial<T>> =>
  (value, path) => {
    if (!isRecord(value)) return notAllowed(path, 'keys with values');
    const known = Object.keys(shapes);
    const entries = joined(
      Object.entries(value).map(([key, each]) => {
        const shape = (shapes as Readonly<Record<string, Shape<unknown> | undefined>>)[key];
        if (!shape) return err([{ code: 'UnknownKey', path: under(path, key), known } as const]);
        const read = shape(each, under(path, key));
        return read.ok ? ok([key, read.value] as const) : read;
      }),
    );
    return entries.ok ? ok(Object.fromEntries(entries.value) as Partial<T>) : entries;
  };

/** The path of a key; keys with dots in them, such as labels, are quoted. */
const under = (path: string, key: string): string => {
  const segment = /^[A-Za-z0-9_-]+$/.test(key) ? key : `"${key}"`;
  return path === '' ? segment : `${path}.${segment}`;
};

export const shapeProblemText = (t: Translate, problem: ShapeProblem): string =>
  problem.code === 'UnknownKey'
    ? t('{{path}} is not a key. Known here: {{known}}.', { path: problem.path, known: problem.known.join(', ') })
    : t('{{path}} is not allowed as it is. Allowed: {{allowed}}.', {
        path: problem.path === '' ? t('The file') : problem.path,
        allowed: problem.allowed,
      });
