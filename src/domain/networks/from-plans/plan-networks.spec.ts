import { nameOfChange } from '../../change';
import type { NetworkMapEntry } from '../../migration-objects';
import type { NetworkAttachmentDefinition } from '../../objects';
import { err } from '../../result';
import { plainEnglish } from '../../translate';
import {
  entryOf,
  mapOf,
  networksSeen,
  pair,
  planOf,
  policyOf,
  projectsCalled,
  providerOf,
  ruleOf,
} from '../../../testing/networks-seen';
import { nadOf } from '../nad';
import type { Network } from '../network';
import { readNodeNetworks } from '../node-networks';
import type { NodeNetworks } from '../node-networks';
import { planNetworks } from './plan-networks';
import { mayPassUnseen } from './reasons';
import type { NetworksSeen } from './world';

type Given = Partial<NetworksSeen>;

const vlan100: Network = {
  attachment: { kind: 'linux-bridge', bridge: 'br1' },
  tag: 100,
  mtu: undefined,
  anyMac: false,
};

const nadAt = (namespace: string, name: string, network: Network = vlan100): NetworkAttachmentDefinition =>
  nadOf({ name, namespace, network, provider: 'openshift-mtv/vc', portGroups: [] });

/** A map with these entries, and the plan that has it. */
const mapped = (...entries: readonly NetworkMapEntry[]): Given => ({ networkMaps: [mapOf('map', entries)] });

const ruled = (...rules: readonly Parameters<typeof ruleOf>[0][]): Given => ({
  policy: policyOf({ rules: rules.map(ruleOf) }),
});

const from = (source: NonNullable<NetworkMapEntry['source']>): Given =>
  mapped({ source, destination: { type: 'multus', namespace: 'vms', name: 'web' } });

const to = (destination: NonNullable<NetworkMapEntry['destination']>): Given =>
  mapped({ source: { id: 'pg-100' }, destination });

const nodesWith = (uplink: { state: 'vlan'; vlan: number } | { state: 'differs' }): NodeNetworks =>
  readNodeNetworks(
    ['node-1', 'node-2'].map((name, at) => {
      const vlan = { 'base-iface': 'bond0', id: uplink.state === 'vlan' ? uplink.vlan : at };
      const interfaces = [
        { name: 'up', type: 'vlan', vlan },
        { name: 'br1', type: 'linux-bridge', bridge: { port: [{ name: 'up' }] } },
      ];
      return { metadata: { name }, status: { currentState: { interfaces } } };
    }),
  );

const outcome = (given: Given) => {
  const { changes, notes } = planNetworks(networksSeen(given));
  return [
    ...changes.map(nameOfChange).map(({ verb, kind, namespace = '', name }) => `${verb} ${kind} ${namespace}/${name}`),
    ...notes.map(
      ({ about, reason, destination }) =>
        `${about.name}: ${reason}${destination === undefined ? '' : ` ${destination}`}`,
    ),
  ];
};

const created = ['create networkAttachmentDefinitions vms/web'];

test.each<[string, Given, readonly string[]]>([
  // What is created.
  ['a network that a plan lacks', {}, created],
  ['one that is there and fits', { nads: [nadAt('vms', 'web')] }, []],
  ['one that is there elsewhere only', { nads: [nadAt('default', 'web')] }, created],
  [
    'one in the common project',
    to({ type: 'multus', namespace: 'default', name: 'web' }),
    ['create networkAttachmentDefinitions default/web'],
  ],
  [
    'destinations that are no networks',
    mapped(
      { source: { id: 'pg-100' }, destination: { type: 'pod' } },
      { source: { id: 'pg-101' }, destination: { type: 'ignored' } },
    ),
    [],
  ],
  [
    'several entries for the NICs of a VM',
    mapped(entryOf('pg-100', 'vms/web'), entryOf('pg-100', 'vms/web-2')),
    [...created, 'create networkAttachmentDefinitions vms/web-2'],
  ],
  ['an entry twice', mapped(entryOf('pg-100', 'vms/web'), entryOf('pg-100', 'vms/web')), created],
  ['two plans with one map', { plans: [planOf('wave-1', 'map'), planOf('wave-2', 'map')] }, created],
  ['a port group by its name', from({ name: 'web-100' }), created],
  ['by its path', from({ name: '/DC0/network/web-100' }), created],
  ['by the end of its path', from({ name: 'network/web-100' }), created],
  ['by its path, where the name is twice', from({ name: '/DC1/network/twice' }), created],
  ['by a name with a slash, as the inventory writes it', from({ name: 'left%2fright' }), created],
  ['by its id, whatever the name is', from({ id: 'pg-100', name: 'twice' }), created],
  ['an untagged standard port group', from({ id: 'net-0' }), created],
  [
    'what may be untagged, and is declared so',
    { ...from({ id: 'pg-none' }), ...ruled({ portGroup: 'untagged-*', vlan: 'untagged' }) },
    created,
  ],
  ['an isolated switch that a rule names', { ...from({ id: 'pg-isolated' }), ...ruled({ switch: 'Iso*' }) }, created],
  ['an unknown switch, where rules name none', from({ id: 'pg-lost' }), created],
  [
    'a project that may be created',
    {
      namespaces: { state: 'loaded', items: projectsCalled('default') },
      policy: policyOf({ createNamespaces: ['vms'] }),
    },
    ['create namespaces /vms', ...created],
  ],
  [
    'a project that cannot be looked at',
    { namespaces: { state: 'failed', failure: { code: 'Forbidden', message: '' } } },
    created,
  ],
  ['a project that is allowed', { policy: policyOf({ namespaces: ['other', 'vms'] }) }, created],
  [
    'a certain plan beside one that is not',
    {
      plans: [planOf('wave-1', 'map'), planOf('wave-2', 'other')],
      networkMaps: [mapOf('map', [entryOf('pg-100', 'vms/web')]), mapOf('other', [entryOf('pg-trunk', 'vms/web')])],
    },
    [...created, 'wave-2: VlanTrunk vms/web'],
  ],
  [
    'two port groups of which one is in another VLAN than the bridge',
    {
      ...mapped(entryOf('pg-100', 'vms/web'), entryOf('pg-none', 'vms/web')),
      ...ruled({ portGroup: 'untagged-*', vlan: 'untagged' }, { vlan: '100' }),
      nodes: nodesWith({ state: 'vlan', vlan: 100 }),
    },
    ['wave-1: OtherVlan vms/web'],
  ],
  ['a bridge that is in the VLAN already', { nodes: nodesWith({ state: 'vlan', vlan: 100 }) }, created],
  // Whose plans are left alone.
  ['a source other than vSphere', { providers: [providerOf('vc', 'ovirt'), providerOf('host', 'openshift')] }, []],
  [
    'another OpenShift as source',
    { plans: [planOf('wave-1', 'map', { provider: { ...pair, source: pair.destination } })] },
    [],
  ],
  [
    'another cluster as target',
    {
      providers: [
        providerOf('vc', 'vsphere'),
        { ...providerOf('host', 'openshift'), spec: { type: 'openshift', url: 'https://api.example.com:6443' } },
      ],
    },
    [],
  ],
  ['a plan in the archive', { plans: [planOf('wave-1', 'map', { archived: true })] }, []],
  [
    'a plan that is being deleted',
    {
      plans: [
        {
          ...planOf('wave-1', 'map'),
          metadata: { name: 'wave-1', namespace: 'plans', deletionTimestamp: '2026-01-01T00:00:00Z' },
        },
      ],
    },
    [],
  ],
  ['a plan without a spec', { plans: [{ metadata: { name: 'wave-1', namespace: 'plans' } }] }, []],
  ['a map that no plan has', { plans: [] }, []],
  ['a map without entries', mapped(), []],
  // What the plan refers to.
  ['no map', { plans: [planOf('wave-1', 'map', { map: {} })] }, ['wave-1: NetworkMapNotGiven']],
  [
    'a map without a project',
    { plans: [planOf('wave-1', 'map', { map: { network: { name: 'map' } } })] },
    ['wave-1: NetworkMapNotGiven'],
  ],
  ['a map that is not there', { networkMaps: [] }, ['wave-1: NetworkMapMissing']],
  [
    'a map in another project',
    { networkMaps: [{ ...mapOf('map', []), metadata: { name: 'map', namespace: 'vms' } }] },
    ['wave-1: NetworkMapMissing'],
  ],
  ['no providers', { plans: [planOf('wave-1', 'map', { provider: {} })] }, ['wave-1: ProviderNotGiven']],
  [
    'no target',
    { plans: [planOf('wave-1', 'map', { provider: { source: pair.source } })] },
    ['wave-1: ProviderNotGiven'],
  ],
  ['a provider that is not there', { providers: [providerOf('host', 'openshift')] }, ['wave-1: ProviderMissing']],
  ['a target that is not there', { providers: [providerOf('vc', 'vsphere')] }, ['wave-1: ProviderMissing']],
  ['the same, where no network is missing', { providers: [], nads: [nadAt('vms', 'web')] }, []],
  [
    'a provider that is not ready',
    { providers: [providerOf('vc', 'vsphere', false), providerOf('host', 'openshift')] },
    ['wave-1: ProviderNotReady'],
  ],
  [
    'the same, where no network is missing',
    { providers: [providerOf('vc', 'vsphere', false), providerOf('host', 'openshift')], nads: [nadAt('vms', 'web')] },
    [],
  ],
  [
    'a map for another provider',
    {
      networkMaps: [
        mapOf('map', [entryOf('pg-100', 'vms/web')], { ...pair, source: { name: 'vc-2', namespace: 'openshift-mtv' } }),
      ],
    },
    ['wave-1: ProvidersDiffer'],
  ],
  ['an inventory that nobody has read', { inventories: new Map() }, ['wave-1: InventoryLoading']],
  ...(['Loading', 'Down', 'Forbidden', 'SessionExpired', 'Unreachable', 'ServerError'] as const).map(
    (code): [string, Given, readonly string[]] => [
      `an inventory that answers ${code}`,
      { inventories: new Map([['uid-vc', err({ code })]]) },
      [`wave-1: Inventory${code}`],
    ],
  ),
  [
    'the same once for several networks',
    { ...mapped(entryOf('pg-100', 'vms/web'), entryOf('pg-200', 'vms/db')), inventories: new Map() },
    ['wave-1: InventoryLoading'],
  ],
  ['an inventory that is not needed', { inventories: new Map(), nads: [nadAt('vms', 'web')] }, []],
  // Where it is to be.
  [
    'a name with capital letters',
    to({ type: 'multus', namespace: 'vms', name: 'Web' }),
    ['wave-1: DestinationNameInvalid vms/Web'],
  ],
  ['no name', to({ type: 'multus', namespace: 'vms' }), ['wave-1: DestinationNameInvalid vms/']],
  [
    'a name with dots',
    to({ type: 'multus', namespace: 'vms', name: 'a.b' }),
    ['create networkAttachmentDefinitions vms/a.b'],
  ],
  [
    'a name of 253 characters',
    to({ type: 'multus', namespace: 'vms', name: 'a'.repeat(253) }),
    [`create networkAttachmentDefinitions vms/${'a'.repeat(253)}`],
  ],
  [
    'a name that is too long',
    to({ type: 'multus', namespace: 'vms', name: 'a'.repeat(254) }),
    [`wave-1: DestinationNameInvalid vms/${'a'.repeat(254)}`],
  ],
  ['no project', to({ type: 'multus', name: 'web' }), ['wave-1: DestinationWithoutProject /web']],
  [
    'a project that MTV does not look in',
    to({ type: 'multus', namespace: 'plans', name: 'web' }),
    ['wave-1: DestinationElsewhere plans/web'],
  ],
  [
    'a project that is not allowed',
    { policy: policyOf({ namespaces: ['default'] }) },
    ['wave-1: ProjectNotAllowed vms/web'],
  ],
  [
    'a project that is not there',
    { namespaces: { state: 'loaded', items: projectsCalled('default') } },
    ['wave-1: ProjectMissing vms/web'],
  ],
  [
    'one that is not there, and others may be created',
    { namespaces: { state: 'loaded', items: [] }, policy: policyOf({ createNamespaces: ['other'] }) },
    ['wave-1: ProjectMissing vms/web'],
  ],
  [
    'a project that is being deleted',
    {
      namespaces: { state: 'loaded', items: [{ metadata: { name: 'vms' }, status: { phase: 'Terminating' } }] },
      policy: policyOf({ createNamespaces: ['vms'] }),
    },
    ['wave-1: ProjectTerminating vms/web'],
  ],
  [
    'one that only begins to be',
    {
      namespaces: {
        state: 'loaded',
        items: [{ metadata: { name: 'vms', deletionTimestamp: '2026-01-01T00:00:00Z' } }],
      },
    },
    ['wave-1: ProjectTerminating vms/web'],
  ],
  // Which network it is to be.
  ['no source', from({}), ['wave-1: SourceNotGiven vms/web']],
  ['an id that is not there', from({ id: 'pg-999', name: 'web-100' }), ['wave-1: SourceMissing vms/web']],
  ['a name that is not there', from({ name: 'web' }), ['wave-1: SourceMissing vms/web']],
  ['a path that is not there', from({ name: '/DC9/network/web-100' }), ['wave-1: SourceMissing vms/web']],
  ['a switch instead of a port group', from({ id: 'dvs-1' }), ['wave-1: SourceMissing vms/web']],
  ['a name that is twice', from({ name: 'twice' }), ['wave-1: SourceAmbiguous vms/web']],
  ['a trunk', from({ id: 'pg-trunk' }), ['wave-1: VlanTrunk vms/web']],
  ['a trunk for which somebody made a network', { ...from({ id: 'pg-trunk' }), nads: [nadAt('vms', 'web')] }, []],
  ['what may be untagged', from({ id: 'pg-none' }), ['wave-1: VlanUntaggedOrPrivate vms/web']],
  ['hosts that disagree', from({ id: 'net-x' }), ['wave-1: VlanDisagreeing vms/web']],
  ['a segment of NSX', from({ id: 'opaque-1' }), ['wave-1: VlanUnknown vms/web']],
  ['no rule', ruled({ vlan: '200' }), ['wave-1: NoRule vms/web']],
  ['no rules', ruled(), ['wave-1: NoRule vms/web']],
  [
    'an unknown switch, where a rule names one',
    { ...from({ id: 'pg-lost' }), ...ruled({ switch: 'D*' }, {}) },
    ['wave-1: SwitchUnknown vms/web'],
  ],
  ['an isolated switch', from({ id: 'pg-isolated' }), ['wave-1: SwitchIsolated vms/web']],
  ['a bridge in different VLANs', { nodes: nodesWith({ state: 'differs' }) }, ['wave-1: NodesDiffer vms/web']],
  ['a bridge in another VLAN', { nodes: nodesWith({ state: 'vlan', vlan: 7 }) }, ['wave-1: OtherVlan vms/web']],
  [
    'two networks in one',
    mapped(entryOf('pg-100', 'vms/web'), entryOf('pg-200', 'vms/web')),
    ['wave-1: SourcesConflict vms/web'],
  ],
  [
    'two networks in one, of two plans',
    {
      plans: [planOf('wave-1', 'map'), planOf('wave-2', 'other')],
      networkMaps: [mapOf('map', [entryOf('pg-100', 'vms/web')]), mapOf('other', [entryOf('pg-200', 'vms/web')])],
    },
    ['wave-1: SourcesConflict vms/web', 'wave-2: SourcesConflict vms/web'],
  ],
  [
    'the same, where one may not have it',
    {
      plans: [planOf('wave-1', 'map'), planOf('wave-2', 'other', { targetNamespace: 'plans' })],
      networkMaps: [mapOf('map', [entryOf('pg-100', 'vms/web')]), mapOf('other', [entryOf('pg-200', 'vms/web')])],
    },
    [...created, 'wave-2: DestinationElsewhere vms/web'],
  ],
  [
    'one certain source of two',
    mapped(entryOf('pg-100', 'vms/web'), entryOf('pg-trunk', 'vms/web')),
    ['wave-1: VlanTrunk vms/web'],
  ],
  // What is there.
  [
    'a network with another VLAN',
    { nads: [nadAt('vms', 'web', { ...vlan100, tag: 101 })] },
    ['wave-1: NetworkDiffers vms/web'],
  ],
  ['with another MTU', { nads: [nadAt('vms', 'web', { ...vlan100, mtu: 9000 })] }, ['wave-1: NetworkDiffers vms/web']],
  ['with any MAC address, which is more', { nads: [nadAt('vms', 'web', { ...vlan100, anyMac: true })] }, []],
  [
    'one that cannot be read',
    { nads: [{ metadata: { name: 'web', namespace: 'vms' }, spec: { config: '{' } }] },
    ['wave-1: NetworkDiffers vms/web'],
  ],
  [
    'one that is right for one plan only',
    {
      plans: [planOf('wave-1', 'map'), planOf('wave-2', 'other')],
      networkMaps: [mapOf('map', [entryOf('pg-100', 'vms/web')]), mapOf('other', [entryOf('pg-200', 'vms/web')])],
      nads: [nadAt('vms', 'web')],
    },
    ['wave-2: NetworkDiffers vms/web'],
  ],
  [
    'one that is being deleted',
    {
      nads: [
        {
          ...nadAt('vms', 'web'),
          metadata: { name: 'web', namespace: 'vms', deletionTimestamp: '2026-01-01T00:00:00Z' },
        },
      ],
    },
    ['wave-1: NetworkLeaving vms/web'],
  ],
])('%s', (_, given, expected) => {
  expect(outcome(given)).toEqual(expected);
});

test.each<[string, Given, object, object]>([
  [
    'a bridge',
    {},
    { type: 'bridge', bridge: 'br1', vlan: 100, macspoofchk: true, preserveDefaultVlan: false },
    { 'k8s.v1.cni.cncf.io/resourceName': 'bridge.network.kubevirt.io/br1' },
  ],
  [
    'a localnet with its MTU',
    ruled({ mapping: 'physnet', mtu: 9000 }),
    {
      type: 'ovn-k8s-cni-overlay',
      physicalNetworkName: 'physnet',
      vlanID: 100,
      mtu: 9000,
      netAttachDefName: 'vms/web',
    },
    {},
  ],
  [
    'a bridge with an MTU and without the MAC check',
    ruled({ mtu: 9000, macspoofchk: false }),
    { mtu: 9000, macspoofchk: false },
    {},
  ],
  [
    'the first rule that matches',
    ruled(
      { portGroup: 'db-*', bridge: 'br2' },
      { vlan: '1-99,101-4094', bridge: 'br3' },
      { switch: 'DSw?tch', vlan: 100, bridge: 'br4' },
      {},
    ),
    { bridge: 'br4', vlan: 100 },
    {},
  ],
  [
    'no tag on a bridge that is in the VLAN already',
    { nodes: nodesWith({ state: 'vlan', vlan: 100 }) },
    expect.not.objectContaining({ vlan: 100 }) as object,
    {},
  ],
  [
    'no tag for what is declared untagged',
    { ...from({ id: 'pg-none' }), ...ruled({ portGroup: 'untagged-*', vlan: 'untagged' }) },
    expect.not.objectContaining({ vlan: expect.anything() as unknown }) as object,
    {},
  ],
])('what is created: %s', (_, given, config, annotations) => {
  const [change] = planNetworks(networksSeen(given)).changes;
  if (change?.verb !== 'create') throw new Error('Nothing is created.');
  const { metadata, spec } = change.object as NetworkAttachmentDefinition;
  expect(JSON.parse(spec?.config ?? '')).toMatchObject(config);
  expect(metadata).toMatchObject({
    name: 'web',
    namespace: 'vms',
    labels: { 'app.kubernetes.io/managed-by': 'migration-prep', 'app.kubernetes.io/part-of': 'migration-prep' },
    annotations: { 'migration-prep/declared-by': 'migration-prep/prep', ...annotations },
  });
});

test('what a note says is whole: every name is filled in, and why something is created', () => {
  const { notes } = planNetworks(networksSeen(from({ id: 'net-x' })));
  expect(notes.map(({ text }) => text(plainEnglish))).toEqual([
    'The ESXi hosts have different VLANs for the port group standard-disagreeing: VLAN 7 on esxi-host-1; VLAN 8 on esxi-host-2. Make them alike, or create vms/web yourself.',
  ]);
  expect(planNetworks(networksSeen()).changes.map(({ why }) => why(plainEnglish))).toEqual([
    'A migration plan maps the port groups web-100 to this network, which does not exist yet.',
  ]);
});

test.each([
  ['InventoryLoading', true],
  ['SourceMissing', true],
  ['VlanTrunk', true],
  ['NoRule', true],
  ['NodesDiffer', true],
  ['ProjectMissing', false],
  ['NetworkMapMissing', false],
  ['SourcesConflict', true],
  ['NetworkDiffers', false],
] as const)('whether %s may pass unseen', (reason, expected) => {
  expect(mayPassUnseen(reason)).toBe(expected);
});
