import type { ClusterFailure } from '../failure';
import type { KindId, ObjectOf } from '../kinds';
import { virtDefaultAnnotation } from '../storage/virt-default';
import { plainEnglish } from '../translate';
import type { Facts } from './check';
import { prerequisiteChecks as checks } from './prerequisites';

const loaded = <K extends KindId>(_kind: K, ...items: ObjectOf[K][]) => ({ state: 'loaded' as const, items });
const forbidden = { state: 'failed' as const, failure: { code: 'Forbidden', message: '' } satisfies ClusterFailure };
const absent = { state: 'absent' as const };
const available = { conditions: [{ type: 'Available', status: 'True' }, { type: 'ReconcileComplete', status: 'True' }] };
const nothing = Object.fromEntries([...new Set(checks.flatMap(({ needs }) => needs))].map((kind) => [kind, { state: 'loaded', items: [] }])) as Facts;

const subscription = (name: string, status?: object) =>
  loaded('subscriptions', { metadata: { name: 's', namespace: 'p' }, spec: { name }, ...(status && { status }) });
const host = (status?: object) => loaded('providers', { metadata: { name: 'host' }, spec: { type: 'openshift', url: '' }, ...(status && { status }) });
const registry = (managementState: string) => loaded('imageRegistryConfigs', { metadata: { name: 'cluster' }, spec: { managementState, storage: { pvc: {} } } });
const fast = loaded('storageClasses', { metadata: { name: 'fast', annotations: { [virtDefaultAnnotation]: 'true' } } });

test.each<[string, string, Facts, string]>([
  ['operator-cnv', 'nothing', {}, 'blocked NotInstalled'],
  ['operator-cnv', 'no OLM and no CRD', { subscriptions: absent, hyperConvergeds: absent }, 'blocked NotInstalled'],
  ['operator-cnv', 'being installed', { subscriptions: subscription('kubevirt-hyperconverged', { state: 'UpgradePending' }) }, 'waiting Installing'],
  ['operator-cnv', 'failed', { subscriptions: subscription('kubevirt-hyperconverged', { conditions: [{ type: 'InstallPlanFailed', status: 'True' }] }) }, 'blocked InstallPlanFailed'],
  ['operator-cnv', 'installed, not set up', { subscriptions: subscription('kubevirt-hyperconverged', { installedCSV: 'v' }) }, 'blocked OperandMissing'],
  ['operator-cnv', 'set up by whomever', { hyperConvergeds: loaded('hyperConvergeds', { metadata: { name: 'h' }, status: available }) }, 'ready OperandReady'],
  ['operator-cnv', 'being set up', { hyperConvergeds: loaded('hyperConvergeds', { metadata: { name: 'h' } }) }, 'waiting OperandPreparing'],
  ['operator-cnv', 'no right to look at operators', { subscriptions: forbidden }, 'unknown Forbidden'],
  ['operator-cnv', 'no right to look at the operand', { hyperConvergeds: forbidden }, 'unknown Forbidden'],
  ['operator-lvms', 'nothing', {}, 'blocked NotInstalled'],
  ['operator-lvms', 'other storage', { storageClasses: fast }, 'ready StorageElsewhere'],
  ['operator-lvms', 'no disks', { lvmClusters: loaded('lvmClusters', { metadata: { name: 'l' }, status: { state: 'Failed' } }), storageClasses: fast }, 'blocked OperandFailed'],
  ['operator-nmstate', 'set up, and no right to look at its pods', { nmStates: loaded('nmStates', { metadata: { name: 'n' } }), daemonSets: forbidden }, 'unknown Forbidden'],
  ['operator-nmstate', 'set up', { nmStates: loaded('nmStates', { metadata: { name: 'n' }, status: available }) }, 'ready OperandReady'],
  ['operator-mtv', 'failed', { forkliftControllers: loaded('forkliftControllers', { metadata: { name: 'f' }, status: { conditions: [{ type: 'Failure', status: 'True' }] } }) }, 'blocked OperandFailed'],
  ['virt-default-class', 'nothing', {}, 'blocked NoStorageClass'],
  ['virt-default-class', 'one', { storageClasses: fast }, 'ready VirtDefaultSet'],
  ['virt-default-class', 'no right', { storageClasses: forbidden }, 'unknown Forbidden'],
  ['image-registry', 'none', {}, 'blocked RegistryAbsent'],
  ['image-registry', 'switched off', { imageRegistryConfigs: registry('Removed') }, 'blocked RegistryRemoved'],
  ['image-registry', 'starting', { imageRegistryConfigs: registry('Managed') }, 'waiting RegistryStarting'],
  [
    'image-registry',
    'switched off, with an image from elsewhere',
    { imageRegistryConfigs: registry('Removed'), forkliftControllers: loaded('forkliftControllers', { metadata: { name: 'f' }, spec: { vddk_image: 'quay.io/vddk' } }) },
    'ready RegistryNotNeeded',
  ],
  ['image-registry', 'no right', { imageRegistryConfigs: forbidden }, 'unknown Forbidden'],
  ['host-provider', 'none', { providers: loaded('providers', { metadata: { name: 'x' }, spec: { type: 'openshift', url: 'https://other' } }) }, 'blocked NoHost'],
  ['host-provider', 'new', { providers: host() }, 'waiting HostStaging'],
  ['host-provider', 'ready', { providers: host({ phase: 'Ready' }) }, 'ready HostReady'],
  [
    'host-provider',
    'failed',
    { providers: host({ phase: 'ConnectionFailed', conditions: [{ type: 'ConnectionTestFailed', status: 'True', category: 'Critical', message: 'no matches for kind' }] }) },
    'blocked HostFailed',
  ],
])('%s: %s', (id, _, facts, expected) => {
  const verdict = checks.find((check) => check.id === id)?.judge({ ...nothing, ...facts });
  expect(`${verdict?.state ?? ''} ${verdict?.reason ?? ''}`).toBe(expected);
  expect(verdict?.text(plainEnglish)).not.toMatch(/\{\{|undefined|\s$/);
});

test('ids are unique', () => {
  expect(new Set(checks.map(({ id }) => id)).size).toBe(checks.length);
});
