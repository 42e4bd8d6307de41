import type { Clock } from '../controller/clock';

/** A clock that stands still until a spec turns it. Chance is always the same. */
export interface FakeClock extends Clock {
  /** Lets so many milliseconds pass, with everything that is due in them and all that follows from it. */
  readonly advance: (milliseconds: number) => Promise<void>;
  /** How many calls are waiting for their time. */
  readonly waiting: () => number;
}

const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

/** Starts at 0. `random` answers what is given. */
export const fakeClock = (random = 0): FakeClock => {
  let now = 0;
  const calls = new Map<object, { readonly due: number; readonly call: () => void }>();
  return {
    now: () => now,
    random: () => random,
    after: (milliseconds, call) => {
      const ticket = {};
      calls.set(ticket, { due: now + milliseconds, call });
      return () => calls.delete(ticket);
    },
    waiting: () => calls.size,
    advance: async (milliseconds) => {
      const end = now + milliseconds;
      for (;;) {
        await settle();
        const next = [...calls].filter(([, { due }]) => due <= end).sort(([, a], [, b]) => a.due - b.due)[0];
        if (!next) break;
        const [ticket, { due, call }] = next;
        calls.delete(ticket);
        now = due;
        call();
      }
      now = end;
    },
  };
};
