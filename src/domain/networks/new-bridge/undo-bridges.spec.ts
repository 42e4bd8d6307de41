import { card, nodeOf, reportOf } from '../../../testing/cards';
import { memoryCluster } from '../../../testing/memory-cluster';
import { memoryNmstate } from '../../../testing/memory-nmstate';
import { listUndo, undo } from '../../../work/undo';
import { changeText } from '../../converge-text';
import { nameOfChange } from '../../change';
import { ownLabels, owned } from '../../ownership';
import { keptText } from '../../undoing';
import { plainEnglish } from '../../translate';
import { desiredStateOf } from './bridge-policy';
import type { BridgeWish } from './bridge-wish';

const wish: BridgeWish = { kind: 'linux-bridge', name: 'br-vms', nic: 'eno2', nicType: 'ethernet' };
const name = 'migration-prep-br-vms';

const world = () => {
  const all = memoryCluster('vms');
  for (const each of ['worker-0', 'worker-1']) {
    all.put('nodes', nodeOf(each));
    all.put('nodeNetworkStates', reportOf(each, card('eno2')));
  }
  const nmstate = memoryNmstate(all);
  const selector = { nodeSelector: { 'node-role.kubernetes.io/worker': '' } };
  all.put('nodeNetworkConfigurationPolicies', {
    metadata: owned({ name }),
    spec: { ...selector, desiredState: desiredStateOf(wish) },
  });
  all.put('nodeNetworkConfigurationPolicies', {
    metadata: { name: 'theirs' },
    spec: { ...selector, desiredState: desiredStateOf({ kind: 'localnet', name: 'lab' }) },
  });
  for (let turn = 0; turn < 8; turn += 1) nmstate.act();
  const cluster = {
    ...all,
    pause: () => {
      nmstate.act();
      return Promise.resolve();
    },
  };
  return { all, cluster, nmstate };
};
const nad = (bridge: string, labels: Record<string, string> = {}) => ({
  metadata: { name: 'web', namespace: 'vms', labels },
  spec: { config: JSON.stringify({ type: 'bridge', bridge }) },
});
const bridges = ({ all }: ReturnType<typeof world>) =>
  all
    .all('nodeNetworkStates')
    .flatMap(({ status }) => status?.currentState?.interfaces ?? [])
    .filter((each) => each.type === 'linux-bridge').length;
const policies = ({ all }: ReturnType<typeof world>) =>
  all.all('nodeNetworkConfigurationPolicies').map(({ metadata }) => metadata.name);

test('a bridge of ours goes from the nodes before its policy does, also when a network of ours named it', async () => {
  const here = world();
  expect(bridges(here)).toBe(2);
  here.all.put('networkAttachmentDefinitions', nad('br-vms', ownLabels));
  const { trials, kept, staying, failures } = await listUndo(here.cluster);
  expect([kept, staying, failures]).toEqual([[], [], []]);
  expect(trials.map(({ change }) => changeText(plainEnglish, nameOfChange(change)))).toEqual([
    'Delete NetworkAttachmentDefinition web',
    `Change NodeNetworkConfigurationPolicy ${name}`,
    `Delete NodeNetworkConfigurationPolicy ${name}`,
  ]);
  expect(here.all.writes).toEqual([]);
  expect(await undo(here.cluster, trials, () => undefined)).toMatchObject({ staying: [], failures: [], held: [] });
  expect(bridges(here)).toBe(0);
  expect(policies(here)).toEqual(['theirs']);
});

test('one that a network of somebody names stays, and that is said', async () => {
  const here = world();
  here.all.put('networkAttachmentDefinitions', nad('br-vms'));
  const { trials, kept } = await listUndo(here.cluster);
  expect(trials).toEqual([]);
  expect(kept.map(({ reason }) => keptText(plainEnglish, reason))).toEqual([
    'NetworkAttachmentDefinition vms/web needs it.',
  ]);
  expect(await listUndo(here.cluster)).toMatchObject({ failures: [] });
});

test('a network that names it by the time it is to go keeps it', async () => {
  const here = world();
  const { trials } = await listUndo(here.cluster);
  here.all.put('networkAttachmentDefinitions', nad('br-vms'));
  expect(await undo(here.cluster, trials, () => undefined)).toMatchObject({ spared: [{}], failures: [] });
  expect(bridges(here)).toBe(2);
});

test('while a node has not taken it away, or cannot, the policy stays, and the node is named', async () => {
  const here = world();
  const { trials } = await listUndo(here.cluster);
  here.nmstate.manners['worker-1'] = 'never';
  const late = await undo(here.cluster, trials, () => undefined);
  expect(late.staying.map((text) => text(plainEnglish))).toEqual([
    `worker-1 have not taken the bridge of policy ${name} away yet.`,
  ]);
  here.nmstate.manners['worker-1'] = 'refuses';
  const failed = await undo(here.cluster, trials, () => undefined);
  expect(failed.staying.map((text) => text(plainEnglish)).join(' ')).toContain(
    'away from worker-1. See the enactments',
  );
  expect(policies(here)).toContain(name);
});
