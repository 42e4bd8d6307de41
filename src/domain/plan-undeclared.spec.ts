import { memoryCluster } from '../testing/memory-cluster';
import { converge } from './converge';
import { declaredBy, ownLabels, releaseOf } from './ownership';
import type { StillDeclared } from './plan-undeclared';
import { planUndeclared, undeclaredNeeds } from './plan-undeclared';

const release = { namespace: 'prep', name: 'mp' };
const other = { namespace: 'other', name: 'mp' };

const declaredAfter = async (still: Partial<StillDeclared>) => {
  const cluster = memoryCluster('mtv');
  const put = (name: string, holder: typeof release) => {
    const annotations = { note: 'x', ...declaredBy(holder) };
    cluster.put('providers', { metadata: { name, namespace: 'mtv', labels: ownLabels, annotations } });
  };
  put('kept', release);
  put('left', release);
  put('others', other);
  const annotations = declaredBy(release);
  cluster.put('forkliftControllers', { metadata: { name: 'forklift', namespace: 'mtv', annotations }, spec: {} });
  const plan = planUndeclared({ release, providers: ['mtv/kept'], hasImage: true, ...still });
  expect((await converge({ cluster, needs: undeclaredNeeds, plan })).ok).toBe(true);
  return {
    names: [...cluster.all('providers'), ...cluster.all('forkliftControllers')]
      .filter((each) => releaseOf(each))
      .map(({ metadata }) => metadata.name),
    notes: cluster.all('providers').map(({ metadata }) => metadata.annotations?.note),
  };
};

test.each<[string, Partial<StillDeclared>, readonly string[]]>([
  ['a Provider is declared no longer', {}, ['kept', 'others', 'forklift']],
  ['no image is', { hasImage: false }, ['kept', 'others']],
  ['everything is', { providers: ['mtv/kept', 'mtv/left'] }, ['kept', 'left', 'others', 'forklift']],
])('when %s, the rest keeps its note, and nothing of another release changes', async (_, still, expected) => {
  const { names, notes } = await declaredAfter(still);
  expect(names).toEqual(expected);
  expect(notes).toEqual(['x', 'x', 'x']);
});
