import { screen, waitFor, within } from '@testing-library/react';
import { axe } from 'jest-axe';
import { memoryCluster } from '../../../testing/memory-cluster';
import type { NodeInterface } from '../../../domain/nmstate-objects';
import type { InventoryHost, InventoryNetwork, InventorySnapshot } from '../../../domain/networks/inventory';
import { ok } from '../../../domain/result';
import { renderStep } from '../../../testing/render-step';
import { NetworksStep } from './NetworksStep';

const project = 'migration-target';
const group = (id: string, name: string, vlanId: string, dvs = 'dvs-8', folder = 'DC'): InventoryNetwork => ({
  id,
  name,
  path: `/${folder}/network/${name}`,
  variant: 'DvPortGroup',
  vlanId,
  dvSwitch: { id: dvs },
});
const vm = (...networks: string[]) => ({
  id: networks.join(),
  name: networks.join(),
  networks: networks.map((id) => ({ id })),
  nics: networks.map((id) => ({ network: { id } })),
});

const render = (
  inventory: Partial<InventorySnapshot>,
  prepare: (cluster: ReturnType<typeof memoryCluster>) => void = () => undefined,
) => {
  const cluster = memoryCluster('openshift-mtv', project);
  cluster.put('providers', {
    metadata: { name: 'vcenter', namespace: 'openshift-mtv' },
    spec: { type: 'vsphere' },
    status: { phase: 'Ready' },
  });
  prepare(cluster);
  const fetchInventory = () => Promise.resolve(ok({ networks: [], hosts: [], vms: [], ...inventory }));
  return { cluster, ...renderStep(<NetworksStep />, { cluster, services: { fetchInventory }, project }) };
};
const switchOf = (name: RegExp) => screen.findByRole('group', { name });
const bridgeOf = (within_: HTMLElement) => within(within_).getByRole('combobox', { name: /^Name of the bridge/ });
const row = (name: string) => screen.getByRole('row', { name: new RegExp(`^Network for ${name} `) });
const create = { name: 'Create networks' };
const made = (cluster: ReturnType<typeof memoryCluster>) =>
  cluster
    .all('networkAttachmentDefinitions')
    .map(({ metadata, spec }) => [metadata.name, JSON.parse(spec?.config ?? '') as unknown] as const);
const node = (name: string, ...interfaces: NodeInterface[]) => ({
  metadata: { name },
  status: { currentState: { interfaces: [{ name: 'bond0', type: 'bond', mtu: 1500 }, ...interfaces] } },
});
const bridge = (name: string, port = 'bond0', vlan = {}): NodeInterface => ({
  name,
  type: 'linux-bridge',
  bridge: { port: [{ name: port, vlan }] },
});
const inVlan = (id: number): NodeInterface => ({ name: 'up', type: 'vlan', vlan: { 'base-iface': 'bond0', id } });

test('case 1: each of two switches is asked about, and their equal VLANs are two networks', async () => {
  const { cluster, user, container } = render({
    networks: [group('pg-1', 'prod-app', '100', 'dvs-10'), group('pg-2', 'dmz-web', '100', 'dvs-20')],
    vms: [vm('pg-1'), vm('pg-2')],
  });
  await user.type(bridgeOf(await switchOf(/dvs-10/)), 'br1');
  await user.click(screen.getByRole('button', create));
  const second = await switchOf(/dvs-20/);
  expect(within(second).getByText(/Enter the name of the Linux bridge/)).toBeVisible();
  expect(bridgeOf(second)).toHaveFocus();
  expect(cluster.writes).toEqual([]);
  await user.type(bridgeOf(second), 'br2');
  expect(await axe(container)).toHaveNoViolations();
  await user.click(screen.getByRole('button', create));
  expect(await screen.findByText(/The networks exist/)).toBeVisible();
  expect(made(cluster)).toEqual([
    ['dmz-web-vlan-100', expect.objectContaining({ bridge: 'br2', vlan: 100 })],
    ['prod-app-vlan-100', expect.objectContaining({ bridge: 'br1', vlan: 100 })],
  ]);
});

describe('case 1: a switch without uplink', () => {
  const host: InventoryHost = {
    id: 'host-1',
    name: 'esx1',
    networks: [{ id: 'n1' }, { id: 'n2' }],
    networking: {
      portGroups: [
        { name: 'VM Network', vSwitch: 'k0', vlanId: 0 },
        { name: 'isolated-lab', vSwitch: 'k1', vlanId: 0 },
      ],
      switches: [
        { key: 'k0', name: 'vSwitch0', pNICs: ['vmnic0'] },
        { key: 'k1', name: 'vSwitch1', pNICs: [] },
      ],
    },
  };
  const standard = (id: string, name: string): InventoryNetwork => ({
    id,
    name,
    path: `/DC/network/${name}`,
    variant: 'Standard',
    vlanId: '',
  });
  const inventory = {
    networks: [standard('n1', 'VM Network'), standard('n2', 'isolated-lab')],
    hosts: [host],
    vms: [vm('n1'), vm('n2')],
  };

  test('is asked about and left out', async () => {
    const { cluster, user } = render(inventory);
    await user.type(bridgeOf(await switchOf(/vSwitch0/)), 'br1');
    const lab = await switchOf(/vSwitch1/);
    expect(lab).toHaveTextContent('This switch has no uplink');
    await user.click(screen.getByRole('button', create));
    expect(within(lab).getByRole('alert')).toHaveTextContent('Choose how to attach this switch');
    expect(within(lab).getByRole('radio', { name: /None/ })).toHaveFocus();
    await user.click(within(lab).getByRole('radio', { name: /None/ }));
    expect(row('isolated-lab')).toHaveTextContent('Skipped with its switch');
    await user.click(screen.getByRole('button', create));
    expect(await screen.findByText(/The networks exist/)).toBeVisible();
    expect(screen.getByText('Port groups of a skipped switch get no network.')).toBeVisible();
    expect(made(cluster).map(([name]) => name)).toEqual(['vm-network']);
  });

  test('is attached on purpose', async () => {
    const { cluster, user } = render(inventory);
    await user.type(bridgeOf(await switchOf(/vSwitch0/)), 'br1');
    const lab = await switchOf(/vSwitch1/);
    await user.click(within(lab).getByRole('radio', { name: /Linux bridge/ }));
    await user.type(bridgeOf(lab), 'br-lab');
    await user.click(screen.getByRole('button', create));
    expect(await screen.findByText(/The networks exist/)).toBeVisible();
    expect(made(cluster).map(([name, config]) => [name, (config as { bridge: string }).bridge])).toEqual([
      ['vm-network', 'br1'],
      ['isolated-lab', 'br-lab'],
    ]);
  });
});

describe('case 10: a bridge that is in a VLAN', () => {
  const inventory = {
    networks: [group('pg-1', 'app-10', '10'), group('pg-2', 'db-20', '20')],
    vms: [vm('pg-1'), vm('pg-2')],
  };
  const onBridge = {
    metadata: { name: 'vlan10', namespace: project },
    spec: { config: '{"name":"vlan10","type":"cnv-bridge","bridge":"br10"}' },
  };

  test('is known from the nodes: what is there counts, no tag is added, and another VLAN is refused', async () => {
    const { cluster, user } = render(inventory, (all) => {
      all.put('nodeNetworkStates', node('worker-1', inVlan(10), bridge('br10', 'up')));
      all.put('nodeNetworkStates', node('worker-2', inVlan(10), bridge('br10', 'up')));
      all.put('networkAttachmentDefinitions', onBridge);
    });
    await user.click(bridgeOf(await switchOf(/dvs-8/)));
    await user.click(
      await screen.findByRole('option', { name: /br10 2 of 2 nodes · uplink bond0 · already in VLAN 10/ }),
    );
    expect(bridgeOf(await switchOf(/dvs-8/))).toHaveAccessibleDescription(
      '2 of 2 nodes · uplink bond0 · already in VLAN 10, so its networks get no tag',
    );
    expect(row('app-10')).toHaveTextContent('vlan10: already exists');
    await user.click(screen.getByRole('button', create));
    expect(row('db-20')).toHaveTextContent('br10 is already in VLAN 10 and carries no other VLAN');
    await user.click(within(row('db-20')).getByRole('checkbox'));
    await user.click(screen.getByRole('button', create));
    expect(await screen.findByText(/Nothing to do/)).toBeVisible();
    expect(cluster.writes).toEqual([]);
  });

  test('is what the user says where the nodes cannot be seen', async () => {
    const { cluster, user } = render({ ...inventory, vms: [vm('pg-1')] }, (all) => {
      all.forbid('list', 'nodeNetworkStates');
    });
    const dvs = await switchOf(/dvs-8/);
    expect(screen.getByText(/You are not permitted to list NodeNetworkStates/)).toBeVisible();
    await user.type(bridgeOf(dvs), 'br10');
    await user.click(within(dvs).getByRole('button', { name: /Details/ }));
    await user.type(within(dvs).getByRole('textbox', { name: /VLAN that the bridge is already in/ }), '10');
    await user.click(screen.getByRole('button', create));
    expect(await screen.findByText(/The networks exist/)).toBeVisible();
    expect(made(cluster)).toEqual([['app-10', expect.not.objectContaining({ vlan: 10 })]]);
  });

  test('is doubted where the nodes disagree, and one that no node has is said', async () => {
    const { user } = render(inventory, (all) => {
      all.put('nodeNetworkStates', node('worker-1', inVlan(10), bridge('br10', 'up')));
      all.put('nodeNetworkStates', node('worker-2', inVlan(20), bridge('br10', 'up')));
    });
    const name = bridgeOf(await switchOf(/dvs-8/));
    await user.type(name, 'br-new');
    await screen.findByRole('option', { name: 'Use br-new, which no node has yet' });
    await user.click(screen.getByRole('checkbox', { name: 'Network for app-10' }));
    expect(name).toHaveValue('');
    expect(name).toHaveAccessibleDescription(/^No node has br-new\. Choose one from the list/);
    await user.type(name, 'br-new');
    await user.click(screen.getByRole('option', { name: 'Use br-new, which no node has yet' }));
    expect(name).toHaveValue('br-new');
    expect(name).toHaveAccessibleDescription(/^No node has br-new yet\./);
    await user.clear(name);
    await user.type(name, 'br10{Enter}');
    expect(screen.getByText('The nodes have br10 in different VLANs.')).toBeVisible();
    await user.click(screen.getByRole('button', create));
    expect(screen.getByText(/a virtual machine would change its network with its node/)).toBeVisible();
  });
});

describe('what the nodes have', () => {
  const inventory = {
    networks: [group('pg-1', 'app-10', '10'), group('pg-2', 'dmz-10', '10', 'dvs-9')],
    vms: [vm('pg-1'), vm('pg-2')],
  };
  const suggested = /^Suggested because/;

  test('is proposed where one thing is suitable, marked as such, and created as proposed', async () => {
    const { cluster, user, container } = render({ ...inventory, vms: [vm('pg-1')] }, (all) => {
      for (const name of ['worker-1', 'worker-2'])
        all.put('nodeNetworkStates', node(name, bridge('br-vms'), bridge('br-lan', 'eth7')));
    });
    const name = bridgeOf(await switchOf(/dvs-8/));
    expect(await screen.findByText('Suggested')).toBeVisible();
    expect(name).toHaveValue('br-vms');
    expect(name).toHaveAccessibleDescription(/^Suggested because nothing else on all nodes is suitable\./);
    expect(row('app-10')).toHaveTextContent('app-10: will be created');
    expect(await axe(container)).toHaveNoViolations();
    await user.click(screen.getByRole('button', create));
    expect(await screen.findByText(/The networks exist/)).toBeVisible();
    expect(made(cluster)).toEqual([['app-10', expect.objectContaining({ bridge: 'br-vms', vlan: 10 })]]);
  });

  test('is proposed for neither of two switches that it suits; answered for one, it is not proposed for the other', async () => {
    const { cluster, user } = render(inventory, (all) => {
      all.put('nodeNetworkStates', node('worker-1', bridge('br-vms')));
    });
    const [one, other] = [bridgeOf(await switchOf(/dvs-8/)), bridgeOf(await switchOf(/dvs-9/))];
    await user.click(one);
    await screen.findByRole('option', { name: /^br-vms/ });
    expect([one, other].map((each) => (each as HTMLInputElement).value)).toEqual(['', '']);
    await user.type(one, 'br-vms{Enter}');
    expect(other).toHaveValue('');
    await user.click(screen.getByRole('button', create));
    expect(other).toHaveFocus();
    expect(cluster.writes).toEqual([]);
  });

  test('is no proposal any more once it is changed, also to nothing', async () => {
    const { user } = render({ ...inventory, vms: [vm('pg-1')] }, (all) => {
      all.put('nodeNetworkStates', node('worker-1', bridge('br-vms')));
    });
    const dvs = await switchOf(/dvs-8/);
    await screen.findByText('Suggested');
    await user.click(within(dvs).getByRole('radio', { name: /OVN localnet/ }));
    expect(screen.queryByText('Suggested')).toBeNull();
    await user.click(within(dvs).getByRole('radio', { name: /Linux bridge/ }));
    expect(bridgeOf(dvs)).toHaveValue('br-vms');
    expect(bridgeOf(dvs)).not.toHaveAccessibleDescription(suggested);
    expect(bridgeOf(dvs)).toHaveAccessibleDescription('1 of 1 nodes · uplink bond0 · MTU 1500');
  });

  test('is doubted where some nodes lack it, where VLANs are filtered, and where the MTU is above that of its uplink', async () => {
    const { user, container } = render({ ...inventory, vms: [vm('pg-1')] }, (all) => {
      const filter = { mode: 'trunk', 'trunk-tags': [{ id: 20 }] };
      all.put('nodeNetworkStates', node('worker-1', bridge('br-vms', 'bond0', filter)));
      all.put('nodeNetworkStates', node('worker-2', bridge('br-vms', 'bond0', filter)));
      all.put('nodeNetworkStates', node('worker-3'));
      all.put('nodeNetworkStates', node('master-1'));
      for (const name of ['worker-1', 'worker-2', 'worker-3'])
        all.put('nodes', { metadata: { name, labels: { 'kubevirt.io/schedulable': 'true' } } });
      all.put('nodes', { metadata: { name: 'master-1' } });
    });
    const dvs = await switchOf(/dvs-8/);
    await user.type(bridgeOf(dvs), 'br-vms{Enter}');
    await user.click(within(dvs).getByRole('button', { name: /Details/ }));
    await user.type(within(dvs).getByRole('textbox', { name: 'MTU' }), '9000');
    const said = [
      'br-vms is on 2 of 3 nodes. Its virtual machines run only there.',
      'The MTU 9000 is above that of br-vms on the nodes, 1500. Larger frames are dropped.',
      'br-vms does not pass the VLANs 10, only 20. Allow them in the node network configuration policy.',
    ];
    await waitFor(() => {
      expect(bridgeOf(dvs)).toHaveAccessibleDescription(expect.stringContaining(said.join(' ')));
    });
    expect(await axe(container)).toHaveNoViolations();
  });

  test('a mapping that two policies put on different bridges is said', async () => {
    const { user } = render({ ...inventory, vms: [vm('pg-1')] }, (all) => {
      const state = node('worker-1', { name: 'br-ex', type: 'ovs-bridge', bridge: { port: [{ name: 'bond0' }] } });
      const ovn = { 'bridge-mappings': [{ localnet: 'physnet', bridge: 'br-ex' }] };
      all.put('nodeNetworkStates', { ...state, status: { currentState: { ...state.status.currentState, ovn } } });
      for (const [name, of] of [
        ['one', 'br-ex'],
        ['two', 'ovs-vms'],
      ] as const) {
        const desiredState = { ovn: { 'bridge-mappings': [{ localnet: 'physnet', bridge: of }] } };
        all.put('nodeNetworkConfigurationPolicies', { metadata: { name }, spec: { desiredState } });
      }
    });
    const dvs = await switchOf(/dvs-8/);
    await user.click(within(dvs).getByRole('radio', { name: /OVN localnet/ }));
    const mapping = within(dvs).getByRole('combobox', { name: /^Name of the bridge mapping/ });
    await user.type(mapping, 'physnet{Enter}');
    expect(
      await screen.findByText(
        'The policies one, two put physnet on different bridges: br-ex, ovs-vms. Make them alike.',
      ),
    ).toBeVisible();
  });

  test('is typed freely where NMState is not installed, and that is said', async () => {
    const { user } = render({ ...inventory, vms: [vm('pg-1')] }, (all) => {
      all.uninstall('nodeNetworkStates');
    });
    const name = bridgeOf(await switchOf(/dvs-8/));
    expect(screen.getByText(/NMState is not installed\. Enter the names/)).toBeVisible();
    await user.type(name, 'br1');
    expect(row('app-10')).toHaveTextContent('app-10: will be created');
  });
});

test('cases 25 to 27: MTU, other MAC addresses and a trunk to the guest are choices', async () => {
  const { cluster, user, container } = render({
    networks: [group('pg-1', 'uplink', '10-20,30-30')],
    vms: [vm('pg-1')],
  });
  const dvs = await switchOf(/dvs-8/);
  await user.type(bridgeOf(dvs), 'br1');
  await user.click(within(dvs).getByRole('button', { name: /Details/ }));
  await user.type(within(dvs).getByRole('textbox', { name: 'MTU' }), 'jumbo');
  await user.click(within(dvs).getByRole('checkbox', { name: /Allow MAC addresses other/ }));
  await user.selectOptions(screen.getByRole('combobox', { name: /^VLAN of / }), 'All of its VLANs, with their tags');
  await user.click(within(dvs).getByRole('button', { name: /Details/ }));
  await user.click(screen.getByRole('button', create));
  const mtu = within(dvs).getByRole('textbox', { name: 'MTU' });
  expect(mtu).toHaveFocus();
  expect(within(dvs).getByText('An MTU is a number from 1280 to 65535.')).toBeVisible();
  await user.clear(mtu);
  await user.type(mtu, '9000');
  expect(await axe(container)).toHaveNoViolations();
  await user.click(screen.getByRole('button', create));
  expect(await screen.findByText(/The networks exist/)).toBeVisible();
  expect(made(cluster)).toEqual([
    [
      'uplink-trunk',
      expect.objectContaining({ mtu: 9000, macspoofchk: false, vlanTrunk: [{ minID: 10, maxID: 20 }, { id: 30 }] }),
    ],
  ]);
});

test('cases 11, 39 and 40: what does not count is said, with the reason', async () => {
  const nad = (name: string, config: object, annotations = {}) => ({
    metadata: { name, namespace: project, annotations },
    spec: { config: JSON.stringify({ type: 'bridge', bridge: 'br-x', ...config }) },
  });
  const { cluster, user } = render({ networks: [group('pg-1', 'db-200', '200')], vms: [vm('pg-1')] }, (all) => {
    all.put('networkAttachmentDefinitions', nad('isolated-200', { vlan: 200, portIsolation: true }));
    all.put(
      'networkAttachmentDefinitions',
      nad('other-resource', { vlan: 200 }, { 'k8s.v1.cni.cncf.io/resourceName': 'bridge.network.kubevirt.io/br0' }),
    );
    all.put('networkAttachmentDefinitions', nad('text-vlan', { vlan: '200' }));
  });
  await user.type(bridgeOf(await switchOf(/dvs-8/)), 'br-x');
  await screen.findByText(/^isolated-200: cannot be used/);
  expect(row('db-200')).toHaveTextContent(
    'isolated-200: cannot be used, because it isolates virtual machines from each other',
  );
  expect(row('db-200')).toHaveTextContent(
    'other-resource: cannot be used, because it requires nodes that offer bridge.network.kubevirt.io/br0',
  );
  expect(row('db-200')).toHaveTextContent('db-200: will be created');
  await user.click(screen.getByRole('button', create));
  expect(await screen.findByText(/The networks exist/)).toBeVisible();
  expect(made(cluster).map(([name]) => name)).toContain('db-200');
});

test('C5: equal names are told apart by their paths, also for a screen reader', async () => {
  const { user } = render({
    networks: [group('pg-1', 'app', '100', 'dvs-1', 'east'), group('pg-2', 'app', '100', 'dvs-2', 'west')],
    vms: [vm('pg-1'), vm('pg-2')],
  });
  expect(await screen.findByRole('checkbox', { name: 'Network for app (/east/network/app)' })).toBeChecked();
  expect(screen.getByRole('checkbox', { name: 'Network for app (/west/network/app)' })).toBeChecked();
  await user.type(screen.getByRole('textbox', { name: 'Filter by name' }), 'west');
  expect(screen.getByText('1 of 2 port groups shown')).toBeVisible();
});

test('what is answered for one vCenter is not taken for another whose switch has the same moRef', async () => {
  const { user } = render({ networks: [group('pg-1', 'app', '100')], vms: [vm('pg-1')] }, (all) => {
    all.put('providers', {
      metadata: { name: 'second', namespace: 'openshift-mtv' },
      spec: { type: 'vsphere' },
      status: { phase: 'Ready' },
    });
  });
  await user.type(bridgeOf(await switchOf(/dvs-8/)), 'br1');
  await user.click(screen.getByRole('radio', { name: 'second' }));
  expect(bridgeOf(await switchOf(/dvs-8/))).toHaveValue('');
  await user.click(screen.getByRole('radio', { name: 'vcenter' }));
  expect(bridgeOf(await switchOf(/dvs-8/))).toHaveValue('br1');
});

describe('C8: several NICs of a VM on one port group', () => {
  const inventory = { networks: [group('pg-1', 'app-100', '100')], vms: [vm('pg-1', 'pg-1')] };
  const mtv = (version: string) => ({
    metadata: { name: `mtv-operator.v${version}`, namespace: 'openshift-mtv' },
    status: { phase: 'Succeeded' },
  });
  const note = /version of MTV could not be read/;

  test.each([
    ['2.11.4', 'app-100, app-100-2: will be created'],
    ['2.12.1', 'app-100: will be created'],
  ])('MTV %s', async (version, expected) => {
    const { user } = render(inventory, (all) => {
      all.put('clusterServiceVersions', mtv(version));
    });
    await user.type(bridgeOf(await switchOf(/dvs-8/)), 'br1');
    expect(row('app-100')).toHaveTextContent(expected);
    expect(screen.queryByText(note)).toBeNull();
  });

  test('an MTV whose version may not be read: as many as any version needs, and that is said', async () => {
    const { user } = render(inventory, (all) => {
      all.put('clusterServiceVersions', mtv('2.12.1'));
      all.forbid('list', 'clusterServiceVersions');
    });
    await user.type(bridgeOf(await switchOf(/dvs-8/)), 'br1');
    expect(row('app-100')).toHaveTextContent('app-100, app-100-2: will be created');
    expect(screen.getByText(note)).toBeVisible();
  });
});
