import { memoryCluster } from '../../testing/memory-cluster';
import { converge } from '../converge';
import type { NetworkAttachmentDefinition } from '../objects';
import { plainEnglish } from '../translate';
import { nadOf } from './nad';
import type { Attachment, Network } from './network';
import { readNad } from './read-nad';
import { nameTakenText } from './name-taken-text';
import { arrangeNads, networkName } from './arrange-nads';
import { networksNeeds, planNads } from './plan-nads';
import type { NetworksWish, WantedPortGroup } from './arrange-nads';

const bridge: Attachment = { kind: 'linux-bridge', bridge: 'br1' };
const localnet: Attachment = { kind: 'localnet', mapping: 'physnet' };
const project = 'migration-target';
const on = (attachment: Attachment, tag: Network['tag'], patch: Partial<Network> = {}): Network => ({
  attachment,
  tag,
  mtu: attachment.kind === 'localnet' ? 1500 : undefined,
  anyMac: false,
  ...patch,
});
type Wanted = Omit<WantedPortGroup, 'network'> & { readonly network?: Network };
const wanted = (name: string, vlan: WantedPortGroup['vlan'], patch: Partial<WantedPortGroup> = {}): Wanted => ({
  id: `dvportgroup-${name}`,
  name,
  vlan,
  copies: 1,
  ...patch,
});
/** Port groups on one attachment; one that says its own network stays on that. */
const wish = (attachment: Attachment, ...portGroups: Wanted[]): NetworksWish => ({
  project,
  provider: 'openshift-mtv/vcenter',
  portGroups: portGroups.map((each) => ({ ...each, network: each.network ?? on(attachment, each.vlan) })),
});
const nad = (name: string, config: object): NetworkAttachmentDefinition => ({
  metadata: { name, namespace: project },
  spec: { config: JSON.stringify(config) },
});
const namesOf = (nads: readonly NetworkAttachmentDefinition[]) => nads.map(({ metadata }) => metadata.name);
const run = (cluster: ReturnType<typeof memoryCluster>, what: NetworksWish) =>
  converge({ cluster, needs: networksNeeds(project), plan: planNads(what), onProgress: () => undefined });

test.each<[string, WantedPortGroup['vlan'], string]>([
  ['web', 200, 'web-vlan-200'],
  ['app-100', 100, 'app-100'],
  ['app 1100', 100, 'app-1100-vlan-100'],
  ['VM Network', undefined, 'vm-network'],
  ['x'.repeat(80), 4094, `${'x'.repeat(53)}-vlan-4094`],
  ['uplink', { trunk: '10-20' }, 'uplink-trunk'],
  ['case 24: Büro-Netz', 7, 'case-24-buro-netz-vlan-7'],
  ['straße', 7, 'strasse-vlan-7'],
  ['Ærø Łódź', 7, 'aero-lodz-vlan-7'],
  ['日本', 5, 'dvportgroup-9-vlan-5'],
  ['大阪', undefined, 'dvportgroup-9'],
  ['日本', 9, 'dvportgroup-9-vlan-9'],
  ['東京-100', 100, '100'],
])('%s on VLAN %p is called %s', (name, vlan, expected) => {
  expect(networkName({ id: 'dvportgroup-9', name }, vlan)).toBe(expected);
});

test('a Linux bridge and a localnet, as OpenShift Virtualization wants them', () => {
  const of = (network: Network) => nadOf({ name: 'web', namespace: project, network, provider: 'p', portGroups: [] });
  const configOf = (network: Network) => JSON.parse(of(network).spec?.config ?? '') as unknown;
  expect(configOf(on(bridge, 200))).toEqual({
    cniVersion: '0.3.1',
    name: 'web',
    type: 'bridge',
    bridge: 'br1',
    macspoofchk: true,
    vlan: 200,
    preserveDefaultVlan: false,
  });
  expect(configOf(on(bridge, undefined))).not.toHaveProperty('vlan');
  expect(of(on(bridge, 200)).metadata.annotations?.['k8s.v1.cni.cncf.io/resourceName']).toBe(
    'bridge.network.kubevirt.io/br1',
  );
  expect(configOf(on(localnet, 200))).toEqual({
    cniVersion: '0.3.1',
    name: 'physnet-vlan-200-mtu-1500',
    type: 'ovn-k8s-cni-overlay',
    topology: 'localnet',
    netAttachDefName: 'migration-target/web',
    physicalNetworkName: 'physnet',
    vlanID: 200,
    mtu: 1500,
  });
  expect(configOf(on(localnet, undefined, { mtu: 9000 }))).toMatchObject({
    name: 'physnet-untagged-mtu-9000',
    mtu: 9000,
  });
  expect(of(on(localnet, 200)).metadata.annotations).not.toHaveProperty(['k8s.v1.cni.cncf.io/resourceName']);
});

test.each<[string, Network, object]>([
  ['case 25: any MAC address', on(bridge, 200, { anyMac: true }), { macspoofchk: false, vlan: 200 }],
  ['case 26: an MTU', on(bridge, 200, { mtu: 9000 }), { mtu: 9000 }],
  [
    'case 27: a trunk to the guest',
    on(bridge, { trunk: '10-20,30' }),
    { vlanTrunk: [{ minID: 10, maxID: 20 }, { id: 30 }], preserveDefaultVlan: false },
  ],
])('%s is written and read back', (_, network, expected) => {
  const nad = nadOf({ name: 'x', namespace: project, network, provider: 'p', portGroups: [] });
  expect(JSON.parse(nad.spec?.config ?? '')).toMatchObject(expected);
  expect(readNad(nad)).toEqual({ state: 'network', network });
});

describe('what is missing', () => {
  test('port groups of one VLAN share a network; what is there under another name counts', () => {
    const present = [nad('by-hand', { type: 'bridge', bridge: 'br1', vlan: 100 })];
    const arranged = arrangeNads(wish(bridge, wanted('web', 200), wanted('app', 100), wanted('web2', 200)), present);
    expect(
      arranged.map(({ network: { tag }, existing, missing }) => [tag, namesOf(existing), namesOf(missing)]),
    ).toEqual([
      [100, ['by-hand'], []],
      [200, [], ['web-vlan-200']],
    ]);
  });

  test('three networks, where a VM with three NICs needs them', () => {
    const [arranged] = arrangeNads(wish(bridge, wanted('web', 200, { copies: 3 })), [
      nad('web-vlan-200', { type: 'bridge', bridge: 'br1', vlan: 200 }),
    ]);
    expect(namesOf(arranged?.missing ?? [])).toEqual(['web-vlan-200-2', 'web-vlan-200-3']);
  });

  test('two untagged port groups with the same name and other VLANs get other names', () => {
    const arranged = arrangeNads(
      wish(bridge, wanted('app-100', 100), wanted('app-100', undefined, { id: 'network-7' })),
      [],
    );
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
    cluster.put('networkAttachmentDefinitions', nad('mine', { type: 'bridge', bridge: 'other', vlan: 200 }));
    const outcome = await run(cluster, wish(bridge, wanted('app', 100), wanted('web', 200, { chosenName: 'mine' })));
    expect(cluster.all('networkAttachmentDefinitions')).toHaveLength(1);
    if (outcome.ok || outcome.error.code !== 'Refused') throw new Error('not refused');
    expect(nameTakenText(plainEnglish, outcome.error.problem)).toContain(
      'another network named mine: Linux bridge other, VLAN 200. Needed: Linux bridge br1, VLAN 200.',
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
    {
      ...nad('', { type: 'bridge', bridge: onBridge, vlan: 200 }),
      metadata: { name: 'web-vlan-200', namespace: 'default' },
    },
  ];
  const common = inDefault('br1');
  const one = wish(bridge, wanted('web', 200));
  expect(arrangeNads({ ...one, common }, [])).toMatchObject([{ existing: common, missing: [], inTheWay: [] }]);
  expect(arrangeNads({ ...one, project: 'default', common }, common)[0]?.existing).toHaveLength(1);
  // One VM has two NICs on it: the second network is the project's own, in spite of the other VLAN's in default.
  const [two] = arrangeNads({ ...wish(bridge, wanted('web', 200, { copies: 2 })), common }, []);
  expect(namesOf(two?.missing ?? [])).toEqual(['web-vlan-200-2']);
  expect(arrangeNads({ ...one, common: inDefault('br2') }, [])).toMatchObject([
    { existing: [], missing: [{ metadata: { name: 'web-vlan-200', namespace: project } }] },
  ]);
});

describe('one wire, one network', () => {
  const other: Attachment = { kind: 'linux-bridge', bridge: 'br2' };
  const names = (what: NetworksWish, present: NetworkAttachmentDefinition[] = []) =>
    arrangeNads(what, present).flatMap(({ missing }) => namesOf(missing));

  test('case 1: one VLAN on two bridges is two networks, told apart by their names', () => {
    const second = wanted('prod-100', 100, { id: 'dvportgroup-z', network: on(other, 100) });
    expect(names(wish(bridge, wanted('prod-100', 100), second))).toEqual(['prod-100', 'prod-100-br2']);
  });

  test('case 10: on a bridge that is in the VLAN, a network without tag counts, and is what is written', () => {
    const br10: Attachment = { kind: 'linux-bridge', bridge: 'br10' };
    const what = wish(br10, wanted('app-10', 10, { network: on(br10, undefined) }));
    const there = nad('vlan10', { name: 'vlan10', type: 'cnv-bridge', bridge: 'br10' });
    expect(arrangeNads(what, [there])).toMatchObject([{ existing: [there], missing: [] }]);
    const [{ missing } = { missing: [] }] = arrangeNads(what, [
      nad('twice', { type: 'bridge', bridge: 'br10', vlan: 10 }),
    ]);
    expect(namesOf(missing)).toEqual(['app-10']);
    expect(JSON.parse(missing[0]?.spec?.config ?? '')).not.toHaveProperty('vlan');
  });

  test('case 2: a localnet of another MTU, or of none, is another network', () => {
    const config = {
      type: 'ovn-k8s-cni-overlay',
      topology: 'localnet',
      name: 'x',
      physicalNetworkName: 'physnet',
      vlanID: 100,
    };
    const of = (name: string, mtu?: number) =>
      nad(name, { ...config, netAttachDefName: `${project}/${name}`, ...(mtu !== undefined && { mtu }) });
    const [arranged] = arrangeNads(wish(localnet, wanted('app', 100)), [
      of('none'),
      of('jumbo', 9000),
      of('right', 1500),
    ]);
    expect(namesOf(arranged?.existing ?? [])).toEqual(['right']);
    expect(arranged?.unfit.map(({ nad: { metadata }, flaw }) => [metadata.name, flaw.code])).toEqual([
      ['none', 'Mtu'],
      ['jumbo', 'Mtu'],
    ]);
  });

  test('case 25: a network that drops other MAC addresses cannot stand in where they are needed; the other way round it can', () => {
    const strict = nad('strict', { type: 'bridge', bridge: 'br1', vlan: 100, macspoofchk: true });
    const open = nad('open', { type: 'bridge', bridge: 'br1', vlan: 100 });
    const nested = wanted('app', 100, { network: on(bridge, 100, { anyMac: true }) });
    expect(arrangeNads(wish(bridge, nested), [strict])[0]?.existing).toEqual([]);
    expect(arrangeNads(wish(bridge, wanted('app', 100)), [open])[0]?.existing).toEqual([open]);
  });

  test('C8: a Linux bridge, a localnet and another bridge in one project collide in no name', () => {
    const both = [wanted('app-100', 100), wanted('web', 200)];
    const made = arrangeNads(wish(bridge, ...both), []).flatMap(({ missing }) => missing);
    const second = arrangeNads(wish(localnet, ...both), made);
    expect(second.flatMap(({ inTheWay }) => inTheWay)).toEqual([]);
    expect(second.flatMap(({ missing }) => namesOf(missing))).toEqual(['app-100-physnet', 'web-vlan-200-physnet']);
    expect(names(wish(other, ...both), made)).toEqual(['app-100-br2', 'web-vlan-200-br2']);
    const jumbo = on(bridge, 100, { mtu: 9000 });
    expect(names(wish(bridge, wanted('app-100', 100, { network: jumbo })), made)).toEqual(['app-100-mtu-9000']);
    expect(names(wish(bridge, wanted('app-100', 100, { network: on(bridge, 100, { anyMac: true }) })), made)).toEqual([
      'app-100-any-mac',
    ]);
  });

  test('a name that something else holds is not waited for', () => {
    const holder = nad('web-vlan-200', { type: 'macvlan' });
    expect(names(wish(bridge, wanted('web', 200)), [holder])).toEqual(['web-vlan-200-br1']);
    const [arranged] = arrangeNads(wish(bridge, wanted('web', 200, { copies: 2 })), [holder]);
    expect(namesOf(arranged?.missing ?? [])).toEqual(['web-vlan-200-br1', 'web-vlan-200-2']);
  });

  test('names that fold to the same stay apart, and within 63 characters', () => {
    const long = 'Büro '.repeat(20);
    const made = names(
      wish(
        bridge,
        wanted(long, 7, { id: 'dvportgroup-1' }),
        wanted(long.replaceAll('ü', 'u'), 7, { id: 'dvportgroup-2', network: on(other, 7) }),
        wanted('日本', 8, { id: 'dvportgroup-3' }),
        wanted('大阪', 9, { id: 'dvportgroup-4' }),
      ),
    );
    expect(new Set(made).size).toBe(4);
    for (const name of made) expect(name).toMatch(/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/);
  });

  test('joining is linear: twice as much takes about twice as long', () => {
    const measure = (size: number): number => {
      const groups = Array.from({ length: size }, (_, at) => {
        const attachment: Attachment = { kind: 'linux-bridge', bridge: `br${String(Math.floor(at / 4094))}` };
        return wanted(`net-${String(at)}`, (at % 4094) + 1, { network: on(attachment, (at % 4094) + 1) });
      });
      const what = wish(bridge, ...groups);
      const present = arrangeNads(what, []).flatMap(({ missing }) => missing);
      const times = Array.from({ length: 3 }, () => {
        const start = performance.now();
        arrangeNads(what, present);
        return performance.now() - start;
      });
      return Math.min(...times);
    };
    const [small, large] = [measure(1000), measure(8000)];
    // Quadratic work would be 64 times as much.
    expect(large / small).toBeLessThan(24);
  });
});
