import { isOurs, owned, ownLabels } from './ownership';

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
