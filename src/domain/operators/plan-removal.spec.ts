import { keyOf, nameOfChange } from '../change';
import { ownLabels } from '../ownership';
import type { KubeObject } from '../objects';
import type { OperatorGroup, PersistentVolume, Subscription } from '../platform-objects';
import { plainEnglish } from '../translate';
import { operators } from './operator';
import { planOperandRemoval, planOperatorRemoval, planProjectRemoval, removalProblemText } from './plan-removal';

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

const volume = (spec: NonNullable<PersistentVolume['spec']>, phase = 'Bound', metadata = {}): PersistentVolume => ({
  metadata: { name: 'pv', ...metadata },
  spec,
  status: { phase },
});
const ofLvms = { storageClassName: 'lvms-vg1', persistentVolumeReclaimPolicy: 'Delete', claimRef: { uid: 'disk' } };
const claimed = [{ metadata: { name: 'disk', uid: 'disk' } }];

test.each<[string, readonly PersistentVolume[], readonly KubeObject[], string | undefined]>([
  ['no volume', [], [], undefined],
  ['volumes of others', [volume({ ...ofLvms, storageClassName: 'ceph' })], claimed, undefined],
  ['a volume that somebody claims', [volume(ofLvms)], claimed, 'HoldsWorkload'],
  [
    'a volume by its driver, whatever its class is called',
    [volume({ ...ofLvms, storageClassName: 'mine', csi: { driver: 'topolvm.io' } })],
    claimed,
    'HoldsWorkload',
  ],
  ['a volume whose claim is gone', [volume(ofLvms)], [], 'VolumesGoing'],
  ['a volume that is Released', [volume(ofLvms, 'Released')], claimed, 'VolumesGoing'],
  ['a volume that is being deleted', [volume(ofLvms, 'Bound', { deletionTimestamp: 'now' })], claimed, 'VolumesGoing'],
  [
    'a volume that is kept when its claim goes',
    [volume({ ...ofLvms, persistentVolumeReclaimPolicy: 'Retain' }, 'Released')],
    [],
    'HoldsWorkload',
  ],
  ['a volume that nobody ever claimed', [volume({ ...ofLvms, claimRef: {} }, 'Available')], [], 'HoldsWorkload'],
  ['one that goes and one that is claimed', [volume(ofLvms, 'Released'), volume(ofLvms)], claimed, 'HoldsWorkload'],
])('LVM Storage with %s', (_, workloads, claims, expected) => {
  const operands = [{ metadata: ours('lvmcluster-sample') }];
  const plan = planOperandRemoval('lvms')({ ...seen, operands, workloads, claims });
  expect(plan.ok ? undefined : plan.error.code).toBe(expected);
  if (!plan.ok) expect(removalProblemText(plainEnglish, plan.error)).toMatch(/^LVM Storage is .*\.$/);
});

test.each<[string, KubeObject, readonly KubeObject[], readonly string[] | string]>([
  ['ours, with nothing that hangs on it,', { metadata: ours('f') }, [], ['delete forkliftControllers shared/f']],
  ['ours, with work of people,', { metadata: ours('f') }, [{ metadata: { name: 'wave-1' } }], 'HoldsWorkload'],
  ["somebody else's", { metadata: { name: 'f', namespace: home } }, [{ metadata: { name: 'wave-1' } }], []],
  ['on its way', { metadata: { ...ours('f'), deletionTimestamp: 'now' } }, [{ metadata: { name: 'wave-1' } }], []],
])("an operator's own resource that is %s is removed accordingly", (_, operand, workloads, expected) => {
  const plan = planOperandRemoval('mtv')({ ...seen, operands: [operand], workloads });
  expect(plan.ok ? plan.value.map((change) => keyOf(nameOfChange(change))) : plan.error.code).toEqual(expected);
});

const something = { metadata: { name: 'x' } };
const empty = {
  project: { metadata: { name: home, uid: 'p', labels: ownLabels } },
  pods: [],
  claims: [],
  providers: [],
  plans: [],
  streams: [],
  subscriptions: [],
};
const host = { metadata: { name: 'host' }, spec: { type: 'openshift', url: '' } };

test.each<[string, Partial<Parameters<typeof planProjectRemoval>[0]>, 'goes' | 'stays' | 'NotEmpty']>([
  ['ours and empty', {}, 'goes'],
  ["ours, with nothing but MTV's own Provider", { providers: [host] }, 'goes'],
  ['ours, with a vCenter', { providers: [{ ...something, spec: { type: 'vsphere', url: '' } }] }, 'NotEmpty'],
  [
    'ours, with another cluster',
    { providers: [{ ...something, spec: { type: 'openshift', url: 'https://api' } }] },
    'NotEmpty',
  ],
  ['ours, with a pod', { pods: [something] }, 'NotEmpty'],
  ['ours, with a disk', { claims: [something] }, 'NotEmpty'],
  ['ours, with a plan', { plans: [something] }, 'NotEmpty'],
  ['ours, with images', { streams: [something] }, 'NotEmpty'],
  ['ours, with an operator', { subscriptions: [something] }, 'NotEmpty'],
  ["somebody else's and empty", { project: { metadata: { name: home } } }, 'stays'],
  ["somebody else's, with a pod", { project: { metadata: { name: home } }, pods: [something] }, 'stays'],
  ['gone', { project: undefined }, 'stays'],
  ['on its way', { project: { metadata: { ...empty.project.metadata, deletionTimestamp: 'now' } } }, 'stays'],
])('a project that is %s', (_, patch, expected) => {
  const plan = planProjectRemoval({ ...empty, ...patch });
  const outcome = plan.ok ? plan.value.map((change) => keyOf(nameOfChange(change))) : plan.error;
  expect(outcome).toEqual({ goes: [`delete namespaces /${home}`], stays: [], NotEmpty: 'NotEmpty' }[expected]);
});
