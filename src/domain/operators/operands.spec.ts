import type { KubeObject } from '../objects';
import { ownLabels } from '../ownership';
import type { LvmCluster } from '../platform-objects';
import { plainEnglish } from '../translate';
import { differencesOf } from './lvm-cluster';
import type { LvmDifference, LvmWish } from './lvm-cluster';
import { operandProblemText, planOperand } from './plan-operand';
import type { OperandWish } from './plan-operand';
import { operandTexts, readOperand } from './read-operand';
import type { OperandSeen, OperandReading } from './read-operand';

const metadata = { name: 'x' };
const is = (...types: string[]) => types.map((type) => ({ type, status: 'True' }));
const not = (type: string, message: string) => ({ type, status: 'False', message });
const rolledOut = { metadata, status: { desiredNumberScheduled: 3, updatedNumberScheduled: 3, numberAvailable: 3 } };
const served = { metadata, status: { availableReplicas: 1 } };
const failure = { type: 'Failure', status: 'True', message: 'playbook' };
const nmstate = (conditions?: object[], rest = {}): OperandSeen =>
  ({
    id: 'nmstate',
    operand: { metadata, ...(conditions && { status: { conditions } }) },
    handler: undefined,
    webhook: undefined,
    ...rest,
  }) as OperandSeen;
const lvms = (status: LvmCluster['status']): OperandSeen => ({
  id: 'lvms',
  operand: { metadata, ...(status && { status }) },
});
const cnv = (...conditions: { type: string; status: string; message?: string }[]): OperandSeen => ({
  id: 'cnv',
  operand: { metadata, status: { conditions } },
});
const mtv = (...conditions: { type: string; status: string; reason?: string; message?: string }[]): OperandSeen => ({
  id: 'mtv',
  operand: { metadata, status: { conditions } },
});

test.each<[string, OperandSeen, OperandReading['state'], RegExp]>([
  ['no operand', { id: 'cnv', operand: undefined }, 'absent', /resource is missing/],
  ['MTV, no status', { id: 'mtv', operand: { metadata } }, 'waiting', /being set up\.$/],
  ['MTV, at work', mtv(...is('Running')), 'waiting', /set up/],
  ['MTV, idle', mtv(...is('Successful'), { type: 'Running', status: 'True', reason: 'Successful' }), 'ready', /ready/],
  ['MTV, failed', mtv(failure), 'blocked', /playbook/],
  ['virtualization, no status', cnv(), 'waiting', /set up/],
  ['virtualization, ready', cnv(...is('Available', 'ReconcileComplete'), not('Progressing', '')), 'ready', /ready/],
  ['virtualization, not reconciled', cnv(...is('Available')), 'waiting', /set up/],
  [
    'virtualization, progressing',
    cnv(...is('Available', 'ReconcileComplete'), {
      ...is('Progressing')[0],
      type: 'Progressing',
      status: 'True',
      message: 'CDI',
    }),
    'waiting',
    /CDI/,
  ],
  [
    'virtualization, degraded',
    cnv(...is('Available', 'ReconcileComplete'), { type: 'Degraded', status: 'True', message: 'KubeVirt' }),
    'blocked',
    /KubeVirt/,
  ],
  ['LVM Storage, no status', lvms(undefined), 'waiting', /set up/],
  ['LVM Storage, ready', lvms({ state: 'Ready', ready: true }), 'ready', /ready/],
  ['LVM Storage, ready in one place only', lvms({ state: 'Ready' }), 'waiting', /set up/],
  [
    'LVM Storage, no disk',
    lvms({ state: 'Failed', conditions: [not('VolumeGroupsReady', 'no available devices')] }),
    'blocked',
    /no available devices/,
  ],
  [
    'case 20: LVM Storage, a disk in use',
    lvms({
      state: 'Failed',
      ready: false,
      conditions: [not('VolumeGroupsReady', 'One or more VGs are failed')],
      deviceClassStatuses: [
        {
          name: 'vg1',
          nodeStatus: [
            {
              node: 'worker-0',
              status: 'Failed',
              reason: 'device /dev/disk/by-id/wwn-0x5000 is already in use\n  and sdb has children block devices',
            },
            { node: 'worker-1', status: 'Ready' },
            { node: 'worker-2', status: 'Progressing' },
          ],
        },
      ],
    }),
    'blocked',
    /One or more VGs are failed\. worker-0: vg1 Failed, device \/dev\/disk\/by-id\/wwn-0x5000 is already in use; and sdb has children block devices\. worker-2: vg1 Progressing$/,
  ],
  [
    'case 20: LVM Storage, no disk left',
    lvms({
      state: 'Failed',
      deviceClassStatuses: [
        {
          name: 'vg1',
          nodeStatus: [
            {
              node: 'worker-0',
              status: 'Failed',
              reason: 'the volume group vg1 does not exist, and there were no available devices to create it',
              excluded: [
                {
                  name: '/dev/sdb',
                  reasons: ['/dev/sdb has an invalid filesystem signature (xfs) and cannot be used'],
                },
              ],
            },
          ],
        },
      ],
    }),
    'blocked',
    /no available devices to create it, \/dev\/sdb has an invalid filesystem signature/,
  ],
  [
    'case 20: LVM Storage, many nodes',
    lvms({
      state: 'Degraded',
      deviceClassStatuses: [
        { name: 'vg1', nodeStatus: ['a', 'b', 'c', 'd', 'e'].map((node) => ({ node, status: 'Degraded' })) },
      ],
    }),
    'blocked',
    /c: vg1 Degraded\. … \(\+2\)$/,
  ],
  ['LVM Storage, degraded', lvms({ state: 'Degraded', conditions: [] }), 'blocked', /failure/],
  ['NMState ≥ 4.21, available', nmstate(is('Available')), 'ready', /ready/],
  [
    'NMState ≥ 4.21, not available although rolled out',
    nmstate([not('Available', 'handler')], { handler: rolledOut, webhook: served }),
    'waiting',
    /handler/,
  ],
  [
    'NMState ≥ 4.21, degraded',
    nmstate([not('Available', ''), { type: 'Degraded', status: 'True', message: 'bad' }]),
    'blocked',
    /bad/,
  ],
  ['NMState < 4.21, nothing rolled out', nmstate(), 'waiting', /set up/],
  ['NMState < 4.21, rolled out', nmstate(undefined, { handler: rolledOut, webhook: served }), 'ready', /ready/],
  ['NMState < 4.21, no webhook', nmstate(undefined, { handler: rolledOut }), 'waiting', /set up/],
  [
    'NMState < 4.21, a node behind',
    nmstate(undefined, { handler: { metadata, status: { ...rolledOut.status, numberAvailable: 2 } }, webhook: served }),
    'waiting',
    /set up/,
  ],
  [
    'NMState < 4.21, on no node',
    nmstate(undefined, { handler: { metadata, status: {} }, webhook: served }),
    'waiting',
    /set up/,
  ],
])('%s', (_, seen, state, says) => {
  const read = readOperand('The operator', seen);
  expect(read.state).toBe(state);
  const text = operandTexts[read.reason](plainEnglish, read.params);
  expect(text).toMatch(says);
  expect(text).not.toMatch(/\{\{|undefined|\s$/);
});

const lvm: LvmWish = {
  name: 'lvmcluster-sample',
  deviceClass: 'vg1',
  paths: ['/dev/disk/by-id/a'],
  optionalPaths: [],
  allEmptyDisks: false,
  thinPool: { name: 'thin-pool-1', sizePercent: 90, overprovisionRatio: 10 },
  fstype: 'xfs',
  nodeSelector: {},
  tolerations: [],
};
const planned = (wish: OperandWish, operands: readonly KubeObject[] = []) => planOperand(wish, 'home')({ operands });

test.each<[string, OperandWish, object]>([
  [
    'MTV',
    { id: 'mtv', settings: { feature_ui_plugin: 'true' } },
    { metadata: { name: 'forklift-controller', namespace: 'home' }, spec: { feature_ui_plugin: 'true' } },
  ],
  ['NMState', { id: 'nmstate' }, { metadata: { name: 'nmstate' }, spec: {} }],
  [
    'virtualization',
    { id: 'cnv', evictionStrategy: undefined },
    { metadata: { name: 'kubevirt-hyperconverged', namespace: 'home' }, spec: {} },
  ],
  ['virtualization with a strategy', { id: 'cnv', evictionStrategy: 'None' }, { spec: { evictionStrategy: 'None' } }],
  [
    'LVM Storage on named disks of some nodes',
    { id: 'lvms', lvm: { ...lvm, optionalPaths: ['/dev/disk/by-id/b'], nodeSelector: { storage: 'yes', worker: '' } } },
    {
      metadata: { name: 'lvmcluster-sample', namespace: 'home' },
      spec: {
        storage: {
          deviceClasses: [
            {
              name: 'vg1',
              fstype: 'xfs',
              thinPoolConfig: lvm.thinPool,
              deviceSelector: { paths: ['/dev/disk/by-id/a'], optionalPaths: ['/dev/disk/by-id/b'] },
              nodeSelector: {
                nodeSelectorTerms: [
                  {
                    matchExpressions: [
                      { key: 'storage', operator: 'In', values: ['yes'] },
                      { key: 'worker', operator: 'In', values: [''] },
                    ],
                  },
                ],
              },
            },
          ],
        },
      },
    },
  ],
  [
    'case 28: LVM Storage on tainted nodes',
    { id: 'lvms', lvm: { ...lvm, tolerations: [{ key: 'infra', operator: 'Exists', effect: 'NoSchedule' }] } },
    { spec: { tolerations: [{ key: 'infra', operator: 'Exists', effect: 'NoSchedule' }], storage: {} } },
  ],
])('%s is created where it is missing, and left alone where it is there', (_, wish, object) => {
  expect(planned(wish)).toMatchObject({ ok: true, value: [{ verb: 'create', object: { ...object } }] });
  expect(planned(wish)).toMatchObject({ value: [{ object: { metadata: { labels: ownLabels } } }] });
  expect(planned(wish, [{ metadata: { name: 'of-somebody', namespace: 'home' } }])).toEqual({ ok: true, value: [] });
});

test.each(['mtv', 'cnv'] as const)(
  'what an earlier %s left in another project counts only where its operator looks there',
  (id) => {
    const leftOver = [{ metadata: { name: 'left-over', namespace: 'elsewhere' } }];
    const plan = planned(id === 'mtv' ? { id, settings: {} } : { id, evictionStrategy: undefined }, leftOver);
    expect(plan).toMatchObject({ ok: true, value: id === 'mtv' ? [{ verb: 'create' }] : [] });
  },
);

test('NMState belongs to no project', () => {
  const plan = planned({ id: 'nmstate' });
  expect(plan.ok && plan.value[0]?.verb === 'create' && plan.value[0].object.metadata.namespace).toBeUndefined();
});

test('LVM Storage never takes every disk unless that is said', () => {
  const without = { ...lvm, paths: [] };
  expect(planned({ id: 'lvms', lvm: without })).toEqual({ ok: false, error: 'NoDevices' });
  expect(planned({ id: 'lvms', lvm: { ...lvm, allEmptyDisks: true } })).toEqual({
    ok: false,
    error: 'AllDisksAndPaths',
  });
  const all = planned({ id: 'lvms', lvm: { ...without, allEmptyDisks: true } });
  expect(JSON.stringify(all)).not.toContain('deviceSelector');
  expect(all.ok).toBe(true);
  expect(operandProblemText(plainEnglish, 'NoDevices')).toContain('/dev/disk/by-id');
  expect(operandProblemText(plainEnglish, 'AllDisksAndPaths')).not.toBe('');
});

const present = (change: object): LvmCluster => ({
  metadata,
  spec: {
    storage: {
      deviceClasses: [
        { name: 'vg1', fstype: 'xfs', thinPoolConfig: lvm.thinPool, deviceSelector: { paths: lvm.paths }, ...change },
      ],
    },
  },
});
test.each<[string, LvmCluster, readonly LvmDifference[]]>([
  ['the same', present({}), []],
  ['more disks', present({ deviceSelector: { paths: [...lvm.paths, '/dev/sdb'] } }), []],
  ['another device class', present({ name: 'vg2' }), ['deviceClass']],
  ['another size of the thin pool', present({ thinPoolConfig: { ...lvm.thinPool, sizePercent: 50 } }), ['thinPool']],
  ['another file system', present({ fstype: 'ext4' }), ['fstype']],
  ['other nodes', present({ nodeSelector: { nodeSelectorTerms: [] } }), ['nodeSelector']],
  ['other disks', present({ deviceSelector: { paths: ['/dev/sdb'] } }), ['devices']],
  ['no disks named ever', present({ deviceSelector: undefined }), ['devicesNeverNamed']],
])('an LVMCluster with %s', (_, cluster, expected) => {
  expect(differencesOf(cluster, lvm)).toEqual(expected);
});

test.each<[string, LvmCluster['spec'], readonly LvmDifference[]]>([
  ['none', {}, ['tolerations']],
  [
    'the same in other words',
    { tolerations: [{ key: 'infra', operator: 'Equal', value: '', effect: 'NoSchedule' }] },
    [],
  ],
  ['another effect', { tolerations: [{ key: 'infra', effect: 'NoExecute' }] }, ['tolerations']],
  ['more', { tolerations: [{ operator: 'Exists' }, { key: 'infra', effect: 'NoSchedule' }] }, []],
])('an LVMCluster that tolerates %s', (_, spec, expected) => {
  const there = present({});
  const cluster = { ...there, spec: { ...there.spec, ...spec } };
  expect(differencesOf(cluster, { ...lvm, tolerations: [{ key: 'infra', effect: 'NoSchedule' }] })).toEqual(expected);
});

test('an LVMCluster has no tolerations unless they are wished', () => {
  expect(JSON.stringify(planned({ id: 'lvms', lvm }))).not.toContain('tolerations');
});
