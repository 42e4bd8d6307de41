import type { NetworksSeen } from '../../src/domain/networks/from-plans/world';
import { planNetworks } from '../../src/domain/networks/from-plans/plan-networks';
import type { NetworksPolicy } from '../../src/domain/networks/rules';
import { isOurs, releaseOf } from '../../src/domain/ownership';
import { ok } from '../../src/domain/result';
import { beyond } from '../audit';
import type { ControlPlane } from '../hooks/control-plane';
import { startControlPlane } from '../hooks/control-plane';
import type { Started } from '../started';
import { fileWith, start } from '../hooks/program';
import { controllerRules } from '../hooks/rights';
import { startInventory } from './inventory-server';
import { project, providers, randomStep, targets } from './random-steps';
import { randomOf } from './random';
import { sourceNetworks } from './source-networks';
import { trespasses } from './writes-of';

const stepCount = Number(process.env.STEPS ?? 10_000);
const seed = Number(process.env.SEED ?? Date.now() % 1_000_000);
const atOnce = 16;
/** Steps after which the rules change, with a restart. */
const perPolicy = 1250;
const release = { namespace: 'default', name: 'prep' };
const networks = sourceNetworks(40);

const user = 'system:serviceaccount:default:controller';
/** What the chart permits. */
const chartRules = controllerRules({ release }, 'always', 'networks', 'createNamespaces', 'removeUnused');

/** What it may do: nothing keeps it from changing what is not its own but itself. */
const rules = [
  {
    apiGroups: ['forklift.konveyor.io', 'kubevirt.io', 'nmstate.io'],
    resources: ['*'],
    verbs: ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete'],
  },
  {
    apiGroups: ['k8s.cni.cncf.io', ''],
    resources: ['network-attachment-definitions', 'namespaces', 'events'],
    verbs: ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete'],
  },
];

const rule = { switch: '', portGroup: '', vlan: '', bridge: '', mapping: '', mtu: 0, macspoofchk: true } as const;
const policyBase: NetworksPolicy = { rules: [], namespaces: [], createNamespaces: [], removeUnused: true };
const policies: readonly [NetworksPolicy, ...NetworksPolicy[]] = [
  { ...policyBase, rules: [{ ...rule, vlan: '100-199', bridge: 'br1' }] },
  {
    ...policyBase,
    rules: [
      { ...rule, switch: 'DSwitch-2', mapping: 'physnet', mtu: 9000 },
      { ...rule, vlan: '100-119,700', bridge: 'br1' },
      { ...rule, portGroup: 'untagged', vlan: 'untagged', bridge: 'br2' },
    ],
    createNamespaces: [targets[0]],
  },
  { ...policyBase, rules: [{ ...rule, bridge: 'br2', macspoofchk: false }], namespaces: targets.slice(0, 2) },
  { ...policyBase, rules: [{ ...rule, portGroup: 'net-1*', bridge: 'br1' }], removeUnused: false },
];

let plane: ControlPlane;
let controller: Started | undefined;

/** Has what was begun come to an end as it happens: killed in the midst of whatever it does. */
const killed = async (): Promise<void> => {
  controller?.stop('SIGKILL');
  await controller?.ended;
};

const seen = async (policy: NetworksPolicy, inventory: NetworksSeen['inventories']): Promise<NetworksSeen> => {
  const list = async <K extends Parameters<ControlPlane['cluster']['list']>[0]['list']>(kind: K) => {
    const answer = await plane.cluster.list({ list: kind });
    if (!answer.ok) throw new Error(answer.error.message);
    return answer.value;
  };
  return {
    release,
    policy,
    plans: await list('plans'),
    networkMaps: await list('networkMaps'),
    controllers: await list('forkliftControllers'),
    providers: await list('providers'),
    nads: await list('networkAttachmentDefinitions'),
    namespaces: { state: 'loaded', items: await list('namespaces') },
    virtualMachines: { state: 'loaded', items: await list('virtualMachines') },
    virtualMachineInstances: { state: 'loaded', items: await list('virtualMachineInstances') },
    inventories: inventory,
    nodes: undefined,
  };
};

const keyOf = ({ metadata }: NetworksSeen['nads'][number]) => `${metadata.namespace ?? ''}/${metadata.name}`;
const isOfRelease = (nad: NetworksSeen['nads'][number]) => isOurs(nad) && releaseOf(nad)?.name === release.name;

/** Where values name projects, nothing is removed in others. */
const isAllowed =
  ({ namespaces }: NetworksPolicy) =>
  ({ metadata: { namespace = '' } }: NetworksSeen['nads'][number]) =>
    namespaces.length === 0 || namespaces.includes(namespace);

/** How a state differs from the one that the planner names: nothing when it is that one. */
const differences = (state: NetworksSeen): readonly string[] => {
  const own = state.nads.filter(isOfRelease);
  const present = new Set(state.nads.map(keyOf));
  // What the planner makes of a cluster on which nobody created anything for us.
  const anew = planNetworks({ ...state, nads: state.nads.filter((nad) => !isOfRelease(nad)) }).changes.flatMap(
    (change) =>
      change.verb === 'create' && change.kind === 'networkAttachmentDefinitions'
        ? [`${change.object.metadata.namespace ?? ''}/${change.object.metadata.name}`]
        : [],
  );
  const named = new Set(
    state.networkMaps.flatMap(({ spec }) =>
      (spec?.map ?? []).map(({ destination }) => `${destination?.namespace ?? ''}/${destination?.name ?? ''}`),
    ),
  );
  return [
    ...planNetworks(state).changes.map((change) => `left to do: ${JSON.stringify(change)}`),
    ...anew.filter((key) => !present.has(key)).map((key) => `missing: ${key}`),
    ...(state.policy.removeUnused ? own.filter(isAllowed(state.policy)) : [])
      .map(keyOf)
      .filter((key) => !named.has(key))
      .map((key) => `unused: ${key}`),
  ];
};

beforeAll(async () => {
  plane = await startControlPlane({ audit: true });
  await plane.install(
    'forkliftControllers',
    'providers',
    'plans',
    'networkMaps',
    'networkAttachmentDefinitions',
    'virtualMachines',
    'virtualMachineInstances',
  );
  for (const name of [project, ...targets]) await plane.put('namespaces', { metadata: { name } });
  const isReady = { status: { conditions: [{ type: 'Ready', status: 'True', category: 'Required' }] } };
  for (const [name, type] of [
    [providers.vsphere, 'vsphere'],
    [providers.other, 'ovirt'],
    ['host', 'openshift'],
  ] as const)
    await plane.put('providers', { metadata: { name, namespace: project }, spec: { type }, ...isReady });
}, 120_000);

afterAll(async () => {
  await killed();
  await plane.stop();
});

test(`${String(stepCount)} random steps with seed ${String(seed)} end in the state that the planner names, and nothing of others was changed`, async () => {
  const random = randomOf(seed);
  const provider = await plane.read<{ readonly metadata: { readonly uid: string } }>(
    'providers',
    providers.vsphere,
    project,
  );
  const uid = provider?.metadata.uid ?? '';
  const inventory = await startInventory({
    networks: JSON.stringify(networks.networks),
    hosts: JSON.stringify(networks.hosts),
    vms: '[]',
  });
  const kubeconfig = await plane.account('controller', rules);
  const begin = async (declared: NetworksPolicy): Promise<void> => {
    await killed();
    const wishes = fileWith({ prepare: { networks: declared } });
    const options = ['--wishes', wishes, '--port', '0', '--inventory', inventory.url, '--release', release.name];
    controller = start(kubeconfig, 'run', ...options);
  };
  let policy = policies[0];
  await begin(policy);
  for (let done = 0; done < stepCount; done += atOnce) {
    if (done % perPolicy < atOnce && done > 0) {
      policy = random.of(policies);
      await begin(policy);
    }
    await Promise.all(Array.from({ length: atOnce }, () => randomStep(random)(plane)));
  }
  const inventories = new Map([[uid, ok(networks)]]);
  const settled = async (): Promise<readonly string[]> => {
    const end = Date.now() + 60_000;
    for (;;) {
      await plane.cluster.pause(1000);
      const left = differences(await seen(policy, inventories));
      if (left.length === 0 || Date.now() > end) return left;
    }
  };
  const left = await settled();
  // Whatever the last rules were: with these, what is unused goes in every project.
  policy = policies[0];
  await begin(policy);
  const leftThen = await settled();
  const asked = plane.audit();
  const { foreign, counts } = trespasses(asked, user, 'network-attachment-definitions');
  console.log(`seed ${String(seed)}: ${JSON.stringify(counts)}`);
  inventory.stop();
  expect(left).toEqual([]);
  expect(leftThen).toEqual([]);
  expect(foreign).toEqual([]);
  // Although more was permitted, it asked nothing that the chart does not permit.
  expect(beyond(asked, user, chartRules)).toEqual([]);
  // It had something to do.
  expect(counts['create network-attachment-definitions']).toBeGreaterThan(stepCount / 200);
  expect(counts['delete network-attachment-definitions']).toBeGreaterThan(0);
  // And wrote nothing else.
  expect(Object.keys(counts).sort()).toEqual(
    expect.not.arrayContaining([expect.stringMatching(/plans|networkmaps|providers|secrets|delete namespaces/)]),
  );
}, 300_000);
