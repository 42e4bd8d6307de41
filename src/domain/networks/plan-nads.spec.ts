import { memoryCluster } from '../../cluster/memory-cluster';
import { converge } from '../converge';
import type { NetworkAttachmentDefinition } from '../objects';
import { plainEnglish } from '../translate';
import { nadOf, nadText, readNad } from './nad';
import type { Attachment } from './nad';
import { arrangeNads, nameTakenText, networkName, networksNeeds, planNads } from './plan-nads';
import type { NetworksWish, WantedPortGroup } from './plan-nads';

const bridge: Attachment = { kind: 'linux-bridge', bridge: 'br1' };
const localnet: Attachment = { kind: 'localnet', mapping: 'physnet' };
const project = 'migration-target';
const wanted = (name: string, vlan: number | undefined, patch: Partial<WantedPortGroup> = {}): WantedPortGroup => ({
  id: `dvportgroup-${name}`,
  name,
  vlan,
  nicsPerVm: 1,
  ...patch,
});
const wish = (attachment: Attachment, ...portGroups: WantedPortGroup[]): NetworksWish => ({
  project,
  provider: 'openshift-mtv/vcenter',
  attachment,
  portGroups,
});
const nad = (name: string, config: object): NetworkAttachmentDefinition => ({
  metadata: { name, namespace: project },
  spec: { config: JSON.stringify(config) },
});
const namesOf = (nads: readonly NetworkAttachmentDefinition[]) => nads.map(({ metadata }) => metadata.name);
const run = (cluster: ReturnType<typeof memoryCluster>, what: NetworksWish) =>
  converge({ cluster, needs: networksNeeds(project), plan: planNads(what), onProgress: () => undefined });

test.each([
  ['web', 200, 'web-vlan-200'],
  ['app-100', 100, 'app-100'],
  ['app 1100', 100, 'app-1100-vlan-100'],
  ['VM Network', undefined, 'vm-network'],
  ['日本', 5, 'network-vlan-5'],
  ['x'.repeat(80), 4094, `${'x'.repeat(53)}-vlan-4094`],
])('%s on VLAN %p is called %s', (portGroup, vlan, expected) => {
  expect(networkName(portGroup, vlan)).toBe(expected);
});

test('a Linux bridge and a localnet, as OpenShift Virtualization wants them', () => {
  const of = (attachment: Attachment, vlan: number | undefined) =>
    nadOf({ name: 'web', namespace: project, attachment, vlan, provider: 'p', portGroups: [] });
  const configOf = (attachment: Attachment, vlan: number | undefined) =>
    JSON.parse(of(attachment, vlan).spec?.config ?? '') as unknown;
  expect(configOf(bridge, 200)).toEqual({
    cniVersion: '0.3.1', name: 'web', type: 'bridge', bridge: 'br1', macspoofchk: true, vlan: 200, preserveDefaultVlan: false,
  });
  expect(configOf(bridge, undefined)).not.toHaveProperty('vlan');
  expect(of(bridge, 200).metadata.annotations?.['k8s.v1.cni.cncf.io/resourceName']).toBe('bridge.network.kubevirt.io/br1');
  expect(configOf(localnet, 200)).toEqual({
    cniVersion: '0.3.1', name: 'physnet-vlan-200', type: 'ovn-k8s-cni-overlay', topology: 'localnet',
    netAttachDefName: 'migration-target/web', physicalNetworkName: 'physnet', vlanID: 200,
  });
  expect(of(localnet, 200).metadata.annotations).not.toHaveProperty(['k8s.v1.cni.cncf.io/resourceName']);
});

test.each<[string, object | string, string]>([
  ['cnv-bridge', { type: 'cnv-bridge', bridge: 'br1', vlan: 7 }, 'Linux bridge br1, VLAN 7'],
  ['a list of plugins', { name: 'x', plugins: [{ type: 'bridge', bridge: 'br1' }] }, 'Linux bridge br1, untagged'],
  ['the console’s empty ipam', { type: 'bridge', bridge: 'br1', ipam: {} }, 'Linux bridge br1, untagged'],
  ['addresses', { type: 'bridge', bridge: 'br1', ipam: { type: 'whereabouts' } }, 'Linux bridge br1, untagged (assigns IP addresses)'],
  ['a trunk', { type: 'bridge', bridge: 'br1', vlanTrunk: [{ id: 1 }] }, 'Linux bridge br1, untagged (carries several VLANs)'],
  ['macvlan', { type: 'macvlan' }, 'a network of type macvlan'],
  ['no JSON', 'oops', 'a configuration that cannot be read'],
])('%s is read', (_, config, expected) => {
  const one = typeof config === 'string' ? { metadata: { name: 'x' }, spec: { config } } : nad('x', config);
  expect(nadText(plainEnglish, one)).toBe(expected);
});

test('a localnet that names another object is not ours to use', () => {
  const config = { type: 'ovn-k8s-cni-overlay', topology: 'localnet', name: 'physnet', netAttachDefName: 'else/where', vlanID: 3 };
  expect(readNad(nad('x', config))).toMatchObject({ state: 'network', vlan: 3, flaw: 'WrongReference' });
});

describe('what is missing', () => {
  test('port groups of one VLAN share a network; what is there under another name counts', () => {
    const present = [nad('by-hand', { type: 'bridge', bridge: 'br1', vlan: 100 })];
    const arranged = arrangeNads(wish(bridge, wanted('web', 200), wanted('app', 100), wanted('web2', 200)), present);
    expect(arranged.map(({ vlan, existing, missing }) => [vlan, namesOf(existing), namesOf(missing)])).toEqual([
      [100, ['by-hand'], []],
      [200, [], ['web-vlan-200']],
    ]);
  });

  test('a VM with three NICs on one port group needs three networks', () => {
    const [arranged] = arrangeNads(wish(bridge, wanted('web', 200, { nicsPerVm: 3 })), [nad('web-vlan-200', { type: 'bridge', bridge: 'br1', vlan: 200 })]);
    expect(namesOf(arranged?.missing ?? [])).toEqual(['web-vlan-200-2', 'web-vlan-200-3']);
  });

  test('two untagged port groups with the same name and other VLANs get other names', () => {
    const arranged = arrangeNads(wish(bridge, wanted('app-100', 100), wanted('app-100', undefined, { id: 'network-7' })), []);
    expect(arranged.flatMap(({ missing }) => namesOf(missing))).toEqual(['app-100', 'app-100-network-7']);
  });

  test('is created, once: the second run finds it', async () => {
    const cluster = memoryCluster(project);
    const both = wish(localnet, wanted('web', 200), wanted('app', 100));
    expect((await run(cluster, both)).ok).toBe(true);
    expect(namesOf(cluster.all('networkAttachmentDefinitions')).sort()).toEqual(['app-vlan-100', 'web-vlan-200']);
    const before = cluster.writes.length;
    expect((await run(cluster, both)).ok).toBe(true);
    expect(cluster.writes).toHaveLength(before);
  });

  test('one name in the way, and nothing is written', async () => {
    const cluster = memoryCluster(project);
    cluster.put('networkAttachmentDefinitions', nad('web-vlan-200', { type: 'bridge', bridge: 'other', vlan: 200 }));
    const outcome = await run(cluster, wish(bridge, wanted('app', 100), wanted('web', 200)));
    expect(cluster.all('networkAttachmentDefinitions')).toHaveLength(1);
    if (outcome.ok || outcome.error.code !== 'Refused') throw new Error('not refused');
    expect(nameTakenText(plainEnglish, outcome.error.problem)).toContain(
      'web-vlan-200 with other content: Linux bridge other, VLAN 200. Wanted is Linux bridge br1, VLAN 200.',
    );
  });

  test('a lost answer leaves one network, not two', async () => {
    const cluster = memoryCluster(project);
    cluster.fail({ verb: 'create', kind: 'networkAttachmentDefinitions', failure: 'Unreachable', when: 'after' });
    expect((await run(cluster, wish(bridge, wanted('web', 200)))).ok).toBe(true);
    expect(cluster.all('networkAttachmentDefinitions')).toHaveLength(1);
  });
});

test('networks of the project default count, once, and keep no name from being used', () => {
  const inDefault = (onBridge: string): NetworkAttachmentDefinition[] => [
    { ...nad('', { type: 'bridge', bridge: onBridge, vlan: 200 }), metadata: { name: 'web-vlan-200', namespace: 'default' } },
  ];
  const common = inDefault('br1');
  const one = wish(bridge, wanted('web', 200));
  expect(arrangeNads({ ...one, common }, [])).toMatchObject([{ existing: common, missing: [], inTheWay: [] }]);
  expect(arrangeNads({ ...one, project: 'default', common }, common)[0]?.existing).toHaveLength(1);
  // One VM has two NICs on it: the second network is the project's own, in spite of the other VLAN's in default.
  const [two] = arrangeNads({ ...wish(bridge, wanted('web', 200, { nicsPerVm: 2 })), common }, []);
  expect(namesOf(two?.missing ?? [])).toEqual(['web-vlan-200-2']);
  expect(arrangeNads({ ...one, common: inDefault('br2') }, [])).toMatchObject([
    { existing: [], missing: [{ metadata: { name: 'web-vlan-200', namespace: project } }] },
  ]);
});
