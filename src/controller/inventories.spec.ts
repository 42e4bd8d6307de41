import type { Result } from '../domain/result';
import { err, ok } from '../domain/result';
import type { InventoryFailure, InventorySnapshot } from '../domain/networks/inventory';
import { fakeClock } from '../testing/fake-clock';
import { ruleOf, vcenter } from '../testing/networks-seen';
import { inventories } from './inventories';

type Answer = Result<InventorySnapshot, InventoryFailure>;

/** An inventory that answers when a spec lets it. */
const play = () => {
  const clock = fakeClock();
  const asked: string[] = [];
  const waiting: ((answer: Answer) => void)[] = [];
  const known = inventories(
    (uid) => {
      asked.push(uid);
      return new Promise((resolve) => waiting.push(resolve));
    },
    [ruleOf({})],
    clock,
  );
  return {
    ...known,
    clock,
    asked,
    /** Answers the oldest question. */
    answer: (answer: Answer) => waiting.shift()?.(answer),
    /** What is known of the port group `web-100`. */
    says: (uid: string) => {
      const sources = known.known(uid);
      if (!sources.ok) return sources.error.code;
      const source = sources.value({ id: 'pg-100' });
      return source.ok ? source.value.network.tag : source.error.reason;
    },
  };
};
const full = ok(vcenter);
const empty = ok({ networks: [], hosts: [], vms: [] });
const down = err({ code: 'Down' } as const);

test('nothing is known before anybody has asked, nor while the first answer is on its way', async () => {
  const { refresh, answer, says, asked } = play();
  expect([says('a'), asked]).toEqual(['Loading', []]);
  const refreshed = refresh('a', 1000);
  expect(says('a')).toBe('Loading');
  answer(full);
  await refreshed;
  expect([says('a'), says('b')]).toEqual([100, 'Loading']);
});

test('all who want to know at the same time wait for one answer; each Provider has its own', async () => {
  const { refresh, answer, says, asked } = play();
  const all = [refresh('a', 1000), refresh('b', 1000), refresh('a', 0), refresh('a', 1000)];
  expect(asked).toEqual(['a', 'b']);
  answer(full);
  answer(down);
  await Promise.all(all);
  expect([says('a'), says('b')]).toEqual([100, 'Down']);
});

test.each<[answer: string, Answer, age: number, after: number, again: boolean]>([
  ['a list', full, 60_000, 59_999, false],
  ['a list', full, 60_000, 60_000, true],
  ['a list', full, 3_600_000, 60_000, false],
  ['a failure', down, 60_000, 4999, false],
  ['a failure', down, 60_000, 5000, true],
  ['a failure', down, 1000, 1000, true],
])('%s (%#) is asked for again when it is too old', async (_, first, age, after, again) => {
  const { refresh, answer, asked, clock } = play();
  const refreshed = refresh('a', age);
  answer(first);
  await refreshed;
  await clock.advance(after);
  void refresh('a', age);
  expect(asked).toHaveLength(again ? 2 : 1);
});

test('age counts from the answer on, not from the question', async () => {
  const { refresh, answer, asked, clock } = play();
  const refreshed = refresh('a', 1000);
  await clock.advance(10_000);
  answer(full);
  await refreshed;
  await clock.advance(999);
  void refresh('a', 1000);
  expect(asked).toHaveLength(1);
});

test.each<InventoryFailure['code']>(['Loading', 'Down', 'Forbidden', 'SessionExpired', 'Unreachable', 'ServerError'])(
  'after %s, nothing is known until it answers again: what was there may be gone',
  async (code) => {
    const { refresh, answer, says, clock } = play();
    for (const [given, expected] of [[full, 100] as const, [err({ code }), code] as const, [full, 100] as const]) {
      const refreshed = refresh('a', 0);
      answer(given);
      await refreshed;
      expect(says('a')).toBe(expected);
      await clock.advance(5000);
    }
  },
);

test('while it is asked anew, the last answer counts', async () => {
  const { refresh, answer, says } = play();
  const first = refresh('a', 0);
  answer(full);
  await first;
  const second = refresh('a', 0);
  expect(says('a')).toBe(100);
  answer(empty);
  await second;
  expect(says('a')).toBe('SourceMissing');
});

test('what is forgotten is unknown, also when an answer comes late', async () => {
  const { refresh, forget, answer, says, asked } = play();
  const refreshed = refresh('a', 1000);
  forget('a');
  answer(full);
  await refreshed;
  expect(says('a')).toBe('Loading');
  void refresh('a', 1000);
  expect(asked).toHaveLength(2);
});

test('a reader that fails for a fault of ours does not keep it from being asked again', async () => {
  const clock = fakeClock();
  let asked = 0;
  const { refresh, known } = inventories(
    () => {
      asked += 1;
      return asked === 1 ? Promise.reject(new Error('fault')) : Promise.resolve(full);
    },
    [ruleOf({})],
    clock,
  );
  await expect(refresh('a', 0)).rejects.toThrow('fault');
  await refresh('a', 0);
  expect(known('a').ok).toBe(true);
});
