import { nameOfChange } from '../../change';
import type { VmNetwork } from '../../migration-objects';
import type { NetworkAttachmentDefinition } from '../../objects';
import { declaredBy } from '../../ownership';
import { plainEnglish } from '../../translate';
import { entryOf, mapOf, networksSeen, planOf, policyOf } from '../../../testing/networks-seen';
import { nadOf } from '../nad';
import { nameIndex } from './name-index';
import { planNetworks } from './plan-networks';
import type { NetworksSeen } from './world';

const release = { namespace: 'migration-prep', name: 'prep' };

const made = (metadata: Partial<NetworkAttachmentDefinition['metadata']> = {}): NetworkAttachmentDefinition => {
  const nad = nadOf({
    name: 'web',
    namespace: 'vms',
    network: { attachment: { kind: 'linux-bridge', bridge: 'br1' }, tag: 100, mtu: undefined, anyMac: false },
    provider: 'openshift-mtv/vc',
    portGroups: [],
  });
  const annotations = { ...nad.metadata.annotations, ...declaredBy(release) };
  return { ...nad, metadata: { ...nad.metadata, uid: 'uid-web', annotations, ...metadata } };
};

const on = (...networkNames: readonly string[]): readonly VmNetwork[] => [
  { name: 'default' },
  ...networkNames.map((networkName) => ({ name: 'nic', multus: { networkName } })),
];

const vm = (namespace: string, ...networkNames: readonly string[]): Partial<NetworksSeen> => ({
  virtualMachines: {
    state: 'loaded',
    items: [{ metadata: { name: 'vm', namespace }, spec: { template: { spec: { networks: on(...networkNames) } } } }],
  },
});

const instance = (namespace: string, ...networkNames: readonly string[]): Partial<NetworksSeen> => ({
  virtualMachineInstances: {
    state: 'loaded',
    items: [{ metadata: { name: 'vm', namespace }, spec: { networks: on(...networkNames) } }],
  },
});

const unknown = { state: 'failed', failure: { code: 'Forbidden', message: '' } } as const;
const removed = ['delete vms/web uid-web'];

test.each<[string, Partial<NetworksSeen>, readonly string[]]>([
  ['nothing names it', {}, removed],
  ['values do not say that it goes', { policy: policyOf({}) }, []],
  ['its project is not among those of the policy', { policy: policyOf({ removeUnused: true, namespaces: ['a'] }) }, []],
  ['its project is', { policy: policyOf({ removeUnused: true, namespaces: ['vms'] }) }, removed],
  ['somebody else made it', { nads: [made({ labels: {} })] }, []],
  ['the page made it', { nads: [made({ annotations: {} })] }, []],
  ['another release made it', { nads: [made({ annotations: declaredBy({ ...release, name: 'other' }) })] }, []],
  ['one in another project made it', { nads: [made({ annotations: declaredBy({ ...release, namespace: 'x' }) })] }, []],
  ['it is on its way', { nads: [made({ deletionTimestamp: '2026-01-01T00:00:00Z' })] }, []],
  ['a map names it', { networkMaps: [mapOf('map', [entryOf('pg-9', 'vms/web')])] }, []],
  ['a map names another', { networkMaps: [mapOf('map', [entryOf('pg-9', 'vms/web-2')])] }, removed],
  ['a map names one in another project', { networkMaps: [mapOf('map', [entryOf('pg-9', 'default/web')])] }, removed],
  [
    'a map names a pod network',
    { networkMaps: [mapOf('map', [{ destination: { type: 'pod', namespace: 'vms', name: 'web' } }])] },
    removed,
  ],
  [
    'a plan copies disks through it',
    { plans: [planOf('wave', 'map', { transferNetwork: { namespace: 'vms', name: 'web' }, archived: true })] },
    [],
  ],
  [
    'the same without a project',
    { plans: [planOf('wave', 'map', { transferNetwork: { name: 'web' }, archived: true })] },
    [],
  ],
  [
    'a plan copies disks through another',
    { plans: [planOf('wave', 'map', { transferNetwork: { namespace: 'vms', name: 'a' }, archived: true })] },
    removed,
  ],
  [
    'a plan in the archive has a map that names it',
    { plans: [planOf('wave', 'map', { archived: true })], networkMaps: [mapOf('map', [entryOf('pg-9', 'vms/web')])] },
    [],
  ],
  ['a virtual machine names it', vm('vms', 'web'), []],
  ['with its project', vm('vms', 'vms/web'), []],
  ['one of another project', vm('other', 'vms/web'), []],
  ['one of another project has its own of that name', vm('other', 'web'), removed],
  ['it names one in default', vm('vms', 'default/web'), removed],
  ['a virtual machine has the pod network only', vm('vms'), removed],
  ['one that runs names it', instance('vms', 'web'), []],
  ['with its project, and runs', instance('other', 'vms/web'), []],
  ['one that runs has another', instance('vms', 'web-2'), removed],
  ['virtual machines cannot be listed', { virtualMachines: unknown }, ['UsersUnknown vms/web']],
  ['nor those that run', { virtualMachineInstances: { state: 'absent' } }, ['UsersUnknown vms/web']],
  ['they are still being listed', { virtualMachines: { state: 'loading' } }, ['UsersUnknown vms/web']],
  [
    'they cannot be listed, and a map names it',
    { virtualMachines: unknown, networkMaps: [mapOf('map', [entryOf('pg-9', 'vms/web')])] },
    [],
  ],
  ['they cannot be listed, and it is not ours', { virtualMachines: unknown, nads: [made({ labels: {} })] }, []],
])('when %s', (_, given, expected) => {
  const { changes, notes } = planNetworks(
    networksSeen({ plans: [], networkMaps: [], nads: [made()], policy: policyOf({ removeUnused: true }), ...given }),
  );
  expect([
    ...changes.map((change) => {
      const { verb, namespace, name } = nameOfChange(change);
      return `${verb} ${namespace ?? ''}/${name} ${change.verb === 'delete' ? change.uid : ''}`;
    }),
    ...notes.map(({ about, reason }) => `${reason} ${about.namespace}/${about.name}`),
  ]).toEqual(expected);
});

test('it says which kinds cannot be listed, on the network', () => {
  const [note] = planNetworks(
    networksSeen({
      plans: [],
      nads: [made()],
      policy: policyOf({ removeUnused: true }),
      networkMaps: [],
      virtualMachines: unknown,
      virtualMachineInstances: unknown,
    }),
  ).notes;
  expect(note?.about).toEqual({ kind: 'networkAttachmentDefinitions', namespace: 'vms', name: 'web', uid: 'uid-web' });
  expect(note?.text(plainEnglish)).toBe(
    'Nothing is known to use vms/web any more, but VirtualMachine, VirtualMachineInstance cannot be listed. It is kept until they can.',
  );
});

test('an index forgets what an owner no longer names', () => {
  const index = nameIndex();
  const owners = (key: string) => [...index.ownersOf(key)].sort();
  index.set('a', ['x', 'y', 'x']);
  index.set('b', ['x']);
  expect([owners('x'), owners('y'), owners('z')]).toEqual([['a', 'b'], ['a'], []]);
  index.set('a', ['z']);
  expect([owners('x'), owners('y'), owners('z')]).toEqual([['b'], [], ['a']]);
  index.set('a', []);
  index.set('b', []);
  expect([owners('x'), owners('y'), owners('z')]).toEqual([[], [], []]);
});
