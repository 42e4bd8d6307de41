/** Several VLANs that keep their tags on the way to the guest: ranges from 1 to 4094 in order, such as "10-20,30". */
export interface Trunk {
  readonly trunk: string;
}

const highest = 4094;

/** A trunk's ranges ("0-4094", "10-20, 30") as one `Trunk`; `undefined` where nothing from 1 to 4094 is in them. */
export const readTrunk = (ranges: string): Trunk | undefined => {
  const parsed = ranges.split(',').flatMap((range) => {
    const [, first = '', last = first] = /^\s*(\d+)(?:-(\d+))?\s*$/.exec(range) ?? [];
    return first === '' ? [] : [[Number(first), Number(last)] as const];
  });
  return trunkOf(parsed);
};

/** The same from first and last VLANs. */
export const trunkOf = (ranges: readonly (readonly [first: number, last: number])[]): Trunk | undefined => {
  const joined: [number, number][] = [];
  for (const [low, high] of [...ranges].sort(([a], [b]) => a - b)) {
    const [first, last] = [Math.max(low, 1), Math.min(high, highest)];
    const before = joined.at(-1);
    if (first > last) continue;
    if (before && first <= before[1] + 1) before[1] = Math.max(before[1], last);
    else joined.push([first, last]);
  }
  const texts = joined.map(([first, last]) => (first === last ? String(first) : `${String(first)}-${String(last)}`));
  return texts.length === 0 ? undefined : { trunk: texts.join(',') };
};
