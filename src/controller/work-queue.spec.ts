import type { ClusterFailure } from '../domain/failure';
import { err, ok } from '../domain/result';
import type { FakeClock } from '../testing/fake-clock';
import { fakeClock } from '../testing/fake-clock';
import type { WorkQueue, Worked } from './work-queue';
import { workQueue } from './work-queue';

const done: Worked = ok({});
const failed: Worked = err({});
const unreachable: Worked = err({ code: 'Unreachable', message: '' });
const soon = { first: 100, most: 200 };
const seldom = { first: 100, most: 1000 };
const pauses = ({ code }: Partial<ClusterFailure>) => (code === 'Unreachable' ? soon : seldom);

/** A queue whose work takes 10 ms and ends as a key's outcomes say in turn; done when they are used up. */
const play = (atOnce = 2, outcomes: Readonly<Record<string, readonly Worked[]>> = {}) => {
  const clock = fakeClock();
  const seen: string[] = [];
  const turns = new Map<string, number>();
  const queue = workQueue({
    atOnce,
    pauses,
    clock,
    work: (key) => {
      const turn = turns.get(key) ?? 0;
      turns.set(key, turn + 1);
      seen.push(`${key}${String(clock.now())}`);
      return new Promise((resolve) => {
        clock.after(10, () => {
          resolve(outcomes[key]?.[turn] ?? done);
        });
      });
    },
  });
  return { clock, queue, seen };
};

describe('what is worked on, and when', () => {
  test.each<{
    case: string;
    does: (queue: WorkQueue, clock: FakeClock) => void | Promise<void>;
    seen: readonly string[];
    outcomes?: Readonly<Record<string, readonly Worked[]>>;
    atOnce?: number;
  }>([
    {
      case: 'keys in their order, so many at a time',
      does: ({ add }) => {
        ['a', 'b', 'c', 'd', 'e'].forEach((key) => {
          add(key);
        });
      },
      seen: ['a0', 'b0', 'c10', 'd10', 'e20'],
    },
    {
      case: 'a key that waits is not added twice, and keeps its place',
      does: ({ add }) => {
        ['a', 'b', 'c', 'b', 'c'].forEach((key) => {
          add(key);
        });
      },
      seen: ['a0', 'b10', 'c20'],
      atOnce: 1,
    },
    {
      case: 'a key that is added while it is in work comes once more, after that',
      does: async ({ add }, clock) => {
        add('a');
        await clock.advance(5);
        add('a');
        add('a');
      },
      seen: ['a0', 'a10'],
    },
    {
      case: 'later, and not twice',
      does: ({ add }) => {
        add('a', 300);
        add('a', 300);
      },
      seen: ['a300'],
    },
    {
      case: 'the sooner of two times counts',
      does: ({ add }) => {
        add('a', 300);
        add('a', 200);
        add('b', 200);
        add('b', 300);
      },
      seen: ['a200', 'b200'],
    },
    {
      case: 'now counts more than later',
      does: ({ add }) => {
        add('a', 300);
        add('a');
        add('b');
        add('b', 5);
      },
      seen: ['a0', 'b0', 'b10'],
    },
    {
      case: 'what wants to be looked at again',
      does: ({ add }) => {
        add('a');
      },
      outcomes: { a: [ok({ again: 500 })] },
      seen: ['a0', 'a510'],
    },
    {
      case: 'failures: pauses double up to the longest, for that key alone',
      does: ({ add }) => {
        add('a');
        add('b', 1000);
      },
      outcomes: { a: Array<Worked>(6).fill(failed) },
      seen: ['a0', 'a110', 'a320', 'a730', 'b1000', 'a1540', 'a2550', 'a3560'],
    },
    {
      case: 'what passes by itself is tried again soon, however often it failed',
      does: ({ add }) => {
        add('a');
      },
      outcomes: { a: Array<Worked>(4).fill(unreachable) },
      seen: ['a0', 'a110', 'a320', 'a530', 'a740'],
    },
    {
      case: 'a refusal after an outage pauses as the first refusal does, and refusals between outages grow all the same',
      does: ({ add }) => {
        add('a');
      },
      outcomes: { a: [...Array<Worked>(4).fill(unreachable), failed, unreachable, failed, failed] },
      seen: ['a0', 'a110', 'a320', 'a530', 'a740', 'a850', 'a1060', 'a1270', 'a1680'],
    },
    {
      case: 'success begins the pauses anew',
      does: ({ add }) => {
        add('a');
      },
      outcomes: { a: [failed, failed, ok({ again: 50 }), failed] },
      seen: ['a0', 'a110', 'a320', 'a380', 'a490'],
    },
    {
      case: 'not before the server wants it',
      does: ({ add }) => {
        add('a');
      },
      outcomes: { a: [err({ retryAfter: 2000 })] },
      seen: ['a0', 'a2010'],
    },
    {
      case: 'something new about a key ends its pause',
      does: async ({ add }, clock) => {
        add('a');
        await clock.advance(50);
        add('a');
      },
      outcomes: { a: [failed, failed] },
      seen: ['a0', 'a50', 'a260'],
    },
  ])('$case', async ({ does, seen, outcomes, atOnce }) => {
    const played = play(atOnce, outcomes);
    await does(played.queue, played.clock);
    await played.clock.advance(10_000);
    expect(played.seen).toEqual(seen);
    expect(played.clock.waiting()).toBe(0);
  });
});

test('chance shortens a pause by up to half, so that not all retry at once', async () => {
  const times: number[] = [];
  for (const random of [0, 0.5, 0.999]) {
    const clock = fakeClock(random);
    const began: number[] = [];
    const work = () => {
      began.push(clock.now());
      return Promise.resolve(began.length === 1 ? failed : done);
    };
    workQueue({ work, atOnce: 1, pauses, clock }).add('a');
    await clock.advance(1000);
    times.push(Math.round(began[1] ?? 0));
  }
  expect(times).toEqual([100, 75, 50]);
});

test('what waits is told with its time, and not what is in work or comes later', async () => {
  const { queue, clock } = play(1);
  queue.add('a');
  await clock.advance(3);
  queue.add('b');
  queue.add('c', 1000);
  await clock.advance(4);
  expect([[...queue.waiting], queue.inWork()]).toEqual([[['b', 3]], 1]);
  await clock.advance(2000);
  expect([[...queue.waiting], queue.inWork()]).toEqual([[], 0]);
});

test('whoever closes it waits for what is in work, and nothing else begins', async () => {
  const { queue, clock, seen } = play(1, { a: [failed] });
  ['a', 'b'].forEach((key) => {
    queue.add(key);
  });
  queue.add('c', 5);
  queue.add('a');
  let isClosed = false;
  const closed = queue.close().then(() => (isClosed = true));
  await clock.advance(9);
  expect(isClosed).toBe(false);
  await clock.advance(1);
  await closed;
  queue.add('d');
  await clock.advance(10_000);
  expect(seen).toEqual(['a0']);
  expect(clock.waiting()).toBe(0);
});

/** Numbers by chance that are the same in every run (mulberry32). */
const chance = (seed: number) => () => {
  seed = (seed + 0x6d2b79f5) | 0;
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
};

test.each(Array.from({ length: 50 }, (_, seed) => seed))(
  'whatever happens, no change is missed and no key is in work twice (seed %i)',
  async (seed) => {
    const random = chance(seed);
    const upTo = (count: number) => Math.floor(random() * count);
    const clock = fakeClock(random());
    const atOnce = 1 + upTo(4);
    const inWork = new Set<string>();
    /** Changes of a key that no work has seen, which began after them. */
    const unseen = new Set<string>();
    let [changes, works] = [0, 0];
    const queue = workQueue({
      atOnce,
      pauses,
      clock,
      work: (key) => {
        expect(inWork.has(key)).toBe(false);
        inWork.add(key);
        expect(inWork.size).toBeLessThanOrEqual(atOnce);
        works += 1;
        unseen.delete(key);
        return new Promise((resolve) => {
          clock.after(upTo(40), () => {
            inWork.delete(key);
            if (random() < 0.2) {
              changes += 1;
              resolve(failed);
            } else resolve(done);
          });
        });
      },
    });
    for (let step = 0; step < 200; step += 1) {
      const key = `k${String(upTo(8))}`;
      const later = random() < 0.3 ? upTo(100) : 0;
      changes += 1;
      unseen.add(key);
      queue.add(key, later);
      if (random() < 0.5) await clock.advance(upTo(20));
    }
    await clock.advance(100_000);
    expect([...unseen]).toEqual([]);
    expect([queue.waiting.size, queue.inWork(), clock.waiting()]).toEqual([0, 0, 0]);
    expect(works).toBeLessThanOrEqual(changes);
  },
);
