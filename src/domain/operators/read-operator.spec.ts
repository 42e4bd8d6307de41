import type { ClusterServiceVersion, CustomResourceDefinition, Subscription } from '../platform-objects';
import { plainEnglish } from '../translate';
import { operators } from './operator';
import { operatorTexts } from './operator-texts';
import { readOperator } from './read-operator';

const home = 'openshift-cnv';
const operator = operators.cnv;
type Seen = Parameters<typeof readOperator>[1];

const subscription = (status?: Subscription['status'], spec: Subscription['spec'] = {}): Subscription => ({
  metadata: { name: 'hco-operatorhub', namespace: home },
  spec: { name: operator.package, source: 'redhat-operators', sourceNamespace: 'openshift-marketplace', ...spec },
  ...(status && { status }),
});
const holds = (type: string, reason = '', message = 'because') => ({ conditions: [{ type, status: 'True', reason, message }] });
const version = 'kubevirt-hyperconverged-operator.v4.21.0';
const installed = subscription({ state: 'AtLatestKnown', installedCSV: version });
const csv = (status: ClusterServiceVersion['status'], labels = {}): ClusterServiceVersion => ({
  metadata: { name: version, namespace: home, labels },
  ...(status && { status }),
});
const succeeded = csv({ phase: 'Succeeded' });
const crd = (status: string): CustomResourceDefinition => ({
  metadata: { name: 'hyperconvergeds.hco.kubevirt.io' },
  status: { conditions: [{ type: 'Established', status }] },
});
const group = { metadata: { name: 'kubevirt-hyperconverged-group', namespace: home } };
const whole: Seen = { home, subscriptions: [installed], groups: [group], csvs: [succeeded], crd: crd('True') };

test.each<[string, Partial<Seen>, string, RegExp]>([
  ['nothing', { subscriptions: [], csvs: [] }, 'absent NotInstalled', /not installed/],
  ["somebody else's package", { subscriptions: [{ ...installed, spec: { name: 'other' } }], csvs: [] }, 'absent NotInstalled', /not installed/],
  ['two Subscriptions', { subscriptions: [installed, installed] }, 'failed SeveralSubscriptions', /openshift-cnv\/hco-operatorhub.*all but one/],
  ['two OperatorGroups', { groups: [group, { metadata: { name: 'x', namespace: home } }] }, 'failed SeveralGroups', /kubevirt-hyperconverged-group, x/],
  ['no OperatorGroup', { groups: [] }, 'installing NoGroup', /has no OperatorGroup. Create one/],
  ['OLM has not looked', { subscriptions: [subscription()] }, 'installing NotLookedAt', /has not looked/],
  [
    'the catalog is unhealthy',
    { subscriptions: [subscription(holds('CatalogSourcesUnhealthy'))] },
    'installing CatalogUnhealthy',
    /catalog redhat-operators in project openshift-marketplace.*because/,
  ],
  ['nothing can be resolved', { subscriptions: [subscription(holds('ResolutionFailed'))] }, 'installing ResolutionFailed', /because.*channel/],
  [
    'approval is needed, told by the condition',
    { subscriptions: [subscription({ ...holds('InstallPlanPending', 'RequiresApproval'), installPlanRef: { name: 'install-abc' } })] },
    'installing ApprovalNeeded',
    /Approve InstallPlan install-abc in project openshift-cnv/,
  ],
  [
    'approval is needed, told by the state',
    { subscriptions: [subscription({ state: 'UpgradePending', installPlanRef: { name: 'install-abc' } }, { installPlanApproval: 'Manual' })] },
    'installing ApprovalNeeded',
    /install-abc/,
  ],
  ['being unpacked', { subscriptions: [subscription({ state: 'UpgradePending' })] }, 'installing Installing', /being installed/],
  ['the plan failed', { subscriptions: [subscription(holds('InstallPlanFailed'))] }, 'failed InstallPlanFailed', /because Delete Subscription/],
  ['the bundle cannot be unpacked', { subscriptions: [subscription(holds('BundleUnpackFailed'))] }, 'failed InstallPlanFailed', /because/],
  ['a version that is gone', { csvs: [] }, 'installing VersionMissing', /v4\.21\.0 counts as installed/],
  ['a version being installed', { csvs: [csv({ phase: 'Installing', message: 'waiting for deployments' })] }, 'installing VersionInstalling', /waiting for deployments/],
  ['a failure that OLM mends', { csvs: [csv({ phase: 'Failed', reason: 'InstallCheckFailed', message: 'timeout' })] }, 'installing VersionRetried', /tried again.*timeout/],
  [
    'a failure for good',
    { csvs: [csv({ phase: 'Failed', reason: 'UnsupportedOperatorGroup', message: 'AllNamespaces' })] },
    'failed VersionFailed',
    /UnsupportedOperatorGroup: AllNamespaces/,
  ],
  ['at the latest version, which has not succeeded', { csvs: [csv({ phase: 'Pending' })] }, 'installing VersionInstalling', /Pending/],
  ['no CRD', { crd: undefined }, 'installing CrdMissing', /not served yet/],
  ['a CRD that is not established', { crd: crd('False') }, 'installing CrdMissing', /not served yet/],
  ['all of it', {}, 'ready Installed', /installed \(kubevirt-hyperconverged-operator\.v4\.21\.0\)/],
  [
    'installed, while an update waits for approval',
    { subscriptions: [subscription({ installedCSV: version, ...holds('InstallPlanPending', 'RequiresApproval') })] },
    'ready Installed',
    /installed/,
  ],
  ['installed, while the catalog is away', { subscriptions: [subscription({ installedCSV: version, ...holds('CatalogSourcesUnhealthy') })] }, 'ready Installed', /installed/],
  [
    'installed without a Subscription, known by its label',
    { subscriptions: [], csvs: [csv({ phase: 'Succeeded' }, { [`operators.coreos.com/${operator.package}.${home}`]: '' })] },
    'ready InstalledAlone',
    /nothing updates it/,
  ],
])('%s', (_, seen, expected, says) => {
  const { state, reason, params } = readOperator(operator, { ...whole, ...seen });
  expect(`${state} ${reason}`).toBe(expected);
  const text = operatorTexts[reason](plainEnglish, params);
  expect(text).toMatch(says);
  expect(text).not.toMatch(/\{\{|undefined|\s$/);
});
