import type { ClusterExtension, ClusterServiceVersion, Subscription } from '../platform-objects';
import { plainEnglish } from '../translate';
import { operators } from './operator';
import { operatorTexts } from './operator-texts';
import { readOperator } from './read-operator';

const home = 'openshift-cnv';
const operator = operators.cnv;
type Seen = Parameters<typeof readOperator>[1] & { readonly isServed?: boolean };

const subscription = (status?: Subscription['status'], spec: Subscription['spec'] = {}): Subscription => ({
  metadata: { name: 'hco-operatorhub', namespace: home },
  spec: { name: operator.package, source: 'redhat-operators', sourceNamespace: 'openshift-marketplace', ...spec },
  ...(status && { status }),
});
const holds = (type: string, reason = '', message = 'because') => ({
  conditions: [{ type, status: 'True', reason, message }],
});
const version = 'kubevirt-hyperconverged-operator.v4.21.0';
const installed = subscription({ state: 'AtLatestKnown', installedCSV: version });
const csv = (status: ClusterServiceVersion['status'], labels = {}): ClusterServiceVersion => ({
  metadata: { name: version, namespace: home, labels },
  ...(status && { status }),
});
const succeeded = csv({ phase: 'Succeeded' });
const group = { metadata: { name: 'kubevirt-hyperconverged-group', namespace: home } };
const whole: Seen = {
  subscriptions: [installed],
  clusterExtensions: [],
  groups: [group],
  csvs: [succeeded],
  operands: [],
};
const unresolved = (message: string, reason = 'ConstraintsNotSatisfiable') => ({
  subscriptions: [subscription(holds('ResolutionFailed', reason, message))],
  csvs: [],
});
const extension = (
  ...conditions: { type: string; status: string; reason?: string; message?: string }[]
): ClusterExtension => ({
  metadata: { name: 'virt' },
  spec: { namespace: 'openshift-cnv', source: { catalog: { packageName: operator.package } } },
  status: { conditions, install: { bundle: { name: version } } },
});

test.each<[string, Partial<Seen>, string, RegExp]>([
  ['nothing', { subscriptions: [], csvs: [] }, 'absent NotInstalled', /not installed/],
  [
    "somebody else's package",
    { subscriptions: [{ ...installed, spec: { name: 'other' } }], csvs: [] },
    'absent NotInstalled',
    /not installed/,
  ],
  [
    'two Subscriptions',
    { subscriptions: [installed, installed] },
    'blocked InstalledTwice',
    /Subscription openshift-cnv\/hco-operatorhub.*all but one/,
  ],
  [
    'two OperatorGroups',
    { groups: [group, { metadata: { name: 'x', namespace: home } }] },
    'blocked SeveralGroups',
    /kubevirt-hyperconverged-group, x/,
  ],
  ['no OperatorGroup', { groups: [] }, 'waiting NoGroup', /has no OperatorGroup. Create one/],
  ['OLM has not looked', { subscriptions: [subscription()] }, 'waiting NotLookedAt', /has not processed/],
  [
    'the catalog is unhealthy',
    { subscriptions: [subscription(holds('CatalogSourcesUnhealthy'))] },
    'waiting CatalogUnhealthy',
    /Catalog redhat-operators in project openshift-marketplace.*because/,
  ],
  [
    'nothing can be resolved',
    { subscriptions: [subscription(holds('ResolutionFailed'))] },
    'waiting ResolutionFailed',
    /It says: because$/,
  ],
  [
    'approval is needed, told by the condition',
    {
      subscriptions: [
        subscription({ ...holds('InstallPlanPending', 'RequiresApproval'), installPlanRef: { name: 'install-abc' } }),
      ],
    },
    'waiting ApprovalNeeded',
    /Approve InstallPlan install-abc in project openshift-cnv/,
  ],
  [
    'approval is needed, told by the state',
    {
      subscriptions: [
        subscription(
          { state: 'UpgradePending', installPlanRef: { name: 'install-abc' } },
          { installPlanApproval: 'Manual' },
        ),
      ],
    },
    'waiting ApprovalNeeded',
    /install-abc/,
  ],
  [
    'being unpacked',
    { subscriptions: [subscription({ state: 'UpgradePending' })] },
    'waiting Installing',
    /being installed/,
  ],
  [
    'the plan failed',
    { subscriptions: [subscription(holds('InstallPlanFailed'))] },
    'blocked InstallPlanFailed',
    /Then delete Subscription hco-operatorhub .* again\. because$/,
  ],
  [
    'the bundle cannot be unpacked, for a reason not known here',
    { subscriptions: [subscription(holds('BundleUnpackFailed'))] },
    'blocked UnpackPrevented',
    /because/,
  ],
  ['a version that is gone', { csvs: [] }, 'waiting VersionMissing', /OLM reports \S+v4\.21\.0 as installed/],
  [
    'a version being installed',
    { csvs: [csv({ phase: 'Installing', message: 'waiting for deployments' })] },
    'waiting VersionInstalling',
    /waiting for deployments/,
  ],
  [
    'a failure that OLM mends',
    { csvs: [csv({ phase: 'Failed', reason: 'InstallCheckFailed', message: 'timeout' })] },
    'waiting VersionRetried',
    /OLM retries.*timeout/,
  ],
  [
    'a failure for good',
    { csvs: [csv({ phase: 'Failed', reason: 'UnsupportedOperatorGroup', message: 'AllNamespaces' })] },
    'blocked VersionFailed',
    /UnsupportedOperatorGroup: AllNamespaces/,
  ],
  [
    'at the latest version, which has not succeeded',
    { csvs: [csv({ phase: 'Pending' })] },
    'waiting VersionInstalling',
    /Pending/,
  ],
  ['no API of the operand', { isServed: false }, 'waiting CrdMissing', /not served yet/],
  ['all of it', {}, 'ready Installed', /installed \(kubevirt-hyperconverged-operator\.v4\.21\.0\)/],
  [
    'installed, while an update waits for approval',
    { subscriptions: [subscription({ installedCSV: version, ...holds('InstallPlanPending', 'RequiresApproval') })] },
    'ready Installed',
    /installed/,
  ],
  [
    'installed, while the catalog is away',
    { subscriptions: [subscription({ installedCSV: version, ...holds('CatalogSourcesUnhealthy') })] },
    'ready Installed',
    /installed/,
  ],
  [
    'installed without a Subscription, known by its label',
    {
      subscriptions: [],
      csvs: [csv({ phase: 'Succeeded' }, { [`operators.coreos.com/${operator.package}.${home}`]: '' })],
    },
    'ready InstalledAlone',
    /nothing updates it/,
  ],
  [
    'case 17: a bundle that is not unpacked in time',
    {
      subscriptions: [
        subscription(
          holds(
            'BundleUnpackFailed',
            'BundleUnpackFailed',
            'bundle unpacking failed. Reason: DeadlineExceeded, and Message: Job was active longer than specified deadline',
          ),
        ),
      ],
    },
    'blocked UnpackFailed',
    /in project openshift-marketplace, delete the failed Job .*and the ConfigMap that this label names.*DeadlineExceeded/,
  ],
  [
    'case 17: the same on an InstallPlan, as OLM once said it',
    {
      subscriptions: [
        subscription(
          holds(
            'InstallPlanFailed',
            'InstallComponentFailed',
            'bundle unpacking failed. Reason: BackoffLimitExceeded, and Message: Job has reached the specified backoff limit',
          ),
        ),
      ],
    },
    'blocked UnpackFailed',
    /the failed Job/,
  ],
  [
    'case 17: the same, where OLM tries again by itself',
    {
      subscriptions: [
        subscription(
          holds(
            'BundleUnpackFailed',
            'BundleUnpackFailed',
            'Bundle unpacking failed - DeadlineExceeded: Job was active longer than specified deadline. Auto-retry in ~5 min after job cleanup (TTL).',
          ),
        ),
      ],
    },
    'waiting UnpackFailed',
    /the failed Job/,
  ],
  [
    'case 18: an orphaned CSV',
    unresolved(
      `constraints not satisfiable: clusterserviceversion ${version} exists and is not referenced by a subscription, subscription hco-operatorhub exists`,
    ),
    'waiting OrphanedVersion',
    /Delete that ClusterServiceVersion.*Source and channel are correct\.$/,
  ],
  [
    "case 19: somebody else's broken catalog, as OLM says it up to 4.11",
    unresolved(
      'failed to populate resolver cache from source community-operators/openshift-marketplace: failed to list bundles: rpc error: code = Unavailable',
      'ErrorPreventedResolution',
    ),
    'waiting OtherCatalog',
    /catalog openshift-marketplace\/community-operators.*The Subscription of OpenShift Virtualization is correct/,
  ],
  [
    'case 19: and as it says it now, of two',
    unresolved(
      '[error using catalogsource openshift-marketplace/community-operators: failed to list bundles: rpc error, error using catalogsource openshift-cnv/mine: no service found]',
      'ErrorPreventedResolution',
    ),
    'waiting OtherCatalog',
    /catalog openshift-marketplace\/community-operators, openshift-cnv\/mine\./,
  ],
  [
    'case 19: its own catalog',
    unresolved(
      'error using catalogsource openshift-marketplace/redhat-operators: failed to list bundles: rpc error: code = Unavailable',
      'ErrorPreventedResolution',
    ),
    'waiting CatalogUnhealthy',
    /^Catalog redhat-operators in project openshift-marketplace/,
  ],
  [
    'case 19: told by the health of catalogs alone',
    {
      subscriptions: [
        subscription({
          conditions: [
            {
              type: 'CatalogSourcesUnhealthy',
              status: 'True',
              reason: 'UnhealthyCatalogSourceFound',
              message: 'all available catalogsources are healthy',
            },
          ],
          catalogHealth: [
            { healthy: true, catalogSourceRef: { name: 'redhat-operators', namespace: 'openshift-marketplace' } },
            { healthy: false, catalogSourceRef: { name: 'certified-operators', namespace: 'openshift-marketplace' } },
          ],
        }),
      ],
    },
    'waiting OtherCatalog',
    /openshift-marketplace\/certified-operators.* is correct\.$/,
  ],
  [
    'a catalog that is not there',
    {
      subscriptions: [
        subscription(
          holds(
            'CatalogSourcesUnhealthy',
            'UnhealthyCatalogSourceFound',
            'targeted catalogsource openshift-marketplace/redhat-operators missing',
          ),
        ),
      ],
    },
    'waiting CatalogMissing',
    /catalog redhat-operators does not exist in project openshift-marketplace/,
  ],
  [
    'an orphaned CSV counts more than a catalog that was away',
    {
      csvs: [],
      subscriptions: [
        subscription({
          conditions: [
            { type: 'CatalogSourcesUnhealthy', status: 'True', message: '' },
            {
              type: 'ResolutionFailed',
              status: 'True',
              message: `constraints not satisfiable: clusterserviceversion ${version} exists and is not referenced by a subscription`,
            },
          ],
        }),
      ],
    },
    'waiting OrphanedVersion',
    /Delete/,
  ],
  ...(
    [
      [
        'no operators found from catalog redhat-operators in namespace openshift-marketplace referenced by subscription hco-operatorhub',
        'CatalogMissing',
        /Correct the source/,
      ],
      [
        'no operators found in package kubevirt-hyperconverged in the catalog referenced by subscription hco-operatorhub',
        'PackageMissing',
        /has no package kubevirt-hyperconverged/,
      ],
      [
        'no operators found in channel dev of package kubevirt-hyperconverged in the catalog referenced by subscription hco-operatorhub',
        'ChannelMissing',
        /Set a channel/,
      ],
      [
        'no operators found with name v0 in channel dev of package kubevirt-hyperconverged in the catalog referenced by subscription hco-operatorhub',
        'StartingVersionMissing',
        /startingCSV/,
      ],
      [
        'no operators found in channel dev of package other in the catalog referenced by subscription other',
        'OtherSubscription',
        /cannot resolve Subscription other in project/,
      ],
      [
        '@existing/openshift-cnv//x and redhat-operators/openshift-marketplace/stable/y originate from package kubevirt-hyperconverged',
        'PackageTwice',
        /package kubevirt-hyperconverged is already installed or requested/,
      ],
      ['bundle x requires an operator providing an API with group: g', 'ResolutionFailed', /bundle x requires/],
    ] as const
  ).map(([message, reason, says]): [string, Partial<Seen>, string, RegExp] => [
    `cannot be resolved: ${reason}`,
    unresolved(`constraints not satisfiable: ${message}, subscription hco-operatorhub exists`),
    `waiting ${reason}`,
    says,
  ]),
  [
    'case 3: the community package',
    { subscriptions: [subscription({ installedCSV: version }, { name: 'community-kubevirt-hyperconverged' })] },
    'ready Installed',
    /installed/,
  ],
  [
    'case 3: a package of an unknown name, whose version brings the API',
    {
      subscriptions: [subscription({ installedCSV: version }, { name: 'our-virt' })],
      csvs: [
        {
          ...csv({ phase: 'Succeeded' }),
          spec: { customresourcedefinitions: { owned: [{ name: 'hyperconvergeds.hco.kubevirt.io' }] } },
        },
      ],
    },
    'ready Installed',
    /installed/,
  ],
  [
    'case 3: an operand alone',
    { subscriptions: [], csvs: [], operands: [{ metadata: { name: 'mine', namespace: home } }] },
    'unknown OperandAlone',
    /HyperConverged openshift-cnv\/mine exists, but without a Subscription/,
  ],
  [
    'case 3: a ClusterExtension that has installed',
    { subscriptions: [], csvs: [], groups: [], clusterExtensions: [extension({ type: 'Installed', status: 'True' })] },
    'ready InstalledByExtension',
    /ClusterExtension virt/,
  ],
  [
    'case 3: the same, and no API yet',
    {
      subscriptions: [],
      csvs: [],
      clusterExtensions: [extension({ type: 'Installed', status: 'True' })],
      isServed: false,
    },
    'waiting CrdMissing',
    /not served/,
  ],
  [
    'case 3: a ClusterExtension that tries again',
    {
      subscriptions: [],
      csvs: [],
      clusterExtensions: [
        extension(
          { type: 'Installed', status: 'False' },
          { type: 'Progressing', status: 'True', reason: 'Retrying', message: 'no bundles found' },
        ),
      ],
    },
    'waiting ExtensionInstalling',
    /no bundles found/,
  ],
  [
    'case 3: a ClusterExtension that does not',
    {
      subscriptions: [],
      csvs: [],
      clusterExtensions: [
        extension(
          { type: 'Installed', status: 'False' },
          { type: 'Progressing', status: 'False', reason: 'Blocked', message: 'webhooks' },
        ),
      ],
    },
    'blocked ExtensionBlocked',
    /does not retry.*webhooks/,
  ],
  [
    'case 3: a ClusterExtension beside a Subscription',
    { clusterExtensions: [extension()] },
    'blocked InstalledTwice',
    /Subscription openshift-cnv\/hco-operatorhub, ClusterExtension virt/,
  ],
])('%s', (_, seen, expected, says) => {
  const { isServed = true, ...changed } = seen;
  const { state, reason, params } = readOperator(operator, { ...whole, ...changed }, isServed);
  expect(`${state} ${reason}`).toBe(expected);
  const text = operatorTexts[reason](plainEnglish, params);
  expect(text).toMatch(says);
  expect(text).not.toMatch(/\{\{|undefined|\s$/);
});

// CSVReason… of operators.coreos.com/v1alpha1.
test.each([
  ['UnsupportedOperatorGroup', 'blocked'],
  ['TooManyOperatorGroups', 'blocked'],
  ['InterOperatorGroupOwnerConflict', 'blocked'],
  ['OwnerConflict', 'blocked'],
  ['InvalidInstallStrategy', 'blocked'],
  ['InvalidInstallModes', 'blocked'],
  ['InstallComponentFailedNoRetry', 'blocked'],
  ['InstallComponentFailed', 'waiting'],
  ['InstallCheckFailed', 'waiting'],
  ['ComponentUnhealthy', 'waiting'],
  ['NeedsReinstall', 'waiting'],
  ['RequirementsNotMet', 'waiting'],
  ['', 'waiting'],
])('a version that failed for %s is %s', (reason, expected) => {
  const seen = { ...whole, csvs: [csv({ phase: 'Failed', ...(reason !== '' && { reason }) })] };
  expect(readOperator(operator, seen, true).state).toBe(expected);
});
