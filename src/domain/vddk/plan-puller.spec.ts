import { memoryCluster } from '../../testing/memory-cluster';
import { converge } from '../converge';
import type { RoleBinding } from '../objects';
import { ownLabels } from '../ownership';
import { plainEnglish } from '../translate';
import { grants, needsPuller, planPuller, pullerNeeds, pullerProblemText } from './plan-puller';

const wish = { project: 'openshift-mtv', target: 'vms' };
const run = (cluster: ReturnType<typeof memoryCluster>) =>
  converge({ cluster, needs: pullerNeeds(wish), plan: planPuller(wish) });
const rbac = 'rbac.authorization.k8s.io';
const binding = (role: string, group: string): RoleBinding => ({
  metadata: { name: 'migration-prep-vddk-vms', namespace: 'openshift-mtv' },
  subjects: [{ apiGroup: rbac, kind: 'Group', name: group }],
  roleRef: { apiGroup: rbac, kind: 'ClusterRole', name: role },
});

test.each([
  ['openshift-mtv', 'vms', true],
  ['openshift-mtv', '', false],
  ['vms', 'vms', false],
])('an image of %s for %p needs a right: %p', (project, target, expected) => {
  expect(needsPuller({ project, target })).toBe(expected);
});

test('every service account of the target project may pull, and nobody else', async () => {
  const cluster = memoryCluster('openshift-mtv');
  expect((await run(cluster)).ok).toBe(true);
  expect(cluster.all('roleBindings')).toMatchObject([
    { ...binding('system:image-puller', 'system:serviceaccounts:vms'), metadata: { labels: ownLabels } },
  ]);
  expect((await run(cluster)).ok).toBe(true);
  expect(cluster.writes).toHaveLength(1);
});

test.each(['system:serviceaccounts:vms', 'system:serviceaccounts', 'system:authenticated'])(
  'a RoleBinding that gives this right to %s is as good as ours',
  async (group) => {
    const cluster = memoryCluster('openshift-mtv');
    cluster.put('roleBindings', binding('system:image-puller', group));
    expect((await run(cluster)).ok).toBe(true);
    expect(cluster.writes).toEqual([]);
  },
);

test.each([
  ['system:image-puller', 'system:serviceaccounts:others'],
  ['admin', 'system:serviceaccounts:vms'],
])('a RoleBinding of that name to %s for %s is left alone', async (role, group) => {
  const cluster = memoryCluster('openshift-mtv');
  cluster.put('roleBindings', binding(role, group));
  const outcome = await run(cluster);
  if (outcome.ok || outcome.error.code !== 'Refused') throw new Error('not refused');
  expect(pullerProblemText(plainEnglish, outcome.error.problem)).toContain(
    'RoleBinding migration-prep-vddk-vms in openshift-mtv',
  );
  expect(cluster.writes).toEqual([]);
});

test.each<[string, Partial<RoleBinding>]>([
  ['a role of the project', { roleRef: { apiGroup: rbac, kind: 'Role', name: 'system:image-puller' } }],
  ['a user of that name', { subjects: [{ apiGroup: rbac, kind: 'User', name: 'system:serviceaccounts:vms' }] }],
  ['nobody', { subjects: [] }],
])('a RoleBinding for %s lets nobody pull', (_, differs) => {
  const present = binding('system:image-puller', 'system:serviceaccounts:vms');
  expect(grants(present, wish)).toBe(true);
  expect(grants({ ...present, ...differs }, wish)).toBe(false);
});
