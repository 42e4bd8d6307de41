import type { ClusterFailure } from '../domain/failure';
import type { Result } from '../domain/result';
import type { Clock, GrowingPauses, Pauses } from './clock';
import { growingPauses } from './clock';

/** What came of the work on a key: done, and if it is to be looked at again by itself, after so many milliseconds; or failed, to be retried. */
export type Worked = Result<{ readonly again?: number }, Partial<ClusterFailure>>;

/** Keys that wait to be worked on. A key that waits already is not added twice, and none is worked on twice at once. */
export interface WorkQueue {
  /** To be worked on now, or after so many milliseconds unless something asks for it sooner. */
  readonly add: (key: string, milliseconds?: number) => void;
  /** Keys that could be worked on now and are not yet, each since when by the clock; the first of them first. */
  readonly waiting: ReadonlyMap<string, number>;
  /** How many keys are in work. */
  readonly inWork: () => number;
  /** Begins nothing any more; resolves when what is in work has come to its end. */
  readonly close: () => Promise<void>;
}

/** What a queue works with. */
export interface Working {
  /** Never rejects. */
  readonly work: (key: string) => Promise<Worked>;
  /** How many keys may be in work at a time. */
  readonly atOnce: number;
  /** Between failures of one key, by the last of them. The same object for the same sort: each sort grows by itself. */
  readonly pauses: (failure: Partial<ClusterFailure>) => Pauses;
  readonly clock: Clock;
}

/**
 * Works on keys in the order in which they came, several at a time. A key that is added while it is in work is worked on once more after
 * that: what has changed meanwhile may not have been seen.
 */
export const workQueue = ({ work, atOnce, pauses, clock }: Working): WorkQueue => {
  const ready = new Map<string, number>();
  const delayed = new Map<string, { readonly due: number; readonly cancel: () => void }>();
  const working = new Map<string, Promise<void>>();
  const onceMore = new Set<string>();
  const failures = new Map<string, GrowingPauses>();
  let isClosed = false;

  const unschedule = (key: string): void => {
    delayed.get(key)?.cancel();
    delayed.delete(key);
  };

  const addLater = (key: string, milliseconds: number): void => {
    const due = clock.now() + milliseconds;
    if (ready.has(key) || onceMore.has(key) || (delayed.get(key)?.due ?? Infinity) <= due) return;
    unschedule(key);
    const cancel = clock.after(milliseconds, () => {
      add(key);
    });
    delayed.set(key, { due, cancel });
  };

  const add = (key: string, milliseconds = 0): void => {
    if (isClosed) return;
    if (milliseconds > 0) {
      addLater(key, milliseconds);
      return;
    }
    unschedule(key);
    if (working.has(key)) onceMore.add(key);
    else if (!ready.has(key)) ready.set(key, clock.now());
    begin();
  };

  const begin = (): void => {
    for (const key of ready.keys()) {
      if (isClosed || working.size >= atOnce) return;
      ready.delete(key);
      working.set(key, work(key).then(endOf(key)));
    }
  };

  const endOf =
    (key: string) =>
    (worked: Worked): void => {
      working.delete(key);
      if (worked.ok) {
        failures.delete(key);
        if (worked.value.again !== undefined) add(key, worked.value.again);
      } else {
        const growing = failures.get(key) ?? growingPauses(clock);
        failures.set(key, growing);
        add(key, Math.max(growing.next(pauses(worked.error)), worked.error.retryAfter ?? 0));
      }
      if (onceMore.delete(key)) add(key);
      begin();
    };

  return {
    add,
    waiting: ready,
    inWork: () => working.size,
    close: async () => {
      isClosed = true;
      [...delayed.keys()].forEach(unschedule);
      await Promise.all(working.values());
    },
  };
};
