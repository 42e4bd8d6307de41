/** Time as the controller knows it: what has passed, which no change of the wall clock touches. And chance, so that not all retry at once. */
export interface Clock {
  /** Milliseconds since some moment. */
  readonly now: () => number;
  /** Calls once after so many milliseconds, unless what it answers with is called before. */
  readonly after: (milliseconds: number, call: () => void) => () => void;
  /** From 0 to less than 1. */
  readonly random: () => number;
}

/** The machine's. */
export const systemClock: Clock = {
  now: () => performance.now(),
  after: (milliseconds, call) => {
    const timer = setTimeout(call, milliseconds);
    return () => {
      clearTimeout(timer);
    };
  },
  random: Math.random,
};

/** Waits so many milliseconds, or until the signal comes. */
export const pause = ({ after }: Pick<Clock, 'after'>, milliseconds: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const end = () => {
      cancel();
      signal.removeEventListener('abort', end);
      resolve();
    };
    const cancel = after(milliseconds, end);
    signal.addEventListener('abort', end);
    if (signal.aborted) end();
  });

/** How pauses grow: the first, and the longest, in milliseconds. */
export interface Pauses {
  readonly first: number;
  readonly most: number;
}

/** How long to wait after so many failures in a row: twice as long each time, and by chance up to half of it less. */
const pauseAfter = (failures: number, { first, most }: Pauses, { random }: Pick<Clock, 'random'>): number =>
  Math.min(most, first * 2 ** (failures - 1)) * (1 - random() / 2);

/** The pauses between failures in a row. */
export interface GrowingPauses {
  /** Milliseconds until the next try, after a failure that has these pauses. */
  readonly next: (pauses: Pauses) => number;
  /** How many failures there were in a row. */
  readonly failures: () => number;
  /** Something succeeded. */
  readonly anew: () => void;
}

/**
 * Pauses that grow, each sort of them by itself. An API server that was away for a minute forbids for a moment what it does not know yet:
 * that one refusal must not make us wait as long as if it had refused for a minute.
 */
export const growingPauses = (clock: Pick<Clock, 'random'>): GrowingPauses => {
  const counts = new Map<Pauses, number>();
  return {
    next: (pauses) => {
      const count = (counts.get(pauses) ?? 0) + 1;
      counts.set(pauses, count);
      return pauseAfter(count, pauses, clock);
    },
    failures: () => [...counts.values()].reduce((sum, count) => sum + count, 0),
    anew: () => {
      counts.clear();
    },
  };
};
