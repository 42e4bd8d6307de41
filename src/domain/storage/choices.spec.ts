import type { ImageRegistryConfig, StorageClass } from '../platform-objects';
import { plainEnglish } from '../translate';
import { undoAnnotation } from '../undo';
import { claimProblemText, planChosenRegistry, planRegistry, registryProblemText } from './plan-registry';
import { isOnOneNode, virtDefaultAnnotation } from './virt-default';

const plain: StorageClass = { metadata: { name: 'plain' }, provisioner: 'other' };
const virt = (name: string, provisioner = 'other'): StorageClass => ({
  metadata: { name, annotations: { [virtDefaultAnnotation]: 'true' } },
  provisioner,
});
const config = (spec: ImageRegistryConfig['spec']): ImageRegistryConfig => ({
  metadata: { name: 'cluster', resourceVersion: '7' },
  ...(spec && { spec }),
});
const removed = config({ managementState: 'Removed', storage: {} });
const wish = { claim: 'c', size: '10Gi', accessMode: 'ReadWriteOnce' } as const;

describe('what somebody chooses of storage', () => {
  const local = { metadata: { name: 'lvms-vg1' }, provisioner: 'topolvm.io' } satisfies StorageClass;
  test.each<[string, readonly StorageClass[], boolean]>([
    ['none', [], false],
    ['LVM Storage alone, and nothing is marked', [local], true],
    ['LVM Storage beside another, and nothing is marked', [local, plain], false],
    ['another is marked', [local, virt('fast')], false],
    ['LVM Storage is marked', [virt('lvms-vg1', 'topolvm.io'), plain], true],
  ])('%s: whether disks are on one node', (_, classes, expected) => {
    expect(isOnOneNode(classes)).toBe(expected);
  });

  test('keeps its images in its pod only where somebody wants just that', () => {
    const plan = planRegistry('emptyDir')({ config: removed, claim: undefined, classes: [] });
    expect(plan.ok && plan.value).toMatchObject([
      {
        verb: 'patch',
        operations: [
          { op: 'test' },
          {
            path: '/metadata/annotations',
            value: {
              [undoAnnotation]:
                '{"set":"Managed, emptyDir","before":"Removed","others":{"replicas":null,"rolloutStrategy":null,"storage":{}}}',
            },
          },
          { path: '/spec/managementState', value: 'Managed' },
          { path: '/spec/replicas', value: 1 },
          { path: '/spec/rolloutStrategy', value: 'Recreate' },
          { path: '/spec/storage', value: { emptyDir: {} } },
        ],
      },
    ]);
    const kept = config({ managementState: 'Removed', storage: { emptyDir: {} } });
    const again = planRegistry('emptyDir')({ config: kept, claim: undefined, classes: [] });
    // What somebody else set is not noted as ours.
    expect(JSON.stringify(again)).not.toContain('Managed, emptyDir');
  });

  test('gets no volume of a class that was chosen and is gone', () => {
    const seen = { config: removed, claim: undefined, classes: [plain] };
    expect(planChosenRegistry({ ...wish, storageClass: 'gone' })(seen)).toEqual({ ok: false, error: 'ClassGone' });
    expect(registryProblemText(plainEnglish, 'ClassGone')).toContain('no longer exists');
    expect(planChosenRegistry({ ...wish, storageClass: plain.metadata.name })(seen).ok).toBe(true);
    expect(planChosenRegistry('emptyDir')(seen).ok).toBe(true);
  });

  test.each([
    ['100Gi', 'fast', undefined],
    ['1.5Ti', 'fast', undefined],
    ['100', 'fast', /such as 100Gi/],
    ['0Gi', 'fast', /such as 100Gi/],
    ['lots', 'fast', /such as 100Gi/],
    ['100Gi', '', /There is no storage class/],
  ])('a claim of %s of class %j', (size, storageClass, problem) => {
    const said = claimProblemText(plainEnglish, size, storageClass);
    if (problem) expect(said).toMatch(problem);
    else expect(said).toBeUndefined();
  });
});
