import { shapeProblemText } from './shape';
import { plainEnglish } from './translate';
import { readWishes } from './wishes';

test.each<[string, unknown, readonly string[]]>([
  ['a list', [], ['The file is not allowed as it is. Allowed: keys with values.']],
  [
    'an unknown part',
    { operator: {} },
    ['operator is not a key. Known here: operators, namespaceLabels, storage, registry, virtualization.'],
  ],
  [
    'an unknown operator',
    { operators: { odf: {} } },
    ['operators.odf is not a key. Known here: lvms, mtv, nmstate, cnv.'],
  ],
  [
    'a wrong mode',
    { operators: { mtv: { mode: true } } },
    ['operators.mtv.mode is not allowed as it is. Allowed: install, adopt, skip.'],
  ],
  [
    'a number where a text belongs',
    { operators: { mtv: { channel: 4.2 } } },
    ['operators.mtv.channel is not allowed as it is. Allowed: a text.'],
  ],
  [
    'an empty channel',
    { operators: { mtv: { channel: '' } } },
    ['operators.mtv.channel is not allowed as it is. Allowed: a text.'],
  ],
  [
    'a disk by its name',
    { operators: { lvms: { operand: { paths: ['/dev/sda', 'sdb'] } } } },
    [
      'operators.lvms.operand.paths[1] is not allowed as it is. Allowed: a path below /dev, best below /dev/disk/by-id.',
    ],
  ],
  [
    'half a thin pool',
    { operators: { lvms: { operand: { thinPool: { sizePercent: 5 } } } } },
    ['operators.lvms.operand.thinPool.sizePercent is not allowed as it is. Allowed: a whole number from 10 to 100.'],
  ],
  [
    'a setting of the operator itself',
    { operators: { mtv: { operand: { settings: { olm_managed: true } } } } },
    [
      'operators.mtv.operand.settings.olm_managed is not allowed as it is. Allowed: nothing: this setting belongs to the operator.',
    ],
  ],
  [
    'a list as a setting',
    { operators: { mtv: { operand: { settings: { x: [] } } } } },
    ['operators.mtv.operand.settings.x is not allowed as it is. Allowed: a text, a whole number, true or false.'],
  ],
  [
    'a label with dots',
    { namespaceLabels: { 'argocd.argoproj.io/managed-by': 1 } },
    ['namespaceLabels."argocd.argoproj.io/managed-by" is not allowed as it is. Allowed: a text.'],
  ],
  [
    "the claim of the registry's operator",
    { registry: { claim: 'image-registry-storage' } },
    [
      "registry.claim is not allowed as it is. Allowed: a name other than image-registry-storage, which the registry's operator keeps for a claim of its own.",
    ],
  ],
  [
    'a size',
    { registry: { size: '100 GB' } },
    ['registry.size is not allowed as it is. Allowed: a size such as 100Gi.'],
  ],
  [
    'case 28: a toleration of the disks',
    { operators: { lvms: { operand: { tolerations: [{ key: 'infra', operator: 'In' }] } } } },
    ['operators.lvms.operand.tolerations[0].operator is not allowed as it is. Allowed: Exists, Equal.'],
  ],
  [
    'a toleration',
    { operators: { cnv: { tolerations: [{ effect: 'Never' }] } } },
    ['operators.cnv.tolerations[0].effect is not allowed as it is. Allowed: NoSchedule, PreferNoSchedule, NoExecute.'],
  ],
  [
    'several at once',
    { storage: { virtDefaultClass: 'Not Good', unsetOthers: 'yes' }, virtualization: { evictionStrategy: 'Never' } },
    [
      'storage.virtDefaultClass is not allowed as it is. Allowed: a name of small letters, digits and hyphens.',
      'storage.unsetOthers is not allowed as it is. Allowed: true or false.',
      'virtualization.evictionStrategy is not allowed as it is. Allowed: LiveMigrate, LiveMigrateIfPossible, None, External.',
    ],
  ],
])('%s', (_, content, sentences) => {
  const read = readWishes(content);
  expect(read.ok ? [] : read.error.map((problem) => shapeProblemText(plainEnglish, problem))).toEqual(sentences);
});

test.each([[null], [undefined], [{}], [{ operators: {} }], [{ registry: { size: '10Gi' } }]])(
  '%p wishes nothing',
  (content) => {
    expect(readWishes(content)).toMatchObject({
      ok: true,
      value: {
        operators: { lvms: { mode: 'skip' }, mtv: { mode: 'skip' }, nmstate: { mode: 'skip' }, cnv: { mode: 'skip' } },
        operands: {},
        virtDefault: undefined,
        registry: undefined,
        evictionStrategy: undefined,
      },
    });
  },
);

test('what is left out has the defaults of the contract', () => {
  const read = readWishes({
    operators: {
      lvms: { mode: 'install' },
      mtv: { mode: 'adopt', operand: { settings: { feature_x: false, number: 3, text: '' } } },
      cnv: { mode: 'install', operand: { create: false } },
    },
    registry: { enable: true },
    storage: { virtDefaultClass: 'lvms' },
  });
  expect(read.ok && read.value.operators.lvms).toMatchObject({
    source: 'redhat-operators',
    sourceNamespace: 'openshift-marketplace',
    installPlanApproval: 'Automatic',
  });
  expect(read.ok && read.value.operators.lvms.channel).toBeUndefined();
  expect(read.ok && read.value.operands).toMatchObject({
    lvms: {
      lvm: {
        name: 'lvmcluster-sample',
        deviceClass: 'vg1',
        paths: [],
        allEmptyDisks: false,
        fstype: 'xfs',
        tolerations: [],
        thinPool: { sizePercent: 90, overprovisionRatio: 10 },
      },
    },
    // MTV's flags are texts.
    mtv: { settings: { feature_x: 'false', number: 3, text: '' } },
    nmstate: undefined,
    cnv: undefined,
  });
  expect(read.ok && read.value.registry).toEqual({
    claim: 'image-registry-migration-prep',
    size: '100Gi',
    accessMode: 'ReadWriteOnce',
  });
  expect(read.ok && read.value.virtDefault).toEqual({ className: 'lvms', unsetOthers: false });
});
