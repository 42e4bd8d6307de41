import type { Outcome, Task, World } from '../work/prepare/task';
import { done, failed, waiting } from '../work/prepare/task';
import { memoryCluster } from '../testing/memory-cluster';
import { holdPreparation } from './preparation';

const world: World = { cluster: memoryCluster(), dryRun: false, say: () => undefined };

interface Script {
  readonly outcomes?: readonly Outcome[];
  readonly after?: readonly string[];
  /** What each attempt writes. */
  readonly writes?: string;
}

const held = (scripts: Readonly<Record<string, Script>>) => {
  let time = 0;
  const tried: string[] = [];
  const said: string[] = [];
  const make = ({ say }: World): readonly Task[] =>
    Object.entries(scripts).map(([name, { outcomes = [done('')], after = [], writes }]) => {
      const left = [...outcomes];
      return {
        name,
        after,
        attempt: () => {
          tried.push(name);
          if (writes !== undefined) say(writes);
          const [outcome = done('')] = left;
          if (left.length > 1) left.shift();
          return Promise.resolve(outcome);
        },
      };
    });
  const preparation = holdPreparation({
    now: () => time,
    world,
    make,
    onOutcome: (task, { state, text }) => said.push(`${task}: ${state} ${text}`.trim()),
    onChange: (task, line) => said.push(`${task}: ${line}`),
  });
  return {
    ...preparation,
    tried,
    said,
    later: (milliseconds: number) => {
      time += milliseconds;
    },
  };
};

test('holds what is held, and says which kinds lead to which keys', () => {
  const { keys, kinds, keysOf } = held({ 'operator/mtv': {}, 'provider/vc': {}, 'provider/team/vc': {}, vddk: {} });
  expect(keys).toEqual(['provider/vc', 'provider/team/vc', 'vddk']);
  expect([...kinds].sort()).toEqual(['forkliftControllers', 'providers']);
  expect(keysOf('providers')).toEqual(keys);
  expect(keysOf('storageClasses')).toEqual([]);
});

test.each<[string, Outcome, number]>([
  ['what is done', done(''), 30_000],
  ['what needs somebody', failed(''), 30_000],
  ['what waits', waiting(''), 15_000],
  ['what got no answer', { state: 'unanswered', text: '' }, 5000],
  ['what lacks a right', { state: 'forbidden', text: '' }, 60_000],
])('looks again at %s', async (_, outcome, again) => {
  expect(await held({ 'provider/vc': { outcomes: [outcome] } }).reconcile('provider/vc')).toEqual({ again });
});

test('a key that is not held is nothing to do', async () => {
  const { reconcile, tried } = held({ vddk: {} });
  expect((await reconcile('provider/gone')).again).toBeGreaterThan(0);
  expect(tried).toEqual([]);
});

test('says an outcome once, and again when it changes', async () => {
  const outcomes = [waiting('No Secret yet.'), waiting('No Secret yet.'), done('There.')];
  const { reconcile, said, later } = held({ 'provider/vc': { outcomes } });
  for (let each = 0; each < 5; each++) {
    await reconcile('provider/vc');
    later(2000);
  }
  expect(said).toEqual(['provider/vc: waiting No Secret yet.', 'provider/vc: done There.']);
});

test.each<[string, Outcome, boolean]>([
  ['is done', done(''), true],
  ['needs somebody', failed(''), true],
  ['waits', waiting(''), false],
])('what comes after another is tried once that %s: %#', async (_, outcome, isTried) => {
  const { reconcile, tried } = held({
    'virt-default-class': { outcomes: [outcome] },
    registry: { after: ['virt-default-class', 'not-wished'] },
  });
  await reconcile('registry');
  expect(tried).toEqual([]);
  await reconcile('virt-default-class');
  await reconcile('registry');
  expect(tried.includes('registry')).toBe(isTried);
});

test('gives in for a while when somebody sets things back again and again', async () => {
  const { reconcile, tried, said, later } = held({ 'provider/vc': { writes: 'changed Provider mtv/vc' } });
  for (let each = 0; each < 5; each++) {
    await reconcile('provider/vc');
    later(2000);
  }
  expect(await reconcile('provider/vc')).toEqual({ again: 590_000 });
  expect(tried).toHaveLength(5);
  expect(said.at(-1)).toContain('failed Somebody keeps changing it');
  later(590_000);
  await reconcile('provider/vc');
  expect(tried).toHaveLength(6);
});

test('what writes nothing is never too often', async () => {
  const { reconcile, tried, later } = held({ 'provider/vc': {} });
  for (let each = 0; each < 20; each++) {
    await reconcile('provider/vc');
    later(2000);
  }
  expect(tried).toHaveLength(20);
});

test.each([
  ['provider/vc', 2000],
  ['vddk', 60_000],
])('looks at %s once in %s ms, however much changes', async (key, least) => {
  const { reconcile, tried, later } = held({ [key]: {} });
  await reconcile(key);
  later(500);
  expect(await reconcile(key)).toEqual({ again: least - 500 });
  expect(tried).toHaveLength(1);
  later(least - 500);
  await reconcile(key);
  expect(tried).toHaveLength(2);
});
