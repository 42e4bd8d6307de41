import { keyOf, nameOfChange } from '../change';
import { ownLabels } from '../ownership';
import type { OperatorGroup, Subscription } from '../platform-objects';
import { operators } from './operator';
import { planOperatorRemoval } from './plan-removal';

const home = 'shared';
const ours = (name: string, namespace = home) => ({ name, namespace, uid: `uid-${name}`, labels: ownLabels });
const subscription: Subscription = {
  metadata: ours('mtv-operator'),
  spec: { name: operators.mtv.package },
  status: { installedCSV: 'mtv.v1' },
};
const other = (namespace: string): Subscription => ({ metadata: { name: 's', namespace }, spec: { name: 'other' } });
const group: OperatorGroup = { metadata: ours('migration'), spec: {} };
const csv = (name: string, namespace = home) => ({ metadata: { name, namespace, uid: `uid-${name}` } });
const seen = {
  subscriptions: [subscription],
  clusterExtensions: [],
  csvs: [csv('mtv.v1')],
  groups: [group],
  operands: [],
  workloads: [],
};
const whole = [
  'delete clusterServiceVersions shared/mtv.v1',
  'delete operatorGroups shared/migration',
  'delete subscriptions shared/mtv-operator',
];
const [version = '', , last = ''] = whole;

test.each<[string, Partial<Parameters<ReturnType<typeof planOperatorRemoval>>[0]>, readonly string[] | string]>([
  ['alone in its project goes with its OperatorGroup, its Subscription last', {}, whole],
  [
    'leaves the OperatorGroup to another Subscription of the project',
    { subscriptions: [subscription, other(home)] },
    [version, last],
  ],
  ['does not mind Subscriptions of other projects', { subscriptions: [subscription, other('elsewhere')] }, whole],
  [
    "leaves somebody else's OperatorGroup",
    { groups: [{ metadata: { ...group.metadata, labels: {} } }] },
    [version, last],
  ],
  ['leaves OperatorGroups of other projects', { groups: [group, { metadata: ours('far', 'elsewhere') }] }, whole],
  [
    'leaves other versions, and those of other projects',
    { csvs: [csv('mtv.v1'), csv('x.v1'), csv('mtv.v1', 'elsewhere')] },
    whole,
  ],
  [
    'of somebody else stays',
    { subscriptions: [{ ...subscription, metadata: { ...subscription.metadata, labels: {} } }] },
    [],
  ],
  ['waits for its own resource', { operands: [{ metadata: ours('forklift-controller') }] }, 'OperandThere'],
  ['stays while there is work in it', { workloads: [{ metadata: { name: 'wave-1' } }] }, 'HoldsWorkload'],
])('an operator %s', (_, patch, expected) => {
  const plan = planOperatorRemoval('mtv')({ ...seen, ...patch });
  expect(plan.ok ? plan.value.map((change) => keyOf(nameOfChange(change))) : plan.error.code).toEqual(expected);
});
