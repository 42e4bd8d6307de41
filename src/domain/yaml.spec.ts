import { parse, parseAllDocuments } from 'yaml';
import { numbers } from '../testing/numbers';
import { yamlComment, yamlDocuments, yamlOf } from './yaml';

test('looks as people write it', () => {
  const provider = {
    kind: 'Provider',
    metadata: { name: 'vc', labels: { 'app.kubernetes.io/managed-by': 'migration-prep' }, annotations: undefined },
    spec: { url: 'https://vc.example.com/sdk', type: 'vsphere', settings: {}, list: [{ a: 1, b: [true] }, [], 'x y'] },
    stringData: { certificate: '-----BEGIN\nMII=\n', password: '' },
  };
  expect(yamlOf(provider)).toBe(`kind: Provider
metadata:
  name: vc
  labels:
    app.kubernetes.io/managed-by: migration-prep
spec:
  url: https://vc.example.com/sdk
  type: vsphere
  settings: {}
  list:
    - a: 1
      b:
        - true
    - []
    - x y
stringData:
  certificate: |
    -----BEGIN
    MII=
  password: ""
`);
});

const texts = [
  ...['', ' ', 'true', 'No', 'y', '~', 'null', 'NULL', '1', '0x1f', '1e3', '12:30:45', '2026-11-30', '.inf', '<<', '='],
  ...[
    'a: b',
    'a #b',
    'a:',
    ':a',
    '- a',
    '-',
    '? a',
    '{a}',
    '[a]',
    '*a',
    '&a',
    '!a',
    '|',
    '>',
    '%a',
    '@a',
    '`a`',
    '"a"',
    "'a'",
  ],
  ...[
    'a\n',
    'a\nb',
    'a\n\nb\n',
    'a\n\n',
    '\na',
    ' a\nb',
    'a\n b\n',
    'a \nb',
    '#a\nb',
    '---\na',
    'a\tb',
    'a\rb\n',
    'ü',
    '\u2028',
    '\ufeff',
    '\u0085',
    '\u007f',
    '😀',
  ],
  ...['{"type":"bridge","vlan":100}', '/dev/disk/by-id/x', 'registry:5000/a@sha256:1', 'c\\d'],
];

test.each(['1.1', '1.2'] as const)('a reader of YAML %s reads what was written, whatever it is', (version) => {
  const next = numbers(17);
  const text = (): string => texts[next(texts.length)] ?? '';
  const value = (depth: number): unknown => {
    const kind = next(depth > 4 ? 4 : 7);
    if (kind === 0) return [null, true, false][next(3)];
    if (kind === 1) return next(100_000) - 50_000;
    if (kind < 4) return text();
    if (kind === 4) return Array.from({ length: next(4) }, () => value(depth + 1));
    return Object.fromEntries(Array.from({ length: next(4) }, () => [text(), value(depth + 1)]));
  };
  const all = [...texts, ...texts.map((each) => ({ [each]: [each] })), ...Array.from({ length: 2000 }, () => value(0))];
  for (const each of all) expect(parse(yamlOf({ each }), { version })).toEqual({ each });
});

test('documents are kept apart, and a comment of several lines is one', () => {
  const file = yamlDocuments([yamlComment('one\ntwo') + yamlOf({ a: 1 }), yamlComment('only said'), yamlOf({ b: 2 })]);
  expect(parseAllDocuments(file).map((each) => each.toJS() as unknown)).toEqual([{ a: 1 }, null, { b: 2 }]);
  expect(file).toMatch(/^# one\n# two\na: 1\n---\n# only said\n---\n/);
});
