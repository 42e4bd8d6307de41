/** VLANs as first and last of each range, in order and without overlap. */
export type VlanRanges = readonly (readonly [first: number, last: number])[];

/** Ranges in any order as `VlanRanges`, within 1 and 4094. */
export const rangesOf = (ranges: readonly (readonly [first: number, last: number])[]): VlanRanges => {
  const joined: [number, number][] = [];
  for (const [low, high] of [...ranges].sort(([a], [b]) => a - b)) {
    const [first, last] = [Math.max(low, 1), Math.min(high, 4094)];
    const before = joined.at(-1);
    // What is no number is in no range.
    if (!(first <= last)) continue;
    if (before && first <= before[1] + 1) before[1] = Math.max(before[1], last);
    else joined.push([first, last]);
  }
  return joined;
};

/** What is in both. */
export const inBoth = (some: VlanRanges, others: VlanRanges): VlanRanges =>
  rangesOf(
    some.flatMap(([from, to]) => others.map(([first, last]) => [Math.max(from, first), Math.min(to, last)] as const)),
  );

/** Whether all of `wanted` is in `ranges`. */
export const coversRanges = (ranges: VlanRanges, wanted: VlanRanges): boolean =>
  wanted.every(([first, last]) => ranges.some(([from, to]) => from <= first && last <= to));

/** Such as "10-20, 30". */
export const rangesText = (ranges: VlanRanges): string =>
  ranges.map(([first, last]) => (first === last ? String(first) : `${String(first)}-${String(last)}`)).join(', ');
