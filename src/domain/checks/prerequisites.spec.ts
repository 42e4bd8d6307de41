import type { ClusterFailure } from '../failure';
import type { KindId, ObjectOf } from '../kinds';
import { virtDefaultAnnotation } from '../storage/virt-default';
import { plainEnglish } from '../translate';
import { factsByKind } from '../../testing/facts-by-kind';
import type { ByKind } from '../../testing/facts-by-kind';
import { prerequisiteChecks as checks } from './prerequisites';

const loaded = <K extends KindId>(_kind: K, ...items: ObjectOf[K][]) => ({ state: 'loaded' as const, items });
const forbidden = { state: 'failed' as const, failure: { code: 'Forbidden', message: '' } satisfies ClusterFailure };
const absent = { state: 'absent' as const };
const available = {
  conditions: [
    { type: 'Available', status: 'True' },
    { type: 'ReconcileComplete', status: 'True' },
  ],
};
const subscription = (name: string, status?: object) =>
  loaded('subscriptions', {
    metadata: { name: 's', namespace: 'p' },
    spec: { name, source: 'redhat-operators', sourceNamespace: 'openshift-marketplace' },
    ...(status && { status }),
  });
const group = loaded('operatorGroups', { metadata: { name: 'g', namespace: 'p' } });
const csv = (phase: string) =>
  loaded('clusterServiceVersions', {
    metadata: { name: 'v', namespace: 'p' },
    status: { phase, reason: 'InstallCheckFailed', message: 'deadline exceeded' },
  });
/** An operator that is there, so that its operand's word counts. */
const by = (name: string, phase = 'Succeeded'): ByKind => ({
  subscriptions: subscription(name, { installedCSV: 'v' }),
  operatorGroups: group,
  clusterServiceVersions: csv(phase),
});
const cnv = 'kubevirt-hyperconverged';
const ready = loaded('hyperConvergeds', { metadata: { name: 'h', namespace: 'p' }, status: available });
const extension = loaded('clusterExtensions', {
  metadata: { name: 'virt' },
  spec: { source: { catalog: { packageName: cnv } } },
  status: { conditions: [{ type: 'Installed', status: 'True' }] },
});
const host = (status?: object) =>
  loaded('providers', { metadata: { name: 'host' }, spec: { type: 'openshift', url: '' }, ...(status && { status }) });
const registry = (managementState: string) =>
  loaded('imageRegistryConfigs', { metadata: { name: 'cluster' }, spec: { managementState, storage: { pvc: {} } } });
const registryOf = (storage: object, reason = 'Ready', more = {}) =>
  loaded('imageRegistryConfigs', {
    metadata: { name: 'cluster' },
    spec: { managementState: 'Managed', storage, ...more },
    status: {
      conditions: [
        { type: 'Available', status: 'True', reason },
        { type: 'Removed', status: 'False' },
      ],
    },
  });
const host5000 = loaded('imageConfigs', {
  metadata: { name: 'cluster' },
  status: { internalRegistryHostname: 'image-registry.openshift-image-registry.svc:5000' },
});
const fast = loaded('storageClasses', { metadata: { name: 'fast', annotations: { [virtDefaultAnnotation]: 'true' } } });

const forklift = (namespace: string) =>
  loaded('forkliftControllers', { metadata: { name: 'forklift-controller', namespace } });
const proxies = (...namespaces: readonly string[]) =>
  loaded('consolePlugins', {
    metadata: { name: 'migration-prep' },
    spec: {
      proxy: namespaces.map((namespace, at) => ({
        alias: ['forklift-inventory', 'forklift-services'][at] ?? '',
        endpoint: { service: { namespace } },
      })),
    },
  });

test.each<[string, string, ByKind, string]>([
  ['operator-cnv', 'nothing', {}, 'blocked NotInstalled'],
  ['operator-cnv', 'no OLM and no CRD', { subscriptions: absent, hyperConvergeds: absent }, 'blocked NotInstalled'],
  [
    'operator-cnv',
    'being installed',
    { subscriptions: subscription(cnv, { state: 'UpgradePending' }), operatorGroups: group },
    'waiting Installing',
  ],
  [
    'operator-cnv',
    'failed',
    {
      subscriptions: subscription(cnv, { conditions: [{ type: 'InstallPlanFailed', status: 'True' }] }),
      operatorGroups: group,
    },
    'blocked InstallPlanFailed',
  ],
  ['operator-cnv', 'installed, not set up', by(cnv), 'blocked OperandMissing'],
  ['operator-cnv', 'installed, its API not served', { ...by(cnv), hyperConvergeds: absent }, 'waiting CrdMissing'],
  [
    'operator-cnv',
    'in a project without OperatorGroup',
    { subscriptions: subscription(cnv, { state: '' }) },
    'waiting NoGroup',
  ],
  [
    'operator-cnv',
    'in a project with two',
    {
      subscriptions: subscription(cnv, { state: '' }),
      operatorGroups: loaded(
        'operatorGroups',
        { metadata: { name: 'a', namespace: 'p' } },
        { metadata: { name: 'b', namespace: 'p' } },
      ),
    },
    'blocked SeveralGroups',
  ],
  ['operator-cnv', 'set up by whomever', { ...by(cnv), hyperConvergeds: ready }, 'ready OperandReady'],
  [
    'operator-cnv',
    'case 3: the community package',
    { ...by('community-kubevirt-hyperconverged'), hyperConvergeds: ready },
    'ready OperandReady',
  ],
  [
    'operator-cnv',
    'case 3: by a ClusterExtension',
    { clusterExtensions: extension, hyperConvergeds: ready },
    'ready OperandReady',
  ],
  [
    'operator-cnv',
    'case 3: no OLM of version 1',
    { ...by(cnv), clusterExtensions: absent, hyperConvergeds: ready },
    'ready OperandReady',
  ],
  ['operator-cnv', 'case 3: nothing that tells what runs it', { hyperConvergeds: ready }, 'unknown OperandAlone'],
  [
    'operator-cnv',
    'case 3: the same, without OLM',
    {
      hyperConvergeds: ready,
      subscriptions: absent,
      clusterServiceVersions: absent,
      operatorGroups: absent,
      clusterExtensions: absent,
    },
    'unknown OperandAlone',
  ],
  [
    'operator-cnv',
    'case 3: no right to look at ClusterExtensions',
    { hyperConvergeds: ready, clusterExtensions: forbidden },
    'unknown Forbidden',
  ],
  [
    'operator-cnv',
    'it works, its version does not',
    { ...by(cnv, 'Failed'), hyperConvergeds: ready },
    'warning VersionRetried',
  ],
  [
    'operator-cnv',
    'it works, without a Subscription',
    {
      operatorGroups: group,
      clusterServiceVersions: loaded('clusterServiceVersions', {
        metadata: { name: 'v', namespace: 'p', labels: { [`operators.coreos.com/${cnv}.p`]: '' } },
        status: { phase: 'Succeeded' },
      }),
      hyperConvergeds: ready,
    },
    'warning InstalledAlone',
  ],
  [
    'operator-cnv',
    'being set up',
    { ...by(cnv), hyperConvergeds: loaded('hyperConvergeds', { metadata: { name: 'h' } }) },
    'waiting OperandPreparing',
  ],
  ['operator-cnv', 'no right to look at operators', { subscriptions: forbidden }, 'unknown Forbidden'],
  ['operator-cnv', 'no right to look at the operand', { hyperConvergeds: forbidden }, 'unknown Forbidden'],
  ['operator-lvms', 'nothing', {}, 'blocked NotInstalled'],
  ['operator-lvms', 'other storage', { storageClasses: fast }, 'ready StorageElsewhere'],
  [
    'operator-lvms',
    'no disks',
    {
      lvmClusters: loaded('lvmClusters', { metadata: { name: 'l' }, status: { state: 'Failed' } }),
      storageClasses: fast,
    },
    'blocked OperandFailed',
  ],
  [
    'operator-nmstate',
    'set up, and no right to look at its pods',
    { nmStates: loaded('nmStates', { metadata: { name: 'n' } }), daemonSets: forbidden },
    'unknown Forbidden',
  ],
  [
    'operator-nmstate',
    'set up',
    {
      ...by('kubernetes-nmstate-operator'),
      nmStates: loaded('nmStates', { metadata: { name: 'n' }, status: available }),
    },
    'ready OperandReady',
  ],
  [
    'operator-mtv',
    'failed',
    {
      forkliftControllers: loaded('forkliftControllers', {
        metadata: { name: 'f' },
        status: { conditions: [{ type: 'Failure', status: 'True' }] },
      }),
    },
    'blocked OperandFailed',
  ],
  ['virt-default-class', 'nothing', {}, 'blocked NoStorageClass'],
  ['virt-default-class', 'one', { storageClasses: fast }, 'ready VirtDefaultSet'],
  [
    'virt-default-class',
    'case 15: the beta annotation',
    {
      storageClasses: loaded('storageClasses', {
        metadata: { name: 'vendor-block', annotations: { 'storageclass.beta.kubernetes.io/is-default-class': 'true' } },
      }),
    },
    'warning BetaDefaultUsed',
  ],
  ['virt-default-class', 'no right', { storageClasses: forbidden }, 'unknown Forbidden'],
  ['build-api', 'served', {}, 'ready BuildsServed'],
  ['build-api', 'left out', { buildConfigs: absent }, 'blocked BuildsAbsent'],
  [
    'build-api',
    'left out, with an image from elsewhere',
    {
      buildConfigs: absent,
      forkliftControllers: loaded('forkliftControllers', {
        metadata: { name: 'f' },
        spec: { vddk_image: 'quay.io/vddk' },
      }),
    },
    'ready BuildsNotNeeded',
  ],
  ['build-api', 'no right', { buildConfigs: forbidden }, 'unknown Forbidden'],
  ['image-registry', 'none', {}, 'blocked RegistryAbsent'],
  ['image-registry', 'switched off', { imageRegistryConfigs: registry('Removed') }, 'blocked RegistryRemoved'],
  [
    'image-registry',
    'case 13: an emptyDir',
    { imageRegistryConfigs: registryOf({ emptyDir: {} }), imageConfigs: host5000 },
    'warning RegistryEphemeral',
  ],
  [
    'image-registry',
    'case 13: readOnly',
    { imageRegistryConfigs: registryOf({ pvc: {} }, 'Ready', { readOnly: true }), imageConfigs: host5000 },
    'warning RegistryReadOnly',
  ],
  [
    'image-registry',
    'case 14: with minimum availability',
    { imageRegistryConfigs: registryOf({ pvc: {} }, 'MinimumAvailability'), imageConfigs: host5000 },
    'ready RegistryReady',
  ],
  ['image-registry', 'starting', { imageRegistryConfigs: registry('Managed') }, 'waiting RegistryStarting'],
  [
    'image-registry',
    'switched off, with an image from elsewhere',
    {
      imageRegistryConfigs: registry('Removed'),
      forkliftControllers: loaded('forkliftControllers', {
        metadata: { name: 'f' },
        spec: { vddk_image: 'quay.io/vddk' },
      }),
    },
    'ready RegistryNotNeeded',
  ],
  [
    'image-registry',
    'case 4: switched off, with images of the Providers alone',
    {
      imageRegistryConfigs: registry('Removed'),
      providers: loaded('providers', {
        metadata: { name: 'a' },
        spec: { type: 'vsphere', settings: { vddkInitImage: 'quay.io/vddk' } },
      }),
    },
    'ready RegistryNotNeeded',
  ],
  [
    'image-registry',
    'case 4: switched off, and one Provider has no image',
    {
      imageRegistryConfigs: registry('Removed'),
      providers: loaded(
        'providers',
        { metadata: { name: 'a' }, spec: { type: 'vsphere', settings: { vddkInitImage: 'quay.io/vddk' } } },
        { metadata: { name: 'b' }, spec: { type: 'vsphere' } },
      ),
    },
    'blocked RegistryRemoved',
  ],
  [
    'image-registry',
    'case 4: switched off, though the image is in it',
    {
      imageRegistryConfigs: registry('Removed'),
      forkliftControllers: loaded('forkliftControllers', {
        metadata: { name: 'f' },
        spec: { vddk_image: 'image-registry.openshift-image-registry.svc:5000/mtv/vddk' },
      }),
    },
    'blocked RegistryRemoved',
  ],
  ['image-registry', 'no right', { imageRegistryConfigs: forbidden }, 'unknown Forbidden'],
  [
    'host-provider',
    'none',
    { providers: loaded('providers', { metadata: { name: 'x' }, spec: { type: 'openshift', url: 'https://other' } }) },
    'blocked NoHost',
  ],
  [
    'host-provider',
    "none to be seen, for who may not look into MTV's project",
    { providers: { ...loaded('providers'), isPartial: true } },
    'unknown Forbidden',
  ],
  ['host-provider', 'new', { providers: host() }, 'waiting HostStaging'],
  ['host-provider', 'ready', { providers: host({ phase: 'Ready' }) }, 'ready HostReady'],
  [
    'host-provider',
    'failed',
    {
      providers: host({
        phase: 'ConnectionFailed',
        conditions: [
          { type: 'ConnectionTestFailed', status: 'True', category: 'Critical', message: 'no matches for kind' },
        ],
      }),
    },
    'blocked HostFailed',
  ],
  ['console-plugin', 'not installed', {}, 'ready PluginAbsent'],
  ['console-plugin', 'no MTV', { consolePlugins: proxies('my-mtv', 'my-mtv') }, 'blocked MtvAbsent'],
  [
    'console-plugin',
    'leads to MTV',
    { consolePlugins: proxies('my-mtv', 'my-mtv'), forkliftControllers: forklift('my-mtv') },
    'ready ProxiesLead',
  ],
  [
    'console-plugin',
    'leads to where MTV is being installed',
    { consolePlugins: proxies('p', 'p'), subscriptions: subscription('mtv-operator') },
    'ready ProxiesLead',
  ],
  [
    'console-plugin',
    'leads elsewhere with one proxy',
    { consolePlugins: proxies('my-mtv', 'x'), forkliftControllers: forklift('my-mtv') },
    'blocked ProxyAstray',
  ],
  [
    'console-plugin',
    'lacks a proxy',
    { consolePlugins: proxies('my-mtv'), forkliftControllers: forklift('my-mtv') },
    'blocked ProxyMissing',
  ],
  ['console-plugin', 'no right', { consolePlugins: forbidden }, 'unknown Forbidden'],
])('%s: %s', (id, _, facts, expected) => {
  const check = checks.find((each) => each.id === id);
  const verdict = check?.judge(factsByKind(check.needs, facts));
  expect(`${verdict?.state ?? ''} ${verdict?.reason ?? ''}`).toBe(expected);
  expect(verdict?.text(plainEnglish)).not.toMatch(/\{\{|undefined|\s$/);
});

test('ids are unique', () => {
  expect(new Set(checks.map(({ id }) => id)).size).toBe(checks.length);
});
