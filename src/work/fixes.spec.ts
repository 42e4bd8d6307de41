import { beforeOperator } from './prepare/find-operator';
import { made, openshift, operatorBy } from '../testing/memory-openshift';
import type { MemoryCluster } from '../testing/memory-cluster';
import { readFacts } from './read-facts';
import { converge } from '../domain/converge';
import type { Convergence } from '../domain/converge';
import type { Needs } from '../domain/cluster';
import { operandNeeds, planOperand } from '../domain/operators/plan-operand';
import { approvalNeeds, planApproval } from '../domain/operators/plan-approval';
import { operators } from '../domain/operators/operator';
import { operatorNeeds, planOperator } from '../domain/operators/plan-operator';
import { rightsOf } from '../domain/rights';
import { planRegistry, registryNeeds } from '../domain/storage/plan-registry';
import { planVirtDefault, virtDefaultNeeds } from '../domain/storage/plan-virt-default';
import type { Fix } from '../domain/checks/fixes';
import { fixOf, installationOf, rightsOfFix } from '../domain/checks/fixes';
import { prerequisiteChecks } from '../domain/checks/prerequisites';

const namespace = 'openshift-nmstate';
const install = { mode: 'install', source: 's', sourceNamespace: 'n', installPlanApproval: 'Manual' } as const;
const bare = () => {
  const cluster = openshift('4.22.0');
  for (const kind of ['lvmClusters', 'forkliftControllers', 'providers', 'nmStates', 'hyperConvergeds'] as const)
    cluster.uninstall(kind);
  return cluster;
};
const withNmstate = (phase: string, status?: object) => {
  const cluster = openshift('4.22.0', namespace);
  operatorBy(cluster, 'nmstate', { namespace, group: 'g', subscription: 's' });
  if (status)
    cluster.put('subscriptions', {
      metadata: { name: 's', namespace },
      spec: { name: 'kubernetes-nmstate-operator', installPlanApproval: 'Manual' },
      status,
    });
  cluster.put('clusterServiceVersions', { metadata: { name: 'nmstate.v1', namespace }, status: { phase } });
  return cluster;
};
const withClass = () => {
  const cluster = openshift('4.22.0');
  cluster.put('storageClasses', { metadata: { name: 'fast' }, provisioner: 'p' });
  return cluster;
};

const fixFor = async (cluster: MemoryCluster, checkId: string): Promise<Fix | undefined> => {
  const facts = await readFacts(cluster, prerequisiteChecks);
  const check = prerequisiteChecks.find(({ id }) => id === checkId);
  return check && fixOf(checkId, check.judge(facts), facts, cluster.all('clusterVersions')[0]);
};

const approving = {
  state: 'UpgradePending',
  installPlanRef: { name: 'install-x' },
  conditions: [{ type: 'InstallPlanPending', status: 'True', reason: 'RequiresApproval' }],
};

test.each<[string, MemoryCluster, string, Fix | undefined]>([
  ['a bare cluster', bare(), 'operator-lvms', { do: 'install', id: 'lvms', home: 'openshift-lvm-storage' }],
  ['a bare cluster', bare(), 'virt-default-class', undefined],
  ['a bare cluster', bare(), 'image-registry', { do: 'switch-on-registry' }],
  ['a bare cluster', bare(), 'host-provider', undefined],
  ['installed', withNmstate('Succeeded'), 'operator-nmstate', { do: 'set-up', id: 'nmstate', home: namespace }],
  ['installing', withNmstate('Installing'), 'operator-nmstate', { do: 'follow', id: 'nmstate' }],
  [
    'to be approved',
    withNmstate('', approving),
    'operator-nmstate',
    { do: 'approve', id: 'nmstate', home: namespace, plan: 'install-x' },
  ],
  // Its name comes a moment later.
  [
    'to be approved',
    withNmstate('', { ...approving, installPlanRef: {} }),
    'operator-nmstate',
    { do: 'follow', id: 'nmstate' },
  ],
  ['a class', withClass(), 'virt-default-class', { do: 'mark-class' }],
])('%s: %#', async (_, cluster, check, expected) => {
  expect(await fixFor(cluster, check)).toEqual(expected);
});

test('an operator whose custom resource is all that is left is not installed over it', async () => {
  const cluster = openshift('4.22.0');
  cluster.put('nmStates', { metadata: { name: 'nmstate' } });
  expect(await fixFor(cluster, 'operator-nmstate')).toBeUndefined();
});

/** The rights that a planner's own writes need, over the same cluster. */
const neededBy = async <N extends Needs, P>(
  cluster: MemoryCluster,
  run: Pick<Convergence<N, P>, 'needs' | 'plan'>,
): Promise<readonly string[]> => {
  const { needs, plan } = run;
  const outcome = await converge({ cluster: beforeOperator(cluster, 'mtv'), needs, plan });
  expect(outcome.ok).toBe(true);
  return rightsOf(cluster.writes)
    .map((right) => JSON.stringify(right))
    .sort();
};
const asked = (fix: Fix, isProjectThere: boolean, cluster: MemoryCluster) =>
  rightsOfFix(fix, isProjectThere, cluster.all('operatorGroups'))
    .map((right) => JSON.stringify(right))
    .sort();

test('the rights that a fix asks for before are those that its planner needs', async () => {
  const home = 'openshift-mtv';
  const fresh = openshift('4.22.0');
  const there = openshift('4.22.0', home);
  const grouped = openshift('4.22.0', home);
  grouped.put('operatorGroups', { metadata: { name: 'g', namespace: home }, spec: { targetNamespaces: [home] } });
  for (const [cluster, isThere] of [
    [fresh, false],
    [there, true],
    [grouped, true],
  ] as const) {
    const before = asked({ do: 'install', id: 'mtv', home }, isThere, cluster);
    const run = { needs: operatorNeeds('mtv', home), plan: planOperator(operators.mtv, install, home) };
    expect(await neededBy(cluster, run)).toEqual(before);
  }

  for (const id of ['mtv', 'nmstate', 'cnv'] as const) {
    const cluster = openshift('4.22.0', home);
    const wish = id === 'mtv' ? { id, settings: {} } : id === 'cnv' ? { id, evictionStrategy: undefined } : { id };
    const run = { needs: operandNeeds(id), plan: planOperand(wish, home) };
    expect(await neededBy(cluster, run)).toEqual(asked({ do: 'set-up', id, home }, true, cluster));
  }

  const approved = openshift('4.22.0', namespace);
  approved.put('installPlans', { metadata: { name: 'x', namespace }, spec: { clusterServiceVersionNames: ['a'] } });
  expect(await neededBy(approved, { needs: approvalNeeds('x', namespace), plan: planApproval('x', ['a']) })).toEqual(
    asked({ do: 'approve', id: 'nmstate', home: namespace, plan: 'x' }, true, approved),
  );

  const registry = withClass();
  const claim = { claim: 'c', size: '1Gi', accessMode: 'ReadWriteOnce', storageClass: 'fast' } as const;
  expect(await neededBy(registry, { needs: registryNeeds('c'), plan: planRegistry(claim) })).toEqual(
    asked({ do: 'switch-on-registry' }, true, registry),
  );

  // Which class it will be is not known before.
  const marked = withClass();
  const run = { needs: virtDefaultNeeds, plan: planVirtDefault({ className: 'fast', unsetOthers: false }) };
  expect(await neededBy(marked, run)).toEqual(['{"kind":"storageClasses","verb":"patch","name":"fast"}']);
  expect(asked({ do: 'mark-class' }, true, marked)).toEqual(['{"kind":"storageClasses","verb":"patch"}']);
  expect(made(marked)).toEqual(['patch storageClasses /fast']);
});

test('what is known of an operator comes from the facts of its check', async () => {
  const facts = await readFacts(withNmstate('Succeeded'), prerequisiteChecks);
  expect(installationOf('nmstate', facts)).toMatchObject({
    subscriptions: [{}],
    csvs: [{}],
    groups: [{}],
    operands: [],
  });
});
