import { ownLabels } from '../ownership';
import type { ImageConfig, ImageRegistryConfig, PersistentVolumeClaim, StorageClass } from '../platform-objects';
import { plainEnglish } from '../translate';
import { undoAnnotation } from '../undo';
import { applyPatch } from '../json-patch';
import type { Change } from '../change';
import type { Result } from '../result';
import { planRegistry, planRegistryUndo, registryProblemText } from './plan-registry';
import { readRegistry, registryTexts } from './read-registry';
import type { RegistryClaim } from './plan-registry';
import { planVirtDefault, planVirtDefaultUndo, virtDefaultProblemText } from './plan-virt-default';
import { readVirtDefault, virtDefaultAnnotation, virtDefaultTexts } from './virt-default';

const clusterDefault = 'storageclass.kubernetes.io/is-default-class';
const storageClass = (
  name: string,
  annotations: Record<string, string> = {},
  more: Partial<StorageClass> & { created?: string } = {},
): StorageClass => ({
  metadata: { name, annotations, resourceVersion: '7', creationTimestamp: more.created ?? '2026-01-01T00:00:00Z' },
  provisioner: more.provisioner ?? 'other',
});
const virt = (name: string, created?: string) =>
  storageClass(name, { [virtDefaultAnnotation]: 'true' }, created === undefined ? {} : { created });
const plain = storageClass('plain');
const beta = storageClass('vendor-block', { 'storageclass.beta.kubernetes.io/is-default-class': 'true' });
const byDefault = storageClass('by-default', { [clusterDefault]: 'true' });

describe('the class of virtual machines', () => {
  test.each<[string, readonly StorageClass[], string, string | undefined]>([
    ['nothing', [], 'absent NoStorageClass', undefined],
    ['no default', [plain], 'absent NoDefaultClass', undefined],
    ["the cluster's default", [plain, byDefault], 'ready ClusterDefaultUsed', 'by-default'],
    [
      "two of the cluster's defaults",
      [byDefault, { ...byDefault, metadata: { ...byDefault.metadata, name: 'also' } }],
      'blocked SeveralClusterDefaults',
      'also',
    ],
    ['one of its own', [byDefault, virt('fast')], 'ready VirtDefaultSet', 'fast'],
    [
      'one that is switched off',
      [storageClass('off', { [virtDefaultAnnotation]: 'false' })],
      'absent NoDefaultClass',
      undefined,
    ],
    ['case 15: the beta annotation', [plain, beta], 'warning BetaDefaultUsed', 'vendor-block'],
    ['case 15: both spellings, of which CDI reads one', [byDefault, beta], 'ready ClusterDefaultUsed', 'by-default'],
    [
      'case 15: the beta annotation twice',
      [beta, { ...beta, metadata: { ...beta.metadata, name: 'a' } }],
      'blocked SeveralClusterDefaults',
      'a',
    ],
    ['two: the newest', [virt('old'), virt('new', '2026-02-01T00:00:00Z')], 'blocked SeveralVirtDefaults', 'new'],
    ['two of one age: the first by name', [virt('b'), virt('a')], 'blocked SeveralVirtDefaults', 'a'],
  ])('%s', (_, classes, expected, used) => {
    const read = readVirtDefault(classes);
    expect(`${read.state} ${read.reason}`).toBe(expected);
    expect(read.used).toBe(used);
    expect(virtDefaultTexts[read.reason](plainEnglish, read.params)).not.toMatch(/\{\{|undefined/);
  });

  const lvms = storageClass('lvms-vg1', {}, { provisioner: 'topolvm.io' });
  const plan = (className: string, unsetOthers: boolean, ...classes: StorageClass[]) =>
    planVirtDefault({ className, unsetOthers })({ classes });
  const written = (result: ReturnType<typeof plan>) =>
    result.ok &&
    result.value.map((change) => change.verb === 'patch' && [change.name, change.operations.map(({ path }) => path)]);

  test('is marked by one annotation and a note, and nothing else is written', () => {
    const paths = [
      '/metadata/resourceVersion',
      '/metadata/annotations/storageclass.kubevirt.io~1is-default-virt-class',
      '/metadata/annotations/migration-prep~1undo',
    ];
    expect(written(plan('lvms', false, plain, lvms))).toEqual([['lvms-vg1', paths]]);
    expect(written(plan('plain', false, plain, lvms))).toEqual([['plain', paths]]);
    expect(JSON.stringify(plan('lvms', true, byDefault, lvms))).not.toContain('is-default-class');
  });

  test('takes the mark from others only if asked', () => {
    expect(written(plan('fast', false, virt('fast'), virt('other')))).toEqual([]);
    expect(written(plan('fast', true, virt('fast'), virt('other')))).toMatchObject([['other', expect.anything()]]);
  });

  test('waits for a class that is not there, and does not guess between two', () => {
    const results = [
      plan('lvms', false, plain),
      plan('fast', false, plain),
      plan('lvms', false, lvms, { ...lvms, metadata: { name: 'lvms-vg2' } }),
    ];
    expect(results.map((result) => !result.ok && result.error.code)).toEqual([
      'ClassMissing',
      'ClassMissing',
      'SeveralLvmsClasses',
    ]);
    for (const result of results)
      if (!result.ok) expect(virtDefaultProblemText(plainEnglish, result.error)).toMatch(/\.$/);
  });

  test('is set back to what it was, unless somebody changed it', () => {
    const noted = (set: string, before: string | null, now: string) =>
      storageClass('x', { [virtDefaultAnnotation]: now, [undoAnnotation]: JSON.stringify({ set, before }) });
    const undo = (each: StorageClass) => {
      const result = planVirtDefaultUndo({ classes: [plain, each] });
      const [change] = result.ok ? result.value : [];
      return change?.verb === 'patch' ? change.operations.slice(1).map(({ op }) => op) : [];
    };
    expect(undo(noted('true', null, 'true'))).toEqual(['remove', 'remove']);
    expect(undo(noted('false', 'true', 'false'))).toEqual(['remove', 'add']);
    expect(undo(noted('true', null, 'false'))).toEqual(['remove']);
    expect(undo(virt('never-ours'))).toEqual([]);
  });
});

const config = (
  spec: ImageRegistryConfig['spec'],
  conditions: { type: string; status: string; reason?: string; message?: string }[] = [],
): ImageRegistryConfig => ({
  metadata: { name: 'cluster', resourceVersion: '7' },
  ...(spec && { spec }),
  status: { conditions },
});
const known: ImageConfig = {
  metadata: { name: 'cluster' },
  status: { internalRegistryHostname: 'image-registry.openshift-image-registry.svc:5000' },
};
const pvc = { pvc: { claim: 'c' } };
const available = [
  { type: 'Available', status: 'True', reason: 'Ready' },
  { type: 'Removed', status: 'False' },
];

describe('the registry', () => {
  test.each<[string, ImageRegistryConfig | undefined, ImageConfig | undefined, string]>([
    ['no registry', undefined, undefined, 'absent RegistryAbsent'],
    [
      'Removed, which is Available too',
      config({ managementState: 'Removed' }, [{ type: 'Available', status: 'True', reason: 'Removed' }]),
      known,
      'absent RegistryRemoved',
    ],
    [
      'Managed without storage',
      config({ managementState: 'Managed', storage: {} }, available),
      known,
      'absent RegistryWithoutStorage',
    ],
    [
      'Managed with nothing but a mark for storage',
      config({ managementState: 'Managed', storage: { managementState: 'Managed' } as object }),
      known,
      'absent RegistryWithoutStorage',
    ],
    [
      'waiting',
      config({ managementState: 'Managed', storage: pvc }, [
        { type: 'Available', status: 'False', message: 'no pods' },
      ]),
      undefined,
      'waiting RegistryStarting',
    ],
    [
      'running, while the cluster does not know its name',
      config({ managementState: 'Managed', storage: pvc }, available),
      undefined,
      'waiting RegistryStarting',
    ],
    [
      'still being removed',
      config({ managementState: 'Managed', storage: pvc }, available.slice(0, 1)),
      known,
      'waiting RegistryStarting',
    ],
    ['running', config({ managementState: 'Managed', storage: pvc }, available), known, 'ready RegistryReady'],
    [
      'by hand',
      config({ managementState: 'Unmanaged' }, [{ type: 'Available', status: 'True', reason: 'Unmanaged' }]),
      known,
      'warning RegistryUnmanaged',
    ],
    [
      'case 13: images in the pod',
      config({ managementState: 'Managed', storage: { emptyDir: {} } }, available),
      known,
      'warning RegistryEphemeral',
    ],
    [
      'case 13: images in the pod, which is not up',
      config({ managementState: 'Managed', storage: { emptyDir: {} } }, [{ type: 'Available', status: 'False' }]),
      known,
      'waiting RegistryStarting',
    ],
    [
      'case 13: read only',
      config({ managementState: 'Managed', storage: pvc, readOnly: true }, available),
      known,
      'warning RegistryReadOnly',
    ],
    [
      'case 14: minimum availability',
      config({ managementState: 'Managed', storage: pvc }, [
        { type: 'Available', status: 'True', reason: 'MinimumAvailability' },
        ...available.slice(1),
      ]),
      known,
      'ready RegistryReady',
    ],
    [
      'case 14: a reason of tomorrow',
      config({ managementState: 'Managed', storage: pvc }, [
        { type: 'Available', status: 'True', reason: 'New' },
        ...available.slice(1),
      ]),
      known,
      'ready RegistryReady',
    ],
    [
      'case 14: Managed again, and its status still that of the removed one',
      config({ managementState: 'Managed', storage: pvc }, [
        { type: 'Available', status: 'True', reason: 'Removed' },
        { type: 'Removed', status: 'True' },
      ]),
      known,
      'waiting RegistryStarting',
    ],
    [
      'no replicas',
      config({ managementState: 'Managed', storage: pvc, replicas: 0 }, [
        { type: 'Available', status: 'False', reason: 'NoReplicasAvailable' },
      ]),
      known,
      'absent RegistryNoReplicas',
    ],
    [
      'a claim that may not be bound',
      config({ managementState: 'Managed', storage: pvc }, [
        { type: 'Available', status: 'False', reason: 'NoReplicasAvailable' },
      ]),
      known,
      'waiting RegistryClaimUnused',
    ],
    ['by hand, not running', config({ managementState: 'Unmanaged' }), undefined, 'absent RegistryUnmanaged'],
  ])('%s', (_, seen, image, expected) => {
    const { state, reason, params } = readRegistry(seen, image);
    expect(`${state} ${reason}`).toBe(expected);
    expect(registryTexts[reason](plainEnglish, params)).not.toMatch(/\{\{|undefined|\s$/);
  });

  const saying = (type: string, status: string, message: string, reason = '') => ({ type, status, message, reason });
  const [down, degraded] = [saying('Available', 'False', 'no pods'), saying('Degraded', 'True', 'no volume')];
  const progress = (reason: string) => saying('Progressing', 'True', 'cannot roll out', reason);
  test.each<[string, Parameters<typeof config>[1], ImageConfig | undefined, string]>([
    ['that it is not available', [down, progress('DeploymentNotCompleted')], known, 'no pods'],
    ['what keeps it from a roll-out', [down, progress('Error')], known, 'cannot roll out'],
    ['above all what is degraded', [down, progress('Error'), degraded], known, 'no volume'],
    ['nothing that is over', [down, saying('Degraded', 'False', 'all is well')], known, 'no pods'],
    ['nothing while it runs and only its name is missing', [...available, degraded], undefined, ''],
    ['nothing when its operator says nothing', [], known, ''],
  ])('tells %s', (_, conditions, image, message) => {
    const { reason, params } = readRegistry(config({ managementState: 'Managed', storage: pvc }, conditions), image);
    expect([reason, params]).toEqual(['RegistryStarting', { message }]);
  });

  test('names the claim that its pods may wait for, and none where it has none', () => {
    const unused = [saying('Available', 'False', '', 'NoReplicasAvailable')];
    const read = (storage: object) => readRegistry(config({ managementState: 'Managed', storage }, unused), known);
    expect(read(pvc)).toMatchObject({ reason: 'RegistryClaimUnused', params: { claim: 'c' } });
    for (const storage of [{ s3: {} }, { pvc: {} }]) expect(read(storage).reason).toBe('RegistryStarting');
  });

  const wish: RegistryClaim = { claim: 'c', size: '10Gi', accessMode: 'ReadWriteOnce' };
  const claim: PersistentVolumeClaim = { metadata: { name: 'c', namespace: 'openshift-image-registry' } };
  const removed = config({ managementState: 'Removed', storage: {} });
  type Seen = Parameters<ReturnType<typeof planRegistry>>[0];

  test.each<[string, Partial<Seen>, RegistryClaim, readonly string[] | string]>([
    ['Removed', {}, wish, ['create persistentVolumeClaims', 'patch imageRegistryConfigs']],
    ['Removed, and the claim is there', { claim }, wish, ['patch imageRegistryConfigs']],
    [
      'Managed without storage',
      { config: config({ managementState: 'Managed', storage: {} }) },
      wish,
      ['create persistentVolumeClaims', 'patch imageRegistryConfigs'],
    ],
    [
      'Managed with storage of somebody',
      { config: config({ managementState: 'Managed', storage: { s3: {} } as object }) },
      wish,
      [],
    ],
    [
      'Removed with storage of somebody',
      { config: config({ managementState: 'Removed', storage: { s3: {} } as object }) },
      wish,
      ['patch imageRegistryConfigs'],
    ],
    ['by hand', { config: config({ managementState: 'Unmanaged' }) }, wish, 'RegistryByHand'],
    ['no configuration yet', { config: undefined }, wish, 'RegistryMissing'],
    ['no default class', { classes: [plain] }, wish, 'NoClassForClaim'],
    [
      'no default class, but one named',
      { classes: [plain] },
      { ...wish, storageClass: 'plain' },
      ['create persistentVolumeClaims', 'patch imageRegistryConfigs'],
    ],
  ])('%s', (_, seen, wanted, expected) => {
    const plan = planRegistry(wanted)({ config: removed, claim: undefined, classes: [byDefault], ...seen });
    if (typeof expected === 'string') {
      expect(plan).toEqual({ ok: false, error: expected });
      if (!plan.ok) expect(registryProblemText(plainEnglish, plan.error)).toMatch(/\.$/);
    } else {
      expect(plan.ok && plan.value.map(({ verb, kind }) => `${verb} ${kind}`)).toEqual(expected);
    }
  });

  test('gets one replica that is recreated, and storage of somebody is never replaced', () => {
    const patched = (seen: ImageRegistryConfig) => {
      const plan = planRegistry(wish)({ config: seen, claim: undefined, classes: [byDefault] });
      const change = plan.ok ? plan.value.at(-1) : undefined;
      return change?.verb === 'patch'
        ? Object.fromEntries(
            change.operations.slice(2).map((operation) => [operation.path, 'value' in operation && operation.value]),
          )
        : {};
    };
    expect(patched(removed)).toEqual({
      '/spec/managementState': 'Managed',
      '/spec/replicas': 1,
      '/spec/rolloutStrategy': 'Recreate',
      '/spec/storage': pvc,
    });
    expect(patched(config({ managementState: 'Removed', storage: { s3: {} } as object }))).toEqual({
      '/spec/managementState': 'Managed',
    });
  });

  test('gets a claim of ours, as it is wished', () => {
    const claimOf = (wanted: RegistryClaim) => {
      const plan = planRegistry(wanted)({ config: removed, claim: undefined, classes: [byDefault] });
      const [change] = plan.ok ? plan.value : [];
      return change?.verb === 'create' ? change.object : undefined;
    };
    expect(claimOf({ ...wish, accessMode: 'ReadWriteMany', storageClass: 'fast' })).toEqual({
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name: 'c', namespace: 'openshift-image-registry', labels: ownLabels },
      spec: {
        accessModes: ['ReadWriteMany'],
        resources: { requests: { storage: '10Gi' } },
        storageClassName: 'fast',
      },
    });
    expect(claimOf(wish)).toMatchObject({ spec: { accessModes: ['ReadWriteOnce'] } });
  });

  test("asks for the virtual machines' class only where the cluster has no default", () => {
    const classOf = (...classes: StorageClass[]) => {
      const plan = planRegistry(wish)({ config: removed, claim: undefined, classes });
      const [change] = plan.ok ? plan.value : [];
      return change?.verb === 'create' ? (change.object as PersistentVolumeClaim).spec?.storageClassName : 'no claim';
    };
    expect(classOf(byDefault, virt('fast'))).toBeUndefined();
    expect(classOf(plain, virt('fast'))).toBe('fast');
    // case 15: Kubernetes gives the claim the class by either annotation.
    expect(classOf(beta, virt('fast'))).toBeUndefined();
  });

  const ours: ImageRegistryConfig = {
    ...config({ managementState: 'Managed', storage: pvc }),
    metadata: { name: 'cluster', annotations: { [undoAnnotation]: '{"set":"Managed","before":"Removed"}' } },
  };
  const ofPod: ImageRegistryConfig = {
    ...config({ managementState: 'Managed', storage: { emptyDir: {} } }),
    metadata: { name: 'cluster', annotations: { [undoAnnotation]: '{"set":"Managed, emptyDir","before":"Removed"}' } },
  };
  const ourClaim = { metadata: { ...claim.metadata, uid: 'u', labels: ownLabels } };
  const stream = (namespace: string, registry: string) => ({
    metadata: { name: 's', namespace },
    status: {
      tags: [{ tag: 'latest', items: [{ dockerImageReference: `${registry}/x@sha256:1`, image: 'sha256:1' }] }],
    },
  });
  const internal = 'image-registry.openshift-image-registry.svc:5000';
  test.each<[string, Parameters<typeof planRegistryUndo>[0], readonly string[] | string]>([
    [
      'ours and empty',
      { config: ours, streams: [stream('openshift', internal), stream('vms', 'quay.io')], claims: [ourClaim] },
      ['patch', 'delete'],
    ],
    [
      'ours, with an image of somebody',
      { config: ours, streams: [stream('vms', internal)], claims: [ourClaim] },
      'RegistryInUse',
    ],
    ['ours, and kept its images in its pod', { config: ofPod, streams: [], claims: [] }, ['patch']],
    [
      'ours in its pod, with an image of somebody',
      { config: ofPod, streams: [stream('vms', internal)], claims: [] },
      'RegistryInUse',
    ],
    ['never ours', { config: config({ managementState: 'Managed', storage: pvc }), streams: [], claims: [claim] }, []],
    [
      'switched off by somebody since',
      { config: { ...ours, spec: { managementState: 'Removed', storage: pvc } }, streams: [], claims: [ourClaim] },
      ['patch'],
    ],
    [
      'given other storage since',
      { config: { ...ours, spec: { managementState: 'Managed', storage: {} } }, streams: [], claims: [ourClaim] },
      ['patch', 'delete'],
    ],
    [
      'given a claim of somebody since',
      {
        config: { ...ours, spec: { managementState: 'Managed', storage: { pvc: { claim: 'theirs' } } } },
        streams: [stream('vms', internal)],
        claims: [ourClaim, { metadata: { name: 'theirs', namespace: 'openshift-image-registry' } }],
      },
      ['patch', 'delete'],
    ],
    ['gone', { config: undefined, streams: [], claims: [ourClaim] }, ['delete']],
    [
      'ours, and only ever asked for images',
      { config: ours, streams: [{ metadata: { name: 's', namespace: 'vms' } }], claims: [ourClaim] },
      ['patch', 'delete'],
    ],
  ])('undone where it is %s', (_, seen, expected) => {
    const plan = planRegistryUndo(seen);
    expect(plan.ok ? plan.value.map(({ verb }) => verb) : plan.error).toEqual(expected);
  });

  test.each([
    ['as it was', '"Unmanaged"', 'Unmanaged'],
    ['Removed where nothing was said', 'null', 'Removed'],
  ])('is set back to %s, without storage and note', (_, before, expected) => {
    const annotations = { [undoAnnotation]: `{"set":"Managed","before":${before}}` };
    const plan = planRegistryUndo({
      config: { ...ours, metadata: { ...ours.metadata, resourceVersion: '7', annotations } },
      streams: [],
      claims: [ourClaim],
    });
    expect(plan.ok && plan.value).toMatchObject([
      {
        verb: 'patch',
        kind: 'imageRegistryConfigs',
        name: 'cluster',
        operations: [
          { op: 'test', path: '/metadata/resourceVersion', value: '7' },
          { op: 'remove', path: '/metadata/annotations/migration-prep~1undo' },
          { op: 'replace', path: '/spec/managementState', value: expected },
          { op: 'replace', path: '/spec/storage', value: {} },
        ],
      },
      { verb: 'delete', kind: 'persistentVolumeClaims', name: 'c', namespace: 'openshift-image-registry', uid: 'u' },
    ]);
  });

  const rolling = { replicas: 2, rolloutStrategy: 'RollingUpdate' };
  const unmanaged = { storage: { managementState: 'Unmanaged' } as object };
  test.each([
    ['as they were', { ...rolling, ...unmanaged }, {}, { ...rolling, ...unmanaged }],
    ['to nothing where there was nothing', {}, {}, { storage: {} }],
    ['not where somebody has changed them since', rolling, { replicas: 3 }, { ...rolling, replicas: 3, storage: {} }],
  ])('replicas, rollout and storage are set back %s', (_, before, since, expected) => {
    const patched = (seen: ImageRegistryConfig, plan: Result<readonly Change[], unknown>): ImageRegistryConfig => {
      const change = plan.ok ? plan.value.find(({ verb }) => verb === 'patch') : undefined;
      const result = change?.verb === 'patch' ? applyPatch(seen, change.operations) : undefined;
      if (result?.ok !== true) throw new Error('not patched');
      return result.value as ImageRegistryConfig;
    };
    const seen = config({ managementState: 'Removed', ...before });
    const on = patched(seen, planRegistry(wish)({ config: seen, claim: undefined, classes: [byDefault] }));
    const later = { ...on, spec: { ...on.spec, ...since } };
    const off = patched(later, planRegistryUndo({ config: later, streams: [], claims: [ourClaim] }));
    expect(off.spec).toEqual({ managementState: 'Removed', ...expected });
  });
});
