import { ownLabels } from '../ownership';
import type { ClusterServiceVersion, OperatorGroup, Subscription } from '../platform-objects';
import { plainEnglish } from '../translate';
import { operators, operatorIds, suggestedNamespace } from './operator';
import type { OperatorId } from './operator';
import { operatorProblemText, planOperator } from './plan-operator';
import type { OperatorWish } from './plan-operator';

const home = 'openshift-mtv';
const wish: OperatorWish = {
  mode: 'install',
  source: 'redhat-operators',
  sourceNamespace: 'openshift-marketplace',
  installPlanApproval: 'Automatic',
};
const nothing = { subscriptions: [], clusterExtensions: [], groups: [], csvs: [], operands: [], project: undefined };
const project = { metadata: { name: home } };
const group = (name: string, ...targetNamespaces: string[]): OperatorGroup => ({
  metadata: { name, namespace: home },
  spec: targetNamespaces.length > 0 ? { targetNamespaces } : {},
});
const subscription = (name: string, namespace: string, labels: Record<string, string> = {}): Subscription => ({
  metadata: { name, namespace, labels },
  spec: { name: 'mtv-operator' },
});
const extension = (packageName: string) => ({
  metadata: { name: 'mtv' },
  spec: { namespace: 'mtv-v1', source: { catalog: { packageName } } },
});
const controller = { metadata: { name: 'forklift-controller', namespace: home } };
const providing = (...owned: string[]): ClusterServiceVersion => ({
  metadata: { name: 'our-forklift.v1', namespace: 'elsewhere' },
  spec: { customresourcedefinitions: { owned: owned.map((name) => ({ name })) } },
});
const labelled: ClusterServiceVersion = {
  metadata: {
    name: 'mtv-operator.v2.11.0',
    namespace: home,
    labels: { [`operators.coreos.com/mtv-operator.${home}`]: '' },
  },
};
const copied = {
  ...labelled,
  metadata: { ...labelled.metadata, labels: { ...labelled.metadata.labels, 'olm.copiedFrom': 'x' } },
};

test.each<
  [string, Partial<OperatorWish>, Partial<Parameters<ReturnType<typeof planOperator>>[0]>, readonly string[] | string]
>([
  ['a bare cluster', {}, {}, ['namespaces', 'operatorGroups', 'subscriptions']],
  ['a project that is there', {}, { project }, ['operatorGroups', 'subscriptions']],
  [
    'an OperatorGroup of the console, with a random name',
    {},
    { project, groups: [group('openshift-mtv-x7k2p', home)] },
    ['subscriptions'],
  ],
  [
    'an OperatorGroup that selects by labels',
    {},
    { project, groups: [{ ...group('g'), spec: { selector: {} } }] },
    ['subscriptions'],
  ],
  ['a Subscription of somebody, in any project', {}, { subscriptions: [subscription('mine', 'elsewhere')] }, []],
  [
    'a Subscription of ours whose project lost its group',
    {},
    { project, subscriptions: [subscription('mtv-operator', home, ownLabels)] },
    ['operatorGroups'],
  ],
  ['an operator without Subscription', {}, { project, csvs: [labelled] }, []],
  [
    "another project's operator, copied here by OLM",
    {},
    { project, csvs: [copied] },
    ['operatorGroups', 'subscriptions'],
  ],
  ['adopt, and nothing there', { mode: 'adopt' }, {}, []],
  ['skip', { mode: 'skip' }, { groups: [group('a'), group('b')] }, []],
  ['two OperatorGroups', {}, { groups: [group('a', home), group('b', home)] }, 'SeveralGroups'],
  [
    'two OperatorGroups around a Subscription',
    { mode: 'adopt' },
    { groups: [group('a'), group('b')], subscriptions: [subscription('s', home)] },
    'SeveralGroups',
  ],
  [
    'two Subscriptions',
    {},
    { subscriptions: [subscription('a', home), subscription('b', 'elsewhere')] },
    'InstalledTwice',
  ],
  [
    'case 3: upstream Forklift',
    {},
    {
      subscriptions: [
        { ...subscription('forklift-operator', 'konveyor-forklift'), spec: { name: 'forklift-operator' } },
      ],
    },
    [],
  ],
  [
    'case 3: upstream Forklift beside that of Red Hat',
    {},
    {
      subscriptions: [
        subscription('a', home),
        { ...subscription('b', 'konveyor-forklift'), spec: { name: 'forklift-operator' } },
      ],
    },
    'InstalledTwice',
  ],
  ['case 3: a ClusterExtension', {}, { clusterExtensions: [extension('mtv-operator')], operands: [controller] }, []],
  [
    'case 3: a ClusterExtension of upstream Forklift that has made nothing yet',
    {},
    { clusterExtensions: [extension('forklift-operator')] },
    [],
  ],
  [
    'case 3: a ClusterExtension beside a Subscription',
    { mode: 'adopt' },
    { clusterExtensions: [extension('mtv-operator')], subscriptions: [subscription('a', home)] },
    'InstalledTwice',
  ],
  [
    "case 3: somebody else's ClusterExtension",
    {},
    { clusterExtensions: [extension('other')], project },
    ['operatorGroups', 'subscriptions'],
  ],
  ['case 3: an operand, and nothing that tells what runs it', {}, { operands: [controller] }, 'OperandAlone'],
  ['case 3: the same, to be adopted', { mode: 'adopt' }, { operands: [controller] }, []],
  [
    'case 3: a package of an unknown name that brings the API',
    {},
    { csvs: [providing('forkliftcontrollers.forklift.konveyor.io')] },
    [],
  ],
  [
    'case 3: an operator that brings another API',
    {},
    { csvs: [providing('plans.tackle.konveyor.io')], project },
    ['operatorGroups', 'subscriptions'],
  ],
  ['an OperatorGroup for the whole cluster', {}, { project, groups: [group('global')] }, 'GroupUnsuitable'],
  ['an OperatorGroup for another project', {}, { project, groups: [group('other', 'elsewhere')] }, 'GroupUnsuitable'],
])('%s', (_, wanted, seen, expected) => {
  const plan = planOperator(operators.mtv, { ...wish, ...wanted }, home)({ ...nothing, ...seen });
  if (typeof expected === 'string') {
    expect(plan).toMatchObject({ ok: false, error: { code: expected, namespace: home } });
    if (!plan.ok) expect(operatorProblemText(plainEnglish, plan.error)).not.toMatch(/\{\{|undefined/);
  } else {
    expect(plan.ok && plan.value.map(({ verb, kind }) => [verb, kind])).toEqual(
      expected.map((kind) => ['create', kind]),
    );
  }
});

test('what supports it may share an OperatorGroup for the whole cluster', () => {
  const plan = planOperator(operators.nmstate, wish, home)({ ...nothing, project, groups: [group('global')] });
  expect(plan.ok && plan.value).toHaveLength(1);
});

test('writes exactly what is wished: no channel of its own, and never an empty list of projects', () => {
  const plan = planOperator(operators.mtv, { ...wish, namespaceLabels: { team: 'vm' } }, home)(nothing);
  expect(plan).toMatchObject({
    value: [
      { object: { metadata: { name: home, labels: { ...ownLabels, team: 'vm' } } } },
      {
        object: {
          metadata: { name: 'migration', namespace: home, labels: ownLabels },
          spec: { targetNamespaces: [home] },
        },
      },
      { object: { metadata: { name: 'mtv-operator', namespace: home, labels: ownLabels } } },
    ],
  });
  const [, , made] = plan.ok ? plan.value : [];
  expect(made?.verb === 'create' && (made.object as Subscription).spec).toEqual({
    name: 'mtv-operator',
    source: 'redhat-operators',
    sourceNamespace: 'openshift-marketplace',
    installPlanApproval: 'Automatic',
  });
  const pinned: OperatorWish = {
    ...wish,
    channel: 'release-v2.12',
    installPlanApproval: 'Manual',
    startingCSV: 'mtv-operator.v2.12.0',
    nodeSelector: { infra: '' },
    tolerations: [{ key: 'infra', operator: 'Exists' }],
  };
  expect(planOperator(operators.mtv, pinned, home)({ ...nothing, project, groups: [group('g', home)] })).toMatchObject({
    value: [
      {
        object: {
          spec: {
            channel: 'release-v2.12',
            installPlanApproval: 'Manual',
            startingCSV: 'mtv-operator.v2.12.0',
            config: { nodeSelector: { infra: '' }, tolerations: [{ key: 'infra', operator: 'Exists' }] },
          },
        },
      },
    ],
  });
});

test.each<[OperatorId, string | undefined, string]>([
  ['lvms', '4.18.9', 'openshift-storage'],
  ['lvms', '4.19.0', 'openshift-storage'],
  ['lvms', '4.20.0-rc.1', 'openshift-lvm-storage'],
  ['lvms', '4.22.3', 'openshift-lvm-storage'],
  ['lvms', '5.0.0', 'openshift-lvm-storage'],
  ['lvms', undefined, 'openshift-storage'],
  ['mtv', '4.19.0', 'openshift-mtv'],
  ['cnv', undefined, 'openshift-cnv'],
])('%s on %s goes to %s', (id, version, expected) => {
  const clusterVersion =
    version === undefined ? undefined : { metadata: { name: 'version' }, status: { desired: { version } } };
  expect(suggestedNamespace(operators[id], clusterVersion)).toBe(expected);
});

test("the names are the Assisted Installer's", () => {
  expect(
    operatorIds.map((id) => [operators[id].operatorGroup, operators[id].subscription, operators[id].operand.name]),
  ).toEqual([
    ['openshift-storage-operatorgroup', 'lvms-operator', 'lvmcluster-sample'],
    ['migration', 'mtv-operator', 'forklift-controller'],
    ['openshift-nmstate', 'kubernetes-nmstate-operator', 'nmstate'],
    ['kubevirt-hyperconverged-group', 'hco-operatorhub', 'kubevirt-hyperconverged'],
  ]);
});
