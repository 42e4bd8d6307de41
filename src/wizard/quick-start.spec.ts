import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { allChecks } from '../domain/checks/prerequisites';
import { plainEnglish } from '../domain/translate';
import { steps } from './registry';

interface QuickStart {
  readonly spec: {
    readonly conclusion: string;
    readonly introduction: string;
    readonly tasks: readonly { readonly description: string; readonly review: { readonly instructions: string } }[];
  };
}

const root = join(__dirname, '../..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');

/** The quick start as Helm writes it: its own lines go, what it must not interpret stays. */
const quickStart = (): QuickStart => {
  const template = read('charts/migration-prep/templates/plugin/consolequickstart.yaml');
  return parse(template.replaceAll(/^\s*\{\{-.*$\n/gm, '').replaceAll(/\{\{`(.*?)`\}\}/g, '$1')) as QuickStart;
};

interface Extension {
  readonly properties: {
    readonly name?: string;
    readonly href?: string;
    readonly dataAttributes?: Readonly<Record<string, string>>;
  };
}
const extensions = JSON.parse(read('console-extensions.json')) as readonly Extension[];
const nameOf = (text = '') => /~(.*)%$/.exec(text)?.[1] ?? text;

const { spec } = quickStart();
const texts = [
  spec.introduction,
  spec.conclusion,
  ...spec.tasks.flatMap(({ description, review }) => [description, review.instructions]),
];
const matches = (pattern: RegExp) => texts.flatMap((text) => [...text.matchAll(pattern)]);

/** What can be pointed at: entries of the navigation, and the steps (StepsNav), each with the name that it shows. */
const highlighted = new Map([
  ...extensions
    .filter(({ properties }) => properties.href !== undefined)
    .map(({ properties }) => [properties.dataAttributes?.['data-quickstart-id'], nameOf(properties.name)] as const),
  ...steps.map(({ id, name }) => [`migration-prep-${id}`, name(plainEnglish)] as const),
]);

/** Names in MTV's own part of the console (kubev2v/forklift-console-plugin). */
const mtvPlaces = ['Migration for Virtualization', 'Migration for Virtualization > Migration plans'];

test('every name that the quick start shows in bold is one on the page', () => {
  const ours = Object.keys(JSON.parse(read('locales/en/plugin__migration-prep.json')) as object);
  const known = new Set([
    ...ours,
    ...mtvPlaces,
    ...extensions.map(({ properties }) => nameOf(properties.name)),
    ...allChecks.map(({ title }) => title(plainEnglish)),
  ]);
  const bold = matches(/\*\*(.+?)\*\*/g).map(([, name = '']) => name);
  expect(bold.length).toBeGreaterThan(5);
  expect(bold.filter((name) => !known.has(name))).toEqual([]);
});

test('what it highlights is there, under the name that it gives it', () => {
  const links = matches(/\[([^\]]+)\]\{\{highlight ([^}]+)\}\}/g);
  expect(links.length).toBeGreaterThan(steps.length);
  expect(links.map(([, , id = '']) => [id, highlighted.get(id)])).toEqual(links.map(([, name, id]) => [id, name]));
});

test('it leads through every step', () => {
  const pointed = matches(/\{\{highlight migration-prep-([a-z-]+)\}\}/g).map(([, id]) => id);
  expect(new Set(pointed)).toEqual(new Set(steps.map(({ id }) => id)));
});
