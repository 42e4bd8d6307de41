import { memoryCluster } from '../testing/memory-cluster';
import { converge } from './converge';
import { evictionNeeds as needs, planEviction, planEvictionUndo } from './operators/eviction-strategy';
import type { EvictionStrategy } from './operators/eviction-strategy';
import { noteFor, undoAnnotation, undoOf } from './undo';

const metadata = (note?: string) => ({
  name: 'x',
  ...(note !== undefined && { annotations: { [undoAnnotation]: note } }),
});

test.each([
  ['nothing', undefined],
  ['no JSON', '{'],
  ['a list', '["a"]'],
  ['no value that was set', '{"before":"a"}'],
  ['no value from before', '{"set":"a"}'],
  ['a number from before', '{"set":"a","before":1}'],
])('a note that is %s tells nothing', (_, note) => {
  expect(undoOf(metadata(note))).toBeUndefined();
});

test.each<[string, string | undefined, string | null]>([
  ['from before our first change', undefined, 'second'],
  ['from before our first change, not from before the second', '{"set":"second","before":"first"}', 'first'],
  ['that there was none', '{"set":"second","before":null}', null],
])('a note keeps the value %s', (_, note, before) => {
  const noted = noteFor(metadata(note), { set: 'third', before: 'second' });
  expect(undoOf({ name: 'x', annotations: noted })).toEqual({ set: 'third', before });
});

test.each<[string, EvictionStrategy | undefined]>([
  ['the value', 'LiveMigrate'],
  ['nothing, as it was,', undefined],
])('%s from before two changes is what the undo leaves', async (_, first) => {
  const cluster = memoryCluster('cnv');
  const spec = first && { evictionStrategy: first };
  cluster.put('hyperConvergeds', { metadata: { name: 'h', namespace: 'cnv' }, spec: { ...spec } });
  for (const plan of [planEviction('LiveMigrateIfPossible'), planEviction('None'), planEvictionUndo])
    expect((await converge({ cluster, needs, plan })).ok).toBe(true);
  const [left] = cluster.all('hyperConvergeds');
  expect({ spec: left?.spec, annotations: left?.metadata.annotations }).toEqual({ spec: { ...spec }, annotations: {} });
});

test('a value that somebody has set since stays', async () => {
  const cluster = memoryCluster('cnv');
  cluster.put('hyperConvergeds', { metadata: { name: 'h', namespace: 'cnv' }, spec: {} });
  await converge({ cluster, needs, plan: planEviction('LiveMigrate') });
  const [present] = cluster.all('hyperConvergeds');
  if (!present) throw new Error('no HyperConverged');
  cluster.put('hyperConvergeds', { ...present, spec: { evictionStrategy: 'External' } });
  await converge({ cluster, needs, plan: planEvictionUndo });
  expect(cluster.all('hyperConvergeds')[0]).toMatchObject({
    metadata: { annotations: {} },
    spec: { evictionStrategy: 'External' },
  });
});
