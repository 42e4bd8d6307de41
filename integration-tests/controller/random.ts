/** Numbers that look random and come again with the same seed. */
export interface Random {
  /** A whole number from 0 on, below `limit`. */
  readonly below: (limit: number) => number;
  readonly of: <T>(list: readonly [T, ...T[]]) => T;
  /** True that often, of 100 times. */
  readonly percent: (often: number) => boolean;
}

/** A generator (mulberry32) for a seed, a whole number. */
export const randomOf = (seed: number): Random => {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number) => Math.floor(next() * limit);
  return { below, of: (list) => list[below(list.length)] ?? list[0], percent: (often) => below(100) < often };
};
