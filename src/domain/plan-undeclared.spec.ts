import { memoryCluster } from '../testing/memory-cluster';
import { converge } from './converge';
import { declaredBy, ownLabels, releaseOf } from './ownership';
import type { StillDeclared } from './plan-undeclared';
import { planUndeclared, undeclaredNeeds } from './plan-undeclared';

const release = { namespace: 'prep', name: 'mp' };
const other = { namespace: 'other', name: 'mp' };

const hosts = ['kept-esxi-01', 'kept-esxi-02', 'kept-esxi-03'];

const declaredAfter = async (still: Partial<StillDeclared>) => {
  const cluster = memoryCluster('mtv');
  const put = (name: string, holder: typeof release) => {
    const annotations = { note: 'x', ...declaredBy(holder) };
    cluster.put('providers', { metadata: { name, namespace: 'mtv', labels: ownLabels, annotations } });
  };
  put('kept', release);
  put('left', release);
  put('others', other);
  for (const [host, holder] of [
    ['esxi-01', release],
    ['esxi-02', release],
    ['esxi-03', other],
  ] as const)
    cluster.put('hosts', {
      metadata: {
        name: `kept-${host}`,
        namespace: 'mtv',
        labels: ownLabels,
        annotations: { ...declaredBy(holder), 'migration-prep/declared-host': host },
      },
      spec: { provider: { name: 'kept', namespace: 'mtv' } },
    });
  const annotations = declaredBy(release);
  cluster.put('forkliftControllers', { metadata: { name: 'forklift', namespace: 'mtv', annotations }, spec: {} });
  const plan = planUndeclared({
    release,
    providers: ['mtv/kept'],
    hosts: ['mtv/kept/ESXI-01', 'mtv/kept/esxi-02'],
    hasImage: true,
    ...still,
  });
  expect((await converge({ cluster, needs: undeclaredNeeds, plan })).ok).toBe(true);
  return {
    names: [...cluster.all('providers'), ...cluster.all('hosts'), ...cluster.all('forkliftControllers')]
      .filter((each) => releaseOf(each))
      .map(({ metadata }) => metadata.name),
    notes: cluster.all('providers').map(({ metadata }) => metadata.annotations?.note),
  };
};

test.each<[string, Partial<StillDeclared>, readonly string[]]>([
  ['a Provider is declared no longer', {}, ['kept', 'others', ...hosts, 'forklift']],
  ['no image is', { hasImage: false }, ['kept', 'others', ...hosts]],
  ['nothing is', { providers: ['mtv/kept', 'mtv/left'] }, ['kept', 'left', 'others', ...hosts, 'forklift']],
  ['an ESXi host is', { hosts: ['mtv/kept/esxi-02'] }, ['kept', 'others', 'kept-esxi-02', 'kept-esxi-03', 'forklift']],
])('when %s, the rest keeps its note, and nothing of another release changes', async (_, still, expected) => {
  const { names, notes } = await declaredAfter(still);
  expect(names).toEqual(expected);
  expect(notes).toEqual(['x', 'x', 'x']);
});
