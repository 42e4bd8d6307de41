import { card, nodeOf, reportOf } from '../../../testing/cards';
import { memoryCluster } from '../../../testing/memory-cluster';
import { converge } from '../../converge';
import type { NodeNetworkConfigurationPolicy } from '../../nmstate-objects';
import { ownLabels } from '../../ownership';
import { plainEnglish } from '../../translate';
import {
  desiredStateOf,
  planAllNodes,
  planFirstNode,
  planPolicyRemoval,
  planTakingBack,
  policyNeeds,
} from './bridge-policy';
import { absentStateOf, isRemoving, namesIn } from './policy-removal';
import { makingProblemText } from './bridge-text';
import { policyNameOf } from './bridge-wish';
import type { BridgeWish } from './bridge-wish';
import { bridgeNeeds } from './facts';

const wish: BridgeWish = { kind: 'linux-bridge', name: 'br-vms', nic: 'eno2', nicType: 'ethernet' };
const name = 'migration-prep-br-vms';

const world = () => {
  const cluster = memoryCluster();
  for (const each of ['worker-0', 'worker-1']) {
    cluster.put('nodes', nodeOf(each));
    cluster.put('nodeNetworkStates', reportOf(each, card('eno2')));
  }
  return cluster;
};
const first = (cluster: ReturnType<typeof world>, of: BridgeWish = wish) =>
  converge({ cluster, needs: bridgeNeeds, plan: planFirstNode(of) });
const rest = (cluster: ReturnType<typeof world>) => converge({ cluster, needs: bridgeNeeds, plan: planAllNodes(wish) });
const theirs: NodeNetworkConfigurationPolicy = { metadata: { name }, spec: { desiredState: desiredStateOf(wish) } };

test('the policy is for one node first, then for all with their label, one at a time; each is planned once', async () => {
  const cluster = world();
  expect((await first(cluster)).ok).toBe(true);
  expect(cluster.all('nodeNetworkConfigurationPolicies')).toMatchObject([
    {
      apiVersion: 'nmstate.io/v1',
      metadata: { name, labels: ownLabels },
      spec: {
        nodeSelector: { 'kubernetes.io/hostname': 'worker-0' },
        maxUnavailable: 1,
        desiredState: {
          interfaces: [
            { name: 'eno2', type: 'ethernet', state: 'up', ipv4: { enabled: false }, ipv6: { enabled: false } },
            {
              name: 'br-vms',
              type: 'linux-bridge',
              bridge: { options: { stp: { enabled: false } }, port: [{ name: 'eno2' }] },
            },
          ],
        },
      },
    },
  ]);
  await rest(cluster);
  await rest(cluster);
  await first(cluster);
  expect(cluster.writes).toHaveLength(2);
  expect(cluster.all('nodeNetworkConfigurationPolicies')[0]?.spec?.nodeSelector).toEqual({
    'node-role.kubernetes.io/worker': '',
  });
});

test('a mapping on br-ex names no card', async () => {
  const cluster = world();
  const mapping: BridgeWish = { kind: 'localnet', name: 'vm-network' };
  expect((await first(cluster, mapping)).ok).toBe(true);
  expect(cluster.all('nodeNetworkConfigurationPolicies')[0]?.spec?.desiredState).toEqual({
    ovn: { 'bridge-mappings': [{ localnet: 'vm-network', bridge: 'br-ex', state: 'present' }] },
  });
});

test('taking back says the opposite and leaves the card up; only then the policy goes', async () => {
  const cluster = world();
  await first(cluster);
  const back = () => converge({ cluster, needs: policyNeeds(name), plan: planTakingBack });
  expect((await back()).ok && (await back()).ok).toBe(true);
  const [policy] = cluster.all('nodeNetworkConfigurationPolicies');
  expect(policy?.spec?.desiredState).toEqual({
    interfaces: [
      { name: 'eno2', type: 'ethernet', state: 'up', ipv4: { enabled: false }, ipv6: { enabled: false } },
      { name: 'br-vms', type: 'linux-bridge', state: 'absent' },
    ],
  });
  expect(policy && [isRemoving(policy), namesIn(policy)]).toEqual([true, ['br-vms']]);
  expect(cluster.writes).toHaveLength(2);
  expect(await first(cluster)).toMatchObject({ error: { problem: { code: 'BeingRemoved' } } });
  await converge({ cluster, needs: policyNeeds(name), plan: planPolicyRemoval });
  expect(cluster.all('nodeNetworkConfigurationPolicies')).toEqual([]);
});

test('the opposite of a mapping names no bridge', () => {
  expect(absentStateOf(desiredStateOf({ kind: 'localnet', name: 'vm-network' }))).toEqual({
    ovn: { 'bridge-mappings': [{ localnet: 'vm-network', state: 'absent' }] },
  });
});

test('a policy of somebody else is neither taken for ours nor changed nor deleted', async () => {
  const cluster = world();
  cluster.put('nodeNetworkConfigurationPolicies', theirs);
  expect(await first(cluster)).toMatchObject({
    error: { code: 'Refused', problem: { code: 'PolicyTaken', policy: name } },
  });
  await converge({ cluster, needs: policyNeeds(name), plan: planTakingBack });
  await converge({ cluster, needs: policyNeeds(name), plan: planPolicyRemoval });
  expect(cluster.writes).toEqual([]);
});

test.each<[string, (cluster: ReturnType<typeof world>) => void, string]>([
  [
    'nodes have the name already',
    (cluster) => {
      cluster.put('nodeNetworkStates', reportOf('worker-1', card('eno2'), { name: 'br-vms', type: 'linux-bridge' }));
    },
    'worker-1 already have something of this name.',
  ],
  [
    'the card carries traffic by now',
    (cluster) => {
      for (const each of ['worker-0', 'worker-1'])
        cluster.put('nodeNetworkStates', reportOf(each, card('eno2', { controller: 'br-ex' })));
    },
    'what the nodes report has changed',
  ],
  [
    'another of our policies has the name',
    (cluster) => {
      cluster.put('nodeNetworkConfigurationPolicies', { metadata: { name, labels: ownLabels }, spec: {} });
    },
    'There already is another policy named migration-prep-br-vms.',
  ],
])('nothing is written where %s', async (_, change, text) => {
  const cluster = world();
  change(cluster);
  const answer = await first(cluster);
  expect(cluster.writes).toEqual([]);
  expect(answer.ok).toBe(false);
  if (!answer.ok && answer.error.code === 'Refused')
    expect(makingProblemText(plainEnglish, answer.error.problem)).toContain(text);
});

test('a policy that somebody deleted meanwhile is not made for all nodes at once', async () => {
  const cluster = world();
  expect(await rest(cluster)).toMatchObject({ error: { problem: { code: 'PolicyGone' } } });
  expect(makingProblemText(plainEnglish, { code: 'PolicyGone', policy: name })).toContain(
    'Somebody deleted the policy',
  );
});

test('long names make names that the API server takes, the same for the same', () => {
  expect(policyNameOf({ name: 'br_VMs.1' })).toBe('migration-prep-br-vms-1');
  expect(policyNameOf({ name: 'x'.repeat(63) })).toHaveLength(63);
});
