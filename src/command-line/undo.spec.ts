import { declaredBy, ownLabels } from '../domain/ownership';
import { made, openshift } from '../testing/memory-openshift';
import type { MemoryCluster } from '../testing/memory-cluster';
import { undo, undoTasks } from './undo';
import { exitCodes } from './until';

const names = { plugin: 'migration-prep', report: 'r', release: 'mp', namespace: 'default' };

const run = async (cluster: MemoryCluster, only: readonly string[], isSure: boolean) => {
  const said: string[] = [];
  const say = (line: string) => said.push(line);
  const patience = {
    deadline: 0,
    interval: 1000,
    isRehearsal: false,
    now: () => 0,
    pause: () => Promise.resolve(),
    say,
    complain: say,
  };
  const world = { cluster, dryRun: false, say };
  return { code: await undo(world, patience, (each) => undoTasks(each, only, names), isSure), said };
};

const mine = (name: string, namespace = 'vms') => ({ metadata: { name, namespace, labels: ownLabels } });

/** Ours and others', in use and not. */
const cluster = (): MemoryCluster => {
  const all = openshift('4.22.0', 'vms', 'openshift-mtv');
  for (const name of ['free', 'machine', 'instance', 'mapped', 'transfer', 'settings'])
    all.put('networkAttachmentDefinitions', mine(name));
  all.put('networkAttachmentDefinitions', { metadata: { name: 'theirs', namespace: 'vms' } });
  const annotations = declaredBy({ namespace: 'prep', name: 'release' });
  all.put('networkAttachmentDefinitions', { metadata: { ...mine('for-a-plan').metadata, annotations } });
  all.put('providers', { metadata: { ...mine('declared', 'openshift-mtv').metadata, annotations } });
  all.put('forkliftControllers', {
    metadata: { name: 'forklift', namespace: 'openshift-mtv' },
    spec: { controller_transfer_network: 'vms/settings' },
  });
  all.put('virtualMachines', {
    metadata: { name: 'vm', namespace: 'vms' },
    spec: { template: { spec: { networks: [{ name: 'n', multus: { networkName: 'machine' } }] } } },
  });
  all.put('virtualMachineInstances', {
    metadata: { name: 'vmi', namespace: 'other' },
    spec: { networks: [{ name: 'n', multus: { networkName: 'vms/instance' } }] },
  });
  all.put('networkMaps', {
    metadata: { name: 'map', namespace: 'openshift-mtv' },
    spec: {
      map: [
        { source: { id: 'a' }, destination: { type: 'multus', name: 'mapped', namespace: 'vms' } },
        { source: { id: 'b' }, destination: { type: 'pod' } },
      ],
    },
  });
  all.put('plans', {
    metadata: { name: 'plan', namespace: 'openshift-mtv' },
    spec: {
      transferNetwork: { name: 'transfer', namespace: 'vms' },
      provider: { source: { name: 'used', namespace: 'openshift-mtv' } },
    },
  });
  all.put('providers', mine('used', 'openshift-mtv'));
  all.put('providers', mine('unused', 'openshift-mtv'));
  return all;
};

describe('networks', () => {
  const kept = [
    'kept NetworkAttachmentDefinition vms/instance: VirtualMachineInstance other/vmi needs it.',
    'kept NetworkAttachmentDefinition vms/machine: VirtualMachine vms/vm needs it.',
    'kept NetworkAttachmentDefinition vms/mapped: NetworkMap openshift-mtv/map needs it.',
    'kept NetworkAttachmentDefinition vms/settings: ForkliftController openshift-mtv/forklift needs it.',
    'kept NetworkAttachmentDefinition vms/transfer: Plan openshift-mtv/plan needs it.',
  ];

  test('are listed and nothing is done, unless that is what is wanted', async () => {
    const all = cluster();
    const { code, said } = await run(all, ['networks'], false);
    expect(code).toBe(exitCodes.done);
    expect([...said].sort()).toEqual(
      [
        ...kept,
        'would delete NetworkAttachmentDefinition vms/for-a-plan',
        'would delete NetworkAttachmentDefinition vms/free',
        'networks: the cluster would accept this.',
        'Nothing is undone yet. With --yes, this is done.',
      ].sort(),
    );
    expect(made(all)).toEqual([]);
  });

  test('go when nothing needs them, also if the controller of a release created them for a plan that is gone', async () => {
    const all = cluster();
    const { code, said } = await run(all, ['networks'], true);
    expect(code).toBe(exitCodes.done);
    expect(said).toEqual(expect.arrayContaining([...kept, 'networks: 5 of ours are kept.']));
    expect([...made(all)].sort()).toEqual([
      'delete networkAttachmentDefinitions vms/for-a-plan',
      'delete networkAttachmentDefinitions vms/free',
    ]);
  });
});

test("our network maps go before the networks that they name; those of plans stay, and MTV's copies with our labels", async () => {
  const all = openshift('4.22.0', 'vms', 'openshift-mtv');
  for (const name of ['mapped', 'planned', 'copied']) all.put('networkAttachmentDefinitions', mine(name));
  const map = (name: string, network: string, patch: object = {}) => {
    all.put('networkMaps', {
      metadata: { ...mine(name, 'openshift-mtv').metadata, ...patch },
      spec: { map: [{ source: { id: 'a' }, destination: { type: 'multus', name: network, namespace: 'vms' } }] },
    });
  };
  map('ours', 'mapped');
  map('of-a-plan', 'planned');
  map('copy', 'copied', { ownerReferences: [{ apiVersion: 'v1', kind: 'Plan', name: 'plan', uid: 'u' }] });
  all.put('plans', {
    metadata: { name: 'plan', namespace: 'openshift-mtv' },
    spec: { map: { network: { name: 'of-a-plan', namespace: 'openshift-mtv' } } },
  });
  const { code, said } = await run(all, ['networks'], true);
  expect(code).toBe(exitCodes.done);
  expect(said).toEqual(
    expect.arrayContaining([
      'kept NetworkMap openshift-mtv/of-a-plan: Plan openshift-mtv/plan needs it.',
      'kept NetworkAttachmentDefinition vms/planned: NetworkMap openshift-mtv/of-a-plan needs it.',
      'kept NetworkAttachmentDefinition vms/copied: NetworkMap openshift-mtv/copy needs it.',
    ]),
  );
  expect(made(all)).toEqual([
    'delete networkMaps openshift-mtv/ours',
    'delete networkAttachmentDefinitions vms/mapped',
  ]);
});

test('a provider of a plan stays, and its hosts', async () => {
  const all = cluster();
  for (const name of ['used', 'unused']) {
    const secret = { name: `${name}-host`, namespace: 'openshift-mtv' };
    all.put('hosts', {
      ...mine(`${name}-host`, 'openshift-mtv'),
      spec: { id: 'host-1', ipAddress: '10.0.0.1', provider: { name, namespace: 'openshift-mtv' }, secret },
    });
  }
  const { said } = await run(all, ['providers'], true);
  expect(said).toContain('kept Provider openshift-mtv/used: Plan openshift-mtv/plan needs it.');
  expect(said).toContain(
    'kept Provider openshift-mtv/declared: Release prep/release declares it. Remove it from the values of that release.',
  );
  expect(said).toContain('kept Host openshift-mtv/used-host: Plan openshift-mtv/plan needs it.');
  expect(made(all)).toEqual(['delete hosts openshift-mtv/unused-host', 'delete providers openshift-mtv/unused']);
});

test.each([
  ['in use', 'image-registry.openshift-image-registry.svc:5000/openshift-mtv/migration-prep-vddk:8.0.3', []],
  [
    'not in use',
    'quay.io/me/vddk:8',
    ['delete buildConfigs openshift-mtv/migration-prep-vddk', 'delete imageStreams openshift-mtv/migration-prep-vddk'],
  ],
])('a VDDK image that is %s', async (_, image, changes) => {
  const all = cluster();
  all.put('forkliftControllers', { ...mine('forklift', 'openshift-mtv'), spec: { vddk_image: image } });
  all.put('buildConfigs', mine('migration-prep-vddk', 'openshift-mtv'));
  all.put('imageStreams', mine('migration-prep-vddk', 'openshift-mtv'));
  await run(all, ['vddk'], true);
  expect(made(all)).toEqual(changes);
});

test('the BuildConfig of an archive whose image is not used goes, and that of the one in use stays', async () => {
  const all = cluster();
  const image = 'registry:5000/openshift-mtv/migration-prep-vddk@sha256:now';
  const [now, before] = ['a'.repeat(64), 'b'.repeat(64)];
  const items = (reference: string) => [{ dockerImageReference: reference, image: '' }];
  all.put('forkliftControllers', { ...mine('forklift', 'openshift-mtv'), spec: { vddk_image: image } });
  all.put('imageStreams', {
    ...mine('migration-prep-vddk', 'openshift-mtv'),
    status: {
      tags: [
        { tag: `sha256-${now}`, items: items(image) },
        { tag: `sha256-${before}`, items: items('registry:5000/openshift-mtv/migration-prep-vddk@sha256:before') },
      ],
    },
  });
  for (const sum of [now, before])
    all.put('buildConfigs', {
      ...mine(`migration-prep-vddk-${sum.slice(0, 24)}`, 'openshift-mtv'),
      spec: { output: { to: { kind: 'ImageStreamTag', name: `migration-prep-vddk:sha256-${sum}` } } },
    });
  await run(all, ['vddk'], true);
  expect(made(all)).toEqual([`delete buildConfigs openshift-mtv/migration-prep-vddk-${before.slice(0, 24)}`]);
});

test('nothing goes that could not be listed', async () => {
  const all = cluster();
  all.forbid('list', 'virtualMachines');
  expect((await run(all, ['networks', 'providers'], true)).code).toBe(exitCodes.forbidden);
  expect(made(all)).toEqual([]);
});
