import { declaredBy, declaredByAnnotation, isOurs, owned, ownLabels, releaseOf } from './ownership';

test.each<[string, Readonly<Record<string, string>> | undefined, boolean]>([
  ['our labels', ownLabels, true],
  ['our labels among others', { ...ownLabels, team: 'vm' }, true],
  ['no labels', undefined, false],
  ["somebody else's labels", { team: 'vm' }, false],
  ['the label of another manager', { 'app.kubernetes.io/managed-by': 'Helm' }, false],
  [
    'the label of another manager, as a part of us',
    { ...ownLabels, 'app.kubernetes.io/managed-by': 'argocd-controller' },
    false,
  ],
  ['only that it is a part of us', { 'app.kubernetes.io/part-of': 'migration-prep' }, false],
])('an object with %s', (_, labels, expected) => {
  expect(isOurs({ metadata: { name: 'x', ...(labels && { labels }) } })).toBe(expected);
});

test('what we make keeps its other labels', () => {
  expect(owned({ name: 'x', labels: { team: 'vm' } })).toEqual({ name: 'x', labels: { team: 'vm', ...ownLabels } });
});

test.each<[string, string, ReturnType<typeof releaseOf>]>([
  [
    'what a release declares',
    declaredBy({ namespace: 'prep', name: 'mp' })[declaredByAnnotation] ?? '',
    { namespace: 'prep', name: 'mp' },
  ],
  ['an annotation without a project', 'mp', undefined],
  ['an annotation with too many parts', 'prep/mp/x', undefined],
  ['an empty annotation', '', undefined],
])('the release of %s', (_, value, expected) => {
  expect(releaseOf({ metadata: { name: 'x', annotations: { [declaredByAnnotation]: value } } })).toEqual(expected);
});

test('nothing declares an object without annotations', () => {
  expect(releaseOf({ metadata: { name: 'x' } })).toBeUndefined();
});
