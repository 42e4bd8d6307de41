import { memoryHost } from '../testing/memory-host';
import type { Outcome, Task, World } from '../work/prepare/task';
import { done, failed, waiting } from '../work/prepare/task';
import { heldPreparation } from './held-preparation';

/** Tasks with these names, which end as a spec says. */
const play = (outcomes: Readonly<Record<string, Outcome>>) => {
  const host = memoryHost('mtv');
  const tried: string[] = [];
  const ends = new Map(Object.entries(outcomes));
  const make = ({ say }: World): readonly Task[] =>
    Object.keys(outcomes).map((name) => ({
      name,
      attempt: () => {
        tried.push(name);
        if (name === 'provider/new') say('created Provider mtv/new');
        return Promise.resolve(ends.get(name) ?? done(''));
      },
    }));
  return { ...host, tried, ends, reconcile: heldPreparation(make).start(host) };
};
const provider = (version: string) => ({ metadata: { name: 'vc', namespace: 'mtv', annotations: { version } } });

test('each task is looked at at once, and those of others are not', () => {
  const { added } = play({
    'operator/mtv': done(''),
    'provider/vc': done(''),
    'host/vc/esxi-01': done(''),
    vddk: done(''),
  });
  expect(added()).toEqual(['provider/vc', 'host/vc/esxi-01', 'vddk']);
});

test.each<[kind: 'providers' | 'forkliftControllers', keys: readonly string[]]>([
  ['providers', ['provider/vc', 'host/vc/esxi-01', 'vddk']],
  ['forkliftControllers', ['provider/vc', 'vddk', 'undeclared']],
])('a change of %s puts those into the queue that depend on it', (kind, keys) => {
  const { see, added, cluster } = play({
    'provider/vc': done(''),
    'host/vc/esxi-01': done(''),
    vddk: done(''),
    undeclared: done(''),
    'virt-default-class': done(''),
  });
  see();
  added();
  cluster.put(kind, provider('1'));
  see();
  expect(added()).toEqual(keys);
  see();
  expect(added()).toEqual([]);
  cluster.remove(kind, 'vc', 'mtv');
  see();
  expect(added()).toEqual(keys);
});

test.each<[Outcome, level: string, ready: string]>([
  [done('It is there.'), 'info', '1'],
  [waiting('No Secret yet.'), 'info', '0'],
  [{ state: 'unanswered', text: 'No answer.' }, 'info', '0'],
  [{ state: 'forbidden', text: 'A right is missing.' }, 'warn', '0'],
  [failed('Correct the password.'), 'warn', '0'],
])('the log and the metrics say of a task: %j', async (outcome, level, ready) => {
  const { reconcile, logged, metrics } = play({ vddk: outcome });
  expect(await reconcile('vddk')).toMatchObject({ ok: true, value: { again: expect.any(Number) as number } });
  expect(logged).toEqual([[`${level} outcome`, { task: 'vddk', ...outcome }]]);
  expect(await metrics.text()).toContain(`migration_prep_ready{check="vddk"} ${ready}\n`);
});

test('what was changed is logged, and an outcome only when it is new', async () => {
  const { reconcile, logged, ends, clock, tried } = play({ 'provider/new': waiting('MTV connects.') });
  const key = 'provider/new';
  for (let each = 0; each < 2; each += 1) {
    await reconcile(key);
    await clock.advance(60_000);
  }
  ends.set(key, done('MTV is connected.'));
  await reconcile(key);
  expect(tried).toHaveLength(3);
  expect(logged.map(([line]) => line)).toEqual([
    'info changed',
    'info outcome',
    'info changed',
    'info changed',
    'info outcome',
  ]);
  expect(logged[0]?.[1]).toEqual({ task: key, change: 'created Provider mtv/new' });
});
