import { annotate, deletionOf, patchOf, pointerSegment } from './change';

test.each([
  ['plain', 'plain'],
  ['a/b', 'a~1b'],
  ['a~b', 'a~0b'],
  ['~1/~', '~01~1~0'],
])('%s is %s in a JSON pointer', (segment, expected) => {
  expect(pointerSegment(segment)).toBe(expected);
});

test('a patch holds only for the object as it was looked at', () => {
  const metadata = { name: 'x', namespace: 'p', resourceVersion: '7' };
  expect(patchOf('providers', { metadata }, [{ op: 'remove', path: '/spec' }])).toEqual({
    verb: 'patch',
    kind: 'providers',
    name: 'x',
    namespace: 'p',
    operations: [
      { op: 'test', path: '/metadata/resourceVersion', value: '7' },
      { op: 'remove', path: '/spec' },
    ],
  });
});

test('a deletion is of this very object, and not of one that is going', () => {
  expect(deletionOf('namespaces', { metadata: { name: 'x', uid: 'u' } })).toEqual([
    { verb: 'delete', kind: 'namespaces', name: 'x', uid: 'u' },
  ]);
  expect(deletionOf('namespaces', { metadata: { name: 'x', uid: 'u', deletionTimestamp: 'now' } })).toEqual([]);
});

test('an annotation is added beside others, and where there are none', () => {
  expect(annotate({ name: 'x', annotations: { other: '1' } }, { 'a/b': '2' })).toEqual([
    { op: 'add', path: '/metadata/annotations/a~1b', value: '2' },
  ]);
  expect(annotate({ name: 'x' }, { 'a/b': '2' })).toEqual([
    { op: 'add', path: '/metadata/annotations', value: { 'a/b': '2' } },
  ]);
});
