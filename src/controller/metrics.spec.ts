import { create } from '../domain/change';
import { fakeClock } from '../testing/fake-clock';
import { memoryCluster } from '../testing/memory-cluster';
import { makeMetrics } from './metrics';
import type { Metrics } from './metrics';

const play = () => {
  const clock = fakeClock();
  const waiting = new Map<string, number>();
  let inWork = 0;
  const metrics = makeMetrics(['networks', 'preparation'], { waiting, inWork: () => inWork }, clock);
  return {
    ...metrics,
    clock,
    waiting,
    work: (count: number) => (inWork = count),
    /** Lines of our own metric of this name, without the name. */
    lines: async (name: string) =>
      [...(await metrics.text()).matchAll(new RegExp(`^migration_prep_${name}(.*)$`, 'gm'))].map(([, line]) => line),
  };
};

test('the queue is measured when somebody asks, a reconciler each, also where nothing waits', async () => {
  const { lines, waiting, clock, work } = play();
  await clock.advance(1000);
  waiting.set('networks plans/a', clock.now());
  await clock.advance(2500);
  waiting.set('networks plans/b', clock.now());
  work(3);
  expect(await lines('queue_depth')).toEqual(['{reconciler="networks"} 2', '{reconciler="preparation"} 0']);
  expect(await lines('queue_age_seconds')).toEqual(['{reconciler="networks"} 2.5', '{reconciler="preparation"} 0']);
  expect(await lines('queue_in_work')).toEqual([' 3']);
  waiting.clear();
  work(0);
  expect(await lines('queue_depth')).toEqual(['{reconciler="networks"} 0', '{reconciler="preparation"} 0']);
  expect(await lines('queue_age_seconds')).toEqual(['{reconciler="networks"} 0', '{reconciler="preparation"} 0']);
});

test.each<[name: string, tell: (metrics: Metrics) => void, lines: readonly string[]]>([
  [
    'reconciles_total',
    ({ reconciled }) => {
      reconciled('networks', true, 1);
      reconciled('networks', true, 1);
      reconciled('networks', false, 1);
    },
    ['{reconciler="networks",result="done"} 2', '{reconciler="networks",result="failed"} 1'],
  ],
  [
    'reconcile_seconds_(?:sum|count)',
    ({ reconciled }) => {
      reconciled('networks', true, 0.25);
      reconciled('networks', false, 1);
    },
    ['{reconciler="networks"} 1.25', '{reconciler="networks"} 2'],
  ],
  [
    'watch_restarts_total',
    ({ watchEnded }) => {
      watchEnded('plans', 'Gone');
    },
    ['{kind="plans",cause="Gone"} 1'],
  ],
  [
    'kind_listed',
    ({ knows }) => {
      knows('plans', 'listed');
      knows('providers', 'forbidden');
      knows('namespaces', 'listed');
      knows('namespaces', 'absent');
    },
    ['{kind="plans"} 1', '{kind="providers"} 0', '{kind="namespaces"} 0'],
  ],
  [
    'undecided',
    ({ undecided }) => {
      undecided(3);
      undecided(2);
    },
    [' 2'],
  ],
  [
    'ready',
    ({ held }) => {
      held('provider/vcenter', true);
      held('vddk', true);
      held('vddk', false);
    },
    ['{check="provider/vcenter"} 1', '{check="vddk"} 0'],
  ],
])('%s', async (name, tell, expected) => {
  const played = play();
  tell(played);
  expect(await played.lines(name)).toEqual(expected);
});

test('writes are counted by verb, kind and result, whoever makes them, and answered as before', async () => {
  const { counting, lines } = play();
  const cluster = memoryCluster();
  const counted = counting(cluster);
  const project = create('namespaces', { metadata: { name: 'vms' } });
  expect(await counted.apply(project)).toMatchObject({ ok: true, value: { metadata: { name: 'vms' } } });
  expect(await counted.apply(project)).toMatchObject({ ok: false, error: { code: 'AlreadyExists' } });
  expect(await counted.get({ kind: 'namespaces', name: 'vms' })).toMatchObject({ ok: true });
  expect(await lines('writes_total')).toEqual([
    '{verb="create",kind="namespaces",result="ok"} 1',
    '{verb="create",kind="namespaces",result="AlreadyExists"} 1',
  ]);
});

test('two controllers in one process count apart, and each says what Node says of it', async () => {
  const [one, other] = [play(), play()];
  one.undecided(5);
  expect(await other.lines('undecided')).toEqual([' 0']);
  expect(await one.text()).toContain('process_resident_memory_bytes');
  expect(one.contentType).toMatch(/^text\/plain/);
});
