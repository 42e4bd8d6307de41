import { changeText } from '../domain/converge-text';
import { nameOfChange } from '../domain/change';
import { keptText } from '../domain/undoing';
import { declaredBy, ownLabels } from '../domain/ownership';
import { plainEnglish } from '../domain/translate';
import { buildName } from '../domain/vddk/plan-build';
import { memoryCluster } from '../testing/memory-cluster';
import type { MemoryCluster } from '../testing/memory-cluster';
import { listUndo, undo } from './undo';
import type { Listed } from './undo';
import { withinReach } from './within-reach';

const mtv = 'openshift-mtv';
const built = `image-registry.openshift-image-registry.svc:5000/${mtv}/${buildName}@sha256:1`;
const mine = (name: string, namespace: string, more: object = {}) => ({
  metadata: { name, namespace, labels: ownLabels, ...more },
});
const noted = (set: string, before: string | null) => ({ 'migration-prep/undo': JSON.stringify({ set, before }) });

/** All that the page writes of connection, image and networks, and what was there before. */
const prepared = (): MemoryCluster => {
  const cluster = memoryCluster(mtv, 'vms');
  cluster.put('forkliftControllers', {
    metadata: { name: 'forklift', namespace: mtv, annotations: noted(built, null) },
    spec: { vddk_image: built, feature: 'true' },
  });
  cluster.put('providers', { ...mine('vc', mtv), spec: { type: 'vsphere', settings: { vddkInitImage: built } } });
  cluster.put('providers', {
    metadata: { name: 'theirs', namespace: mtv, annotations: { ...noted(built, 'their/vddk:7'), keep: 'x' } },
    spec: { type: 'vsphere', settings: { vddkInitImage: built, sdkEndpoint: 'vcenter' } },
  });
  for (const kind of ['imageStreams', 'buildConfigs'] as const) cluster.put(kind, mine(buildName, mtv));
  cluster.put('networkAttachmentDefinitions', mine('vlan-1', 'vms'));
  cluster.put('networkAttachmentDefinitions', { metadata: { name: 'theirs', namespace: 'vms' } });
  return cluster;
};

const said = (listed: readonly Listed[]) => listed.map(({ change }) => changeText(plainEnglish, nameOfChange(change)));
const everything = [
  'Delete NetworkAttachmentDefinition vlan-1',
  'Delete Provider vc',
  'Change ForkliftController forklift',
  'Change Provider theirs',
  `Delete BuildConfig ${buildName}`,
  `Delete ImageStream ${buildName}`,
];

const run = async (cluster: MemoryCluster, meanwhile: () => void = () => undefined) => {
  const { trials } = await listUndo(cluster);
  meanwhile();
  return undo(cluster, trials, () => undefined);
};

test('lists everything of ours, also what is free only after something else has gone, and writes nothing', async () => {
  const cluster = prepared();
  const listing = await listUndo(cluster);
  expect(said(listing.trials)).toEqual(everything);
  expect(listing).toMatchObject({ kept: [], staying: [], failures: [] });
  expect(cluster.writes).toEqual([]);
});

test.each<[string, string, boolean]>([
  ['goes with the claim of the registry, so LVM Storage goes as well', 'Delete', true],
  ['stays behind the claim of the registry, so LVM Storage stays', 'Retain', false],
])('a volume that %s', async (_, persistentVolumeReclaimPolicy, goes) => {
  const cluster = memoryCluster('openshift-image-registry', 'openshift-lvm-storage');
  const claim = 'image-registry-migration-prep';
  cluster.put('imageRegistryConfigs', {
    metadata: { name: 'cluster', annotations: noted('Managed', 'Removed') },
    spec: { managementState: 'Managed', storage: { pvc: { claim } } },
  });
  cluster.put('persistentVolumeClaims', mine(claim, 'openshift-image-registry'));
  cluster.put('lvmClusters', mine('lvmcluster-sample', 'openshift-lvm-storage'));
  const uid = cluster.all('persistentVolumeClaims')[0]?.metadata.uid ?? '';
  cluster.put('persistentVolumes', {
    metadata: { name: 'pvc-1' },
    spec: { csi: { driver: 'topolvm.io' }, claimRef: { uid }, persistentVolumeReclaimPolicy },
    status: { phase: 'Bound' },
  });
  const listing = await listUndo(cluster);
  expect(said(listing.trials)).toContain(`Delete PersistentVolumeClaim ${claim}`);
  expect(said(listing.trials).includes('Delete LVMCluster lvmcluster-sample')).toBe(goes);
  expect(listing.staying).toHaveLength(goes ? 0 : 1);
  expect(cluster.writes).toEqual([]);
});

test('undoes it, and leaves everything else as it was before', async () => {
  const cluster = prepared();
  expect(await run(cluster)).toEqual({ spared: [], held: [], staying: [], failures: [] });
  expect(cluster.all('forkliftControllers')[0]).toMatchObject({
    metadata: { annotations: {} },
    spec: { feature: 'true' },
  });
  expect(cluster.all('forkliftControllers')[0]?.spec).not.toHaveProperty('vddk_image');
  expect(cluster.all('providers')).toMatchObject([
    { metadata: { name: 'theirs', annotations: { keep: 'x' } }, spec: { settings: { vddkInitImage: 'their/vddk:7' } } },
  ]);
  expect(cluster.all('networkAttachmentDefinitions').map(({ metadata }) => metadata.name)).toEqual(['theirs']);
  expect([...cluster.all('imageStreams'), ...cluster.all('buildConfigs')]).toEqual([]);
  expect((await listUndo(cluster)).trials).toEqual([]);
});

test.each<[string, (cluster: MemoryCluster) => void, readonly string[], RegExp]>([
  [
    'a network that a virtual machine uses',
    (cluster) => {
      cluster.put('virtualMachines', {
        metadata: { name: 'vm', namespace: 'vms' },
        spec: { template: { spec: { networks: [{ name: 'n', multus: { networkName: 'vlan-1' } }] } } },
      });
    },
    everything.slice(1),
    /^VirtualMachine vms\/vm needs it\.$/,
  ],
  [
    'a provider of a plan, and the image at it',
    (cluster) => {
      cluster.put('plans', {
        metadata: { name: 'p', namespace: mtv },
        spec: { provider: { source: { name: 'vc', namespace: mtv } } },
      });
    },
    [everything[0], everything[2], everything[3]].map(String),
    /^(Plan openshift-mtv\/p needs it|MTV's VDDK image .* needs it)\.$/,
  ],
  [
    'the image while a migration runs',
    (cluster) => {
      cluster.put('plans', {
        metadata: { name: 'p', namespace: mtv },
        ...{ status: { conditions: [{ type: 'Executing', status: 'True' }] } },
      });
    },
    everything.slice(0, 2),
    /^(Plan openshift-mtv\/p|MTV's VDDK image .*) needs it\.$/,
  ],
  [
    'what a release declares',
    (cluster) => {
      const present = cluster.all('providers').find(({ metadata }) => metadata.name === 'vc');
      const annotations = declaredBy({ namespace: 'a', name: 'b' });
      cluster.put('providers', { ...mine('vc', mtv, { annotations }), ...(present?.spec && { spec: present.spec }) });
    },
    [everything[0], everything[2], everything[3]].map(String),
    /^(Release a\/b declares it|MTV's VDDK image .* needs it)/,
  ],
])('keeps %s, and says why', async (_, arrange, goes, why) => {
  const cluster = prepared();
  arrange(cluster);
  const listing = await listUndo(cluster);
  expect(said(listing.trials)).toEqual(goes);
  expect(listing.kept.length).toBeGreaterThan(0);
  for (const { reason } of listing.kept) expect(keptText(plainEnglish, reason)).toMatch(why);
});

test('a value that somebody has changed since stays, and only our note goes', async () => {
  const cluster = prepared();
  cluster.put('forkliftControllers', {
    metadata: { name: 'forklift', namespace: mtv, annotations: noted(built, 'old') },
    spec: { vddk_image: 'somebody/elses:1' },
  });
  await run(cluster);
  expect(cluster.all('forkliftControllers')[0]).toMatchObject({
    metadata: { annotations: {} },
    spec: { vddk_image: 'somebody/elses:1' },
  });
});

test('what somebody begins to use after it was listed is spared, and said', async () => {
  const cluster = prepared();
  const undone = await run(cluster, () => {
    cluster.put('virtualMachineInstances', {
      metadata: { name: 'vmi', namespace: 'vms' },
      spec: { networks: [{ name: 'n', multus: { networkName: 'vlan-1' } }] },
    });
  });
  expect(undone.spared).toMatchObject([{ object: { metadata: { name: 'vlan-1' } }, reason: { code: 'InUse' } }]);
  expect(cluster.all('networkAttachmentDefinitions')).toHaveLength(2);
});

test('what comes to be after the listing is not touched: another object of that name neither', async () => {
  const cluster = prepared();
  await run(cluster, () => {
    cluster.remove('networkAttachmentDefinitions', 'vlan-1', 'vms');
    cluster.put('networkAttachmentDefinitions', mine('vlan-1', 'vms'));
    cluster.put('networkAttachmentDefinitions', mine('vlan-2', 'vms'));
  });
  expect(
    cluster
      .all('networkAttachmentDefinitions')
      .map(({ metadata }) => metadata.name)
      .sort(),
  ).toEqual(['theirs', 'vlan-1', 'vlan-2']);
});

test('what is gone already needs nothing', async () => {
  const cluster = prepared();
  const undone = await run(cluster, () => {
    cluster.remove('providers', 'vc', mtv);
    cluster.remove('imageStreams', buildName, mtv);
  });
  expect(undone).toEqual({ spared: [], held: [], staying: [], failures: [] });
});

test.each(['before', 'after'] as const)('an answer that is lost, %s the deletion, is no failure', async (when) => {
  const cluster = prepared();
  const { trials } = await listUndo(cluster);
  cluster.fail({ verb: 'delete', kind: 'networkAttachmentDefinitions', failure: 'Unreachable', when });
  expect(await undo(cluster, trials, () => undefined)).toMatchObject({ failures: [], held: [] });
  expect(cluster.all('networkAttachmentDefinitions')).toHaveLength(1);
});

test('a refusal in one part keeps nothing else from going; again, it goes on', async () => {
  const cluster = prepared();
  const { trials } = await listUndo(cluster);
  cluster.forbid('delete', 'providers');
  const first = await undo(cluster, trials, () => undefined);
  expect(first.failures).toMatchObject([{ code: 'WriteFailed', change: { kind: 'providers' } }]);
  expect(cluster.all('networkAttachmentDefinitions')).toHaveLength(1);
  cluster.permit('delete', 'providers');
  expect(await undo(cluster, trials, () => undefined)).toMatchObject({ failures: [] });
  expect(cluster.all('providers')).toHaveLength(1);
});

test('rights that are missing are said when it is listed, and what needs them is not undone', async () => {
  const cluster = prepared();
  cluster.forbid('delete', 'networkAttachmentDefinitions');
  const listing = await listUndo(cluster);
  expect(listing.failures).toMatchObject([
    { code: 'RightsMissing', rights: [{ kind: 'networkAttachmentDefinitions' }] },
  ]);
});

test('what is being deleted and held by a finalizer is told', async () => {
  const cluster = prepared();
  const { trials } = await listUndo(cluster);
  const apply: MemoryCluster['apply'] = (write, how) => {
    if (write.verb !== 'delete' || write.kind !== 'providers') return cluster.apply(write, how);
    const present = cluster.all('providers').find(({ metadata }) => metadata.uid === write.uid);
    if (present)
      cluster.put('providers', {
        ...present,
        metadata: { ...present.metadata, deletionTimestamp: '2026-01-01T00:00:00Z', finalizers: ['mtv/held'] },
      });
    return cluster.get({ kind: 'providers', name: write.name, namespace: mtv }) as ReturnType<MemoryCluster['apply']>;
  };
  const undone = await undo({ ...cluster, apply }, trials, () => undefined);
  expect(undone.held).toMatchObject([{ change: { kind: 'providers', name: 'vc' }, by: ['mtv/held'] }]);
});

test('operators and operands of ours go together; one that holds work of people stays', async () => {
  const cluster = memoryCluster('openshift-nmstate', 'openshift-cnv');
  for (const [id, namespace] of [
    ['kubernetes-nmstate-operator', 'openshift-nmstate'],
    ['kubevirt-hyperconverged', 'openshift-cnv'],
  ] as const)
    cluster.put('subscriptions', { ...mine(id, namespace), spec: { name: id } });
  cluster.put('nmStates', { metadata: { name: 'nmstate', labels: ownLabels } });
  cluster.put('hyperConvergeds', mine('kubevirt-hyperconverged', 'openshift-cnv'));
  cluster.put('virtualMachines', { metadata: { name: 'vm', namespace: 'vms' } });
  const listing = await listUndo(cluster);
  expect(said(listing.trials)).toEqual(['Delete NMState nmstate', 'Delete Subscription kubernetes-nmstate-operator']);
  expect(listing.staying.map((text) => text(plainEnglish))[0]).toMatch(
    /OpenShift Virtualization is kept, because it is in use: 1/,
  );
  expect(await undo(cluster, listing.trials, () => undefined)).toMatchObject({ failures: [], staying: [] });
  expect(cluster.all('subscriptions').map(({ metadata }) => metadata.name)).toEqual(['kubevirt-hyperconverged']);
});

test("a project's administrator undoes what is in the projects that they see", async () => {
  const cluster = prepared();
  cluster.confine('vms');
  const onNarrowed = jest.fn();
  const reached = withinReach(cluster, ['vms', mtv], onNarrowed);
  const { trials, failures } = await listUndo(reached);
  expect(said(trials)).toEqual(['Delete NetworkAttachmentDefinition vlan-1']);
  expect(onNarrowed).toHaveBeenCalled();
  expect(failures.length).toBeGreaterThan(0);
  expect(await undo(reached, trials, () => undefined)).toMatchObject({ failures: [], held: [] });
  expect(cluster.all('networkAttachmentDefinitions')).toHaveLength(1);
});
