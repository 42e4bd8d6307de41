import { create, deletionOf, patchOf } from './change';
import { differenceOf } from './difference';
import type { Secret } from './objects';

const secret: Secret = {
  metadata: {
    name: 'vc-credentials',
    namespace: 'mtv',
    uid: '1',
    resourceVersion: '7',
    labels: { team: 'vm' },
    annotations: { 'kubectl.kubernetes.io/last-applied-configuration': '{"stringData":{"password":"hush-hush"}}' },
  },
  type: 'Opaque',
  data: { user: 'aHVzaA==', password: 'aHVzaC1odXNo' },
};

describe('of a Secret only the keys are told, never a value', () => {
  test.each([
    ['that is made', create('secrets', { metadata: { name: 'a' }, stringData: { password: 'hush-hush' } }), undefined],
    ['that is deleted', deletionOf('secrets', secret)[0], secret],
    ...[secret, undefined].map(
      (present) =>
        [
          'that is patched',
          patchOf('secrets', secret, [
            { op: 'add', path: '/stringData', value: { password: 'hush-hush' } },
            { op: 'add', path: '/data/user', value: 'aHVzaC1odXNo' },
          ]),
          present,
        ] as const,
    ),
  ] as const)('%s', (_, write, present) => {
    const told = write ? differenceOf(write, present) : [];
    expect(told.length).toBeGreaterThan(0);
    expect(JSON.stringify(told)).not.toMatch(/hush|aHVzaA/);
  });

  test('a value that is set is told from one that stays', () => {
    const write = patchOf('secrets', secret, [{ op: 'add', path: '/stringData', value: { password: 'hush-hush' } }]);
    expect(differenceOf(write, secret)).toEqual([
      { path: '/data/password', before: '(hidden)', after: '(hidden, set anew)' },
    ]);
  });
});

describe('the difference that a patch makes', () => {
  const present = {
    metadata: { name: 'cluster', resourceVersion: '7', managedFields: [] },
    spec: { managementState: 'Removed', replicas: 2, tags: ['a'] },
  };

  test('is what it sets, alters and takes away, value by value; a list is one', () => {
    const write = patchOf('imageRegistryConfigs', present, [
      { op: 'add', path: '/metadata/annotations', value: { 'a.b/c': 'd' } },
      { op: 'replace', path: '/spec/managementState', value: 'Managed' },
      { op: 'remove', path: '/spec/replicas' },
      { op: 'add', path: '/spec/tags/-', value: 'b' },
    ]);
    expect(differenceOf(write, present)).toEqual([
      { path: '/metadata/annotations/a.b~1c', after: 'd' },
      { path: '/spec/managementState', before: 'Removed', after: 'Managed' },
      { path: '/spec/tags', before: ['a'], after: ['a', 'b'] },
      { path: '/spec/replicas', before: 2 },
    ]);
  });

  test('is what it sets, where the object was not seen or is another one by now', () => {
    const write = patchOf('imageRegistryConfigs', present, [
      { op: 'replace', path: '/spec/managementState', value: 'Managed' },
      { op: 'remove', path: '/spec/replicas' },
    ]);
    const told = [{ path: '/spec/managementState', after: 'Managed' }, { path: '/spec/replicas' }];
    expect(differenceOf(write, undefined)).toEqual(told);
    expect(differenceOf(write, { ...present, metadata: { name: 'cluster', resourceVersion: '8' } })).toEqual(told);
  });
});

test('a deletion takes everything away but what the server keeps for itself', () => {
  const object = { metadata: { name: 'n', uid: '1', creationTimestamp: 'now' }, spec: { a: { b: 1 } } };
  const [write] = deletionOf('namespaces', object);
  expect(write && differenceOf(write, object)).toEqual([{ path: '/spec/a/b', before: 1 }]);
});
