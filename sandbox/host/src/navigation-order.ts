import type { NavEntry } from './extensions';

const listOf = (ids: string | readonly string[] | undefined): readonly string[] =>
  ids === undefined ? [] : [ids].flat();

const isPositioned = ({ insertBefore, insertAfter }: NavEntry, among: readonly NavEntry[]) =>
  among.some(({ id }) => listOf(insertBefore).includes(id) || listOf(insertAfter).includes(id));

const placeOf = ({ insertBefore, insertAfter }: NavEntry, placed: readonly NavEntry[]): number => {
  const indexOf = (wanted: string) => placed.findIndex(({ id }) => id === wanted);
  const before = listOf(insertBefore)
    .map(indexOf)
    .find((at) => at >= 0);
  const after = listOf(insertAfter)
    .map(indexOf)
    .find((at) => at >= 0);
  return before ?? (after === undefined ? placed.length : after + 1);
};

const insert = (waiting: readonly NavEntry[], placed: NavEntry[]): readonly NavEntry[] => {
  const free = waiting.filter((each) => !isPositioned(each, waiting));
  // Those that wait for each other are taken as they come.
  for (const each of free.length > 0 ? free : waiting) placed.splice(placeOf(each, placed), 0, each);
  return free.length > 0 && free.length < waiting.length
    ? insert(
        waiting.filter((each) => !free.includes(each)),
        placed,
      )
    : placed;
};

/** The order of the console's navigation (openshift/console, release-4.22, console-app/src/components/nav/utils.ts): whoever names nobody that is there comes first. */
export const inOrder = (entries: readonly NavEntry[]): readonly NavEntry[] =>
  insert(
    entries.filter((each) => isPositioned(each, entries)),
    entries.filter((each) => !isPositioned(each, entries)),
  );
