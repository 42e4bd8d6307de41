import { parse } from 'yaml';
import { kinds } from '../../src/domain/kinds';
import type { KindId } from '../../src/domain/kinds';
import { startControlPlane } from './control-plane';
import type { ControlPlane } from './control-plane';
import { fileWith, run, start } from './program';
import { rulesOf } from './rights';

let plane: ControlPlane;

/** Kinds of operators and of the platform; of `applications` only later. */
const known: readonly KindId[] = [
  'subscriptions',
  'operatorGroups',
  'clusterServiceVersions',
  'clusterVersions',
  'consoleConfigs',
  'imageRegistryConfigs',
  'imageConfigs',
  'imageStreams',
  'hyperConvergeds',
  'lvmClusters',
  'nmStates',
  'forkliftControllers',
  'providers',
  'plans',
  'virtualMachines',
  'nodeNetworkConfigurationPolicies',
  'networkAttachmentDefinitions',
];

const virt = 'storageclass.kubevirt.io/is-default-virt-class';
const wishes = () =>
  fileWith({
    operators: {
      lvms: { mode: 'install', operand: { paths: ['/dev/disk/by-id/wwn-1'] } },
      mtv: { mode: 'install' },
      nmstate: { mode: 'install' },
      cnv: { mode: 'install' },
    },
    storage: { virtDefaultClass: 'lvms', unsetOthers: true },
    registry: { enable: true, size: '10Gi' },
    virtualization: { evictionStrategy: 'LiveMigrateIfPossible' },
  });
const patient = ['--deadline', '0.5', '--interval', '0.1'];

interface Labelled {
  readonly metadata: {
    readonly uid: string;
    readonly resourceVersion: string;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly spec?: unknown;
}

/** Everything there is of these kinds, but for what changes with every write. */
const dump = async (): Promise<Readonly<Record<string, unknown>>> => {
  const of = async (kind: KindId) => {
    const seen = await plane.cluster.list({ list: kind });
    return [
      kind,
      seen.ok
        ? seen.value.map(({ metadata: { name, namespace, annotations }, ...rest }) => ({
            name,
            namespace,
            annotations: annotations ?? {},
            ...rest,
          }))
        : [],
    ];
  };
  const all = [...known, 'storageClasses', 'persistentVolumeClaims', 'namespaces', 'configMaps'] as const;
  return Object.fromEntries(await Promise.all(all.map(of))) as Record<string, unknown>;
};

let before: Readonly<Record<string, unknown>>;

beforeAll(async () => {
  plane = await startControlPlane();
  await plane.install(...known);
  await plane.put('clusterVersions', { metadata: { name: 'version' }, status: { desired: { version: '4.19.7' } } });
  await plane.put('namespaces', { metadata: { name: 'openshift-image-registry' } });
  await plane.put('consoleConfigs', { metadata: { name: 'cluster' }, spec: { plugins: ['monitoring-plugin'] } });
  await plane.put('imageRegistryConfigs', {
    metadata: { name: 'cluster' },
    spec: { managementState: 'Removed', replicas: 1, storage: {} },
  });
  await plane.put('imageConfigs', { metadata: { name: 'cluster' } });
  await plane.put('storageClasses', {
    metadata: { name: 'old', annotations: { [virt]: 'true' } },
    provisioner: 'other',
  });
  // OpenShift Virtualization is there already, in a project of somebody's choice.
  await plane.put('namespaces', { metadata: { name: 'my-virt' } });
  await plane.put('operatorGroups', {
    metadata: { name: 'my-virt-x7k2p', namespace: 'my-virt' },
    spec: { targetNamespaces: ['my-virt'] },
  });
  await plane.put('subscriptions', {
    metadata: { name: 'virt', namespace: 'my-virt' },
    spec: { name: 'kubevirt-hyperconverged' },
    status: { installedCSV: 'v1' },
  });
  await plane.put('hyperConvergeds', {
    metadata: { name: 'mine', namespace: 'my-virt' },
    spec: { evictionStrategy: 'LiveMigrate' },
  });
  // The controllers of projects and of certificates have to be through with what they make in each.
  while (
    (await plane.names('configMaps')).filter((name) => name === 'kube-root-ca.crt').length <
    (await plane.names('namespaces')).length
  ) {
    await plane.cluster.pause(100);
  }
  before = await dump();
}, 120_000);

afterAll(() => plane.stop());

test('everything that is wished is made with the rights of the contract; what is there is adopted', async () => {
  const kubeconfig = await plane.account(
    'all',
    rulesOf('operators', 'operands', 'virt-default-class', 'registry', 'eviction-strategy'),
  );
  const ensure = start(kubeconfig, 'ensure', '--wishes', wishes(), '--deadline', '1', '--interval', '0.2');
  await ensure.says('virt-default-class: waiting. LVM Storage has not created its storage class yet.');
  await plane.put('storageClasses', {
    metadata: { name: 'lvms-vg1' },
    provisioner: 'topolvm.io',
    volumeBindingMode: 'WaitForFirstConsumer',
  });
  expect(await ensure.ended).toMatchObject({ code: 0, err: '' });

  expect((await plane.names('subscriptions')).toSorted()).toEqual([
    'kubernetes-nmstate-operator',
    'lvms-operator',
    'mtv-operator',
    'virt',
  ]);
  expect(await plane.read('subscriptions', 'lvms-operator', 'openshift-storage')).toBeDefined();
  expect(await plane.names('hyperConvergeds')).toEqual(['mine']);
  expect(await plane.read('hyperConvergeds', 'mine', 'my-virt')).toMatchObject({
    spec: { evictionStrategy: 'LiveMigrateIfPossible' },
  });
  expect(await plane.read('lvmClusters', 'lvmcluster-sample', 'openshift-storage')).toMatchObject({
    spec: { storage: { deviceClasses: [{ name: 'vg1', deviceSelector: { paths: ['/dev/disk/by-id/wwn-1'] } }] } },
  });
  const annotations = async (name: string) =>
    (await plane.read<Labelled>('storageClasses', name))?.metadata.annotations?.[virt];
  expect([await annotations('old'), await annotations('lvms-vg1')]).toEqual(['false', 'true']);
  expect(await plane.read('imageRegistryConfigs', 'cluster')).toMatchObject({
    spec: {
      managementState: 'Managed',
      rolloutStrategy: 'Recreate',
      replicas: 1,
      storage: { pvc: { claim: 'image-registry-migration-prep' } },
    },
  });
  // No class is the cluster's default: the claim names the one for virtual machines, once that is marked.
  expect(
    await plane.read('persistentVolumeClaims', 'image-registry-migration-prep', 'openshift-image-registry'),
  ).toMatchObject({
    spec: { accessModes: ['ReadWriteOnce'], storageClassName: 'lvms-vg1' },
  });
  expect(
    await run(kubeconfig, 'wait', 'virt-default-class', 'storage-class/lvms-vg1', '--wishes', wishes(), ...patient),
  ).toMatchObject({ code: 0 });
}, 60_000);

test('a second run writes nothing', async () => {
  const versions = async () =>
    JSON.stringify(await Promise.all(known.map(async (kind) => await plane.cluster.list({ list: kind }))));
  const held = await versions();
  const { code, out } = await run(plane.kubeconfig, 'ensure', '--wishes', wishes(), '--deadline', '0');
  expect({ code, wrote: /^(created|changed|deleted) /m.test(out) }).toEqual({ code: 0, wrote: false });
  expect(await versions()).toBe(held);
}, 30_000);

test('the registry is waited for until it serves', async () => {
  const kubeconfig = await plane.account('registry', rulesOf('registry'));
  const waiter = start(kubeconfig, 'wait', 'registry', ...patient);
  await waiter.says('is starting');
  await plane.put('imageRegistryConfigs', {
    metadata: { name: 'cluster' },
    status: {
      conditions: [
        { type: 'Available', status: 'True', reason: 'Ready' },
        { type: 'Removed', status: 'False' },
      ],
    },
  });
  await plane.put('imageConfigs', {
    metadata: { name: 'cluster' },
    status: { internalRegistryHostname: 'image-registry.openshift-image-registry.svc:5000' },
  });
  expect(await waiter.ended).toMatchObject({ code: 0 });
}, 30_000);

test('the report tells every verdict, and what may not be seen as not known', async () => {
  const kubeconfig = await plane.account('reporter', rulesOf('report'));
  const { code, out } = await run(kubeconfig, 'report', ...patient);
  expect(code).toBe(0);
  expect(out).toMatch(/TO DO {6}vSphere provider +No vSphere provider is connected\./);
  expect(out).toMatch(/ready {6}Image registry/);
  expect(out).not.toContain('not known');
  const kept = await plane.read<{ data: { summary: string; 'report.yaml': string } }>(
    'configMaps',
    'migration-prep-report',
    'default',
  );
  const rows = parse(kept?.data['report.yaml'] ?? '') as { id: string; state: string }[];
  expect(rows).toContainEqual(expect.objectContaining({ id: 'virt-default-class', state: 'ready' }));
  expect(kept?.data.summary).toBe(
    `${String(rows.filter(({ state }) => state === 'ready').length)} of ${String(rows.length)} ready`,
  );

  const blind = await plane.account('blind', [
    { apiGroups: [''], resources: ['configmaps'], verbs: ['get', 'create'] },
  ]);
  const seen = await run(blind, 'report', '--name', 'blind', ...patient);
  expect(seen.code).toBe(0);
  expect(seen.out.match(/^not known /gm)).toHaveLength(rows.length);
  await plane.ask('DELETE', '/api/v1/namespaces/default/configmaps/blind');
}, 30_000);

test('an Application is applied when GitOps is there, step by step', async () => {
  const kubeconfig = await plane.account('gitops', rulesOf('apply-application'));
  const application = (path: string) =>
    fileWith({
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Application',
      metadata: { name: 'prep' },
      spec: { project: 'default', source: { path } },
    });
  const first = start(
    kubeconfig,
    'apply-application',
    '--file',
    application('one'),
    '--deadline',
    '1',
    '--interval',
    '0.1',
  );
  await first.says('OpenShift GitOps is not installed');
  await plane.install('applications', 'argoCds');
  await first.says('Project openshift-gitops is not there yet');
  await plane.put('namespaces', { metadata: { name: 'openshift-gitops' } });
  await first.says('ArgoCD openshift-gitops is not there yet');
  const instance = { name: 'openshift-gitops', namespace: 'openshift-gitops' };
  await plane.put('argoCds', { metadata: instance, status: { phase: 'Pending' } });
  await first.says('is not Available yet, but Pending');
  await plane.put('argoCds', { metadata: instance, status: { phase: 'Available' } });
  expect(await first.ended).toMatchObject({ code: 0, err: '' });
  // What others add stays.
  await plane.put('applications', {
    metadata: { name: 'prep', namespace: 'openshift-gitops' },
    spec: { syncPolicy: { automated: {} } },
  });
  expect((await run(kubeconfig, 'apply-application', '--file', application('two'), ...patient)).out).toContain(
    'changed Application',
  );
  expect(await plane.read('applications', 'prep', 'openshift-gitops')).toMatchObject({
    spec: { source: { path: 'two' }, syncPolicy: { automated: {} } },
  });
  expect((await run(kubeconfig, 'apply-application', '--file', application('two'), ...patient)).out).not.toContain(
    'changed',
  );
  await plane.ask('DELETE', '/api/v1/namespaces/openshift-gitops');
}, 30_000);

describe('cleanup', () => {
  const all = ['--only', 'plugin,report,virt-default-class,eviction-strategy,registry,operands,operators,namespaces'];
  const cleaner = () => rulesOf('cleanup', 'plugin', 'virt-default-class', 'eviction-strategy');

  test('keeps what holds work of people, and says so', async () => {
    await plane.put('plans', { metadata: { name: 'wave-1', namespace: 'openshift-mtv' } });
    await plane.put('imageStreams', {
      metadata: { name: 'vddk', namespace: 'openshift-mtv' },
      status: {
        tags: [
          {
            tag: 'latest',
            items: [
              {
                dockerImageReference: 'image-registry.openshift-image-registry.svc:5000/openshift-mtv/vddk@sha256:1',
                image: 'sha256:1',
              },
            ],
          },
        ],
      },
    });
    const { code, out } = await run(plane.kubeconfig, 'cleanup', '--only', 'registry,operands,operators', ...patient);
    expect(code).toBe(0);
    expect(out).toContain('operand/mtv: Migration Toolkit for Virtualization is kept, because it is in use: 1 × Plan.');
    expect(out).toContain('registry: it is kept, because there are images in it.');
    expect(await plane.names('forkliftControllers')).toEqual(['forklift-controller']);
    expect(await plane.names('nmStates')).toEqual([]);
    expect((await plane.names('subscriptions')).toSorted()).toEqual(['mtv-operator', 'virt']);
    await plane.ask('DELETE', '/apis/forklift.konveyor.io/v1beta1/namespaces/openshift-mtv/plans/wave-1');
    await plane.ask('DELETE', '/apis/image.openshift.io/v1/namespaces/openshift-mtv/imagestreams/vddk');
  }, 30_000);

  test('leaves the cluster as it was, with the rights of the contract', async () => {
    const kubeconfig = await plane.account('cleaner', cleaner());
    // Somebody holds the claim for a while.
    const holdClaim = (finalizers: readonly string[]) =>
      plane.ask(
        'PATCH',
        '/api/v1/namespaces/openshift-image-registry/persistentvolumeclaims/image-registry-migration-prep',
        { metadata: { finalizers } },
      );
    await holdClaim(['example.com/held']);
    const cleanup = start(kubeconfig, 'cleanup', ...all, ...patient);
    await cleanup.says('registry: waiting. Its claim is being deleted.');
    await holdClaim([]);
    expect(await cleanup.ended).toMatchObject({ code: 0, err: '' });
    const made = ['openshift-mtv', 'openshift-storage', 'openshift-nmstate', 'openshift-gitops'];
    while ((await plane.names('namespaces')).some((name) => made.includes(name))) await plane.cluster.pause(200);
    await plane.ask('DELETE', '/apis/storage.k8s.io/v1/storageclasses/lvms-vg1');
    const after = await dump();
    // What somebody else reported meanwhile, and fields of the registry that are without meaning while it is Removed.
    expect(withoutRegistry(after)).toEqual(withoutRegistry(before));
    expect(after.imageRegistryConfigs).toMatchObject([
      { annotations: {}, spec: { managementState: 'Removed', storage: {} } },
    ]);
    expect((await run(kubeconfig, 'cleanup', ...all, ...patient)).out).not.toMatch(/^(deleted|changed) /m);
  }, 60_000);

  const withoutRegistry = (all: Readonly<Record<string, unknown>>) => ({
    ...all,
    imageRegistryConfigs: [],
    imageConfigs: [],
  });
});

test('the blocks of rights name kinds that we know', () => {
  const granted = rulesOf(
    'operators',
    'operands',
    'virt-default-class',
    'registry',
    'eviction-strategy',
    'plugin',
    'apply-application',
    'report',
    'cleanup',
    'crd',
  );
  const ours = new Set(Object.values(kinds).map(({ group, plural }) => `${plural}.${group}`));
  const unknown = granted
    .flatMap(({ apiGroups, resources }) => resources.map((resource) => `${resource}.${apiGroups[0] ?? ''}`))
    .filter((name) => !ours.has(name));
  expect(unknown).toEqual([]);
});
