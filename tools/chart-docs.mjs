// Writes the chart's values.schema.json and the tables of its README.md from the comments of values.yaml, the hooks' rights from
// docs/hooks.md, and what the chart has to know of operators from the domain; and the controller's rights, for the chart and for docs/controller.md.
// --check: writes nothing and fails when they differ. --leaves: prints every value with its default and another one, for a test.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import process from 'node:process';
import ts from 'typescript';
import { isMap, parseDocument, stringify } from 'yaml';
import { documentRights } from './controller-rights.mjs';
import { forms } from './value-forms.mjs';

const chart = new URL('../charts/migration-prep/', import.meta.url);
const read = (name) => readFileSync(new URL(name, chart), 'utf8');
const document = parseDocument(read('values.yaml'));
if (document.errors.length > 0) throw document.errors[0];

/** The form that the comment of a value names: of the value, or of what a list holds. What is empty by default may stay so. */
const formOf = ({ form, value, path }) => {
  if (!form) return {};
  const found = forms[form];
  if (!found) throw new Error(`values.yaml: ${path.join('.')}: there is no form ${form}`);
  const { pattern, ...rest } = found;
  const schema = { ...(pattern && { pattern: `^(${pattern})${value === '' ? '?' : ''}$` }), ...rest };
  return Array.isArray(value) ? { items: { type: 'string', ...schema } } : schema;
};

/** What a comment says: words, and its lines that begin with @. Only the block directly above a key is about that key. */
const readComment = (text = '') => {
  const section = /^ *@section (.+)$/m.exec(text)?.[1];
  const block = text.split('\n');
  const own = block.slice(block.findLastIndex((line) => line.trim() === '') + 1);
  const itemAt = own.findIndex((line) => line.trim() === '@item');
  const item = itemAt < 0 ? undefined : readItem(own.slice(itemAt + 1).map((line) => line.slice(1)));
  const about = (itemAt < 0 ? own : own.slice(0, itemAt))
    .map((line) => line.trim())
    .filter((line) => !line.startsWith('@section'));
  const tag = (name) => about.find((line) => line.startsWith(`@${name} `))?.slice(name.length + 2);
  return {
    item,
    isRequired: about.includes('@required'),
    section,
    description: about.filter((line) => !line.startsWith('@')).join(' '),
    schema: JSON.parse(tag('schema') ?? '{}'),
    like: tag('like'),
    form: tag('form'),
    example: tag('example'),
  };
};

/** One item of a list: what YAML behind @item says, and its lines that begin with @. */
const readItem = (lines) => {
  const isAbout = (line) => line.startsWith('@');
  const { contents, commentBefore, errors } = parseDocument(lines.filter((line) => !isAbout(line)).join('\n'));
  if (errors.length > 0) throw errors[0];
  return { children: readMap(contents, [], commentBefore), ...readComment(lines.filter(isAbout).join('\n')) };
};

const isOpen = ({ additionalProperties }) => additionalProperties !== undefined && additionalProperties !== false;

/** One value: its path, default, comment, and the values below it unless it is one as a whole. */
const readValue = (path, pair, comment) => {
  const value = pair.value.toJSON();
  const about = readComment(comment);
  const children =
    isMap(pair.value) && pair.value.items.length > 0 && !isOpen(about.schema) ? readMap(pair.value, path) : undefined;
  return { path, key: pair.key.value, value, children, ...about };
};

/** The comment above the first key of a map belongs to the map, says the parser; above the first of all, to the document. */
const readMap = (map, path, first = map.commentBefore) =>
  map.items.map((pair, at) =>
    readValue([...path, pair.key.value], pair, at === 0 ? (first ?? pair.key.commentBefore) : pair.key.commentBefore),
  );

const values = readMap(document.contents, [], document.commentBefore);
const all = (list) => list.flatMap((each) => [each, ...all(each.children ?? [])]);
const find = (path) => {
  const found = all(values).find((each) => each.path.join('.') === path);
  if (!found) throw new Error(`values.yaml: there is no ${path} to be like`);
  return found;
};

const keysOf = (children) => {
  const required = children.filter(({ isRequired }) => isRequired).map(({ key }) => key);
  return {
    additionalProperties: false,
    ...(required.length > 0 && { required }),
    properties: Object.fromEntries(children.map((child) => [child.key, schemaOf(child)])),
  };
};

const typeOf = (value) => {
  if (Array.isArray(value)) return 'array';
  return Number.isInteger(value) ? 'integer' : typeof value;
};

const schemaOf = (value) => {
  if (value.like) {
    const liked = find(value.like);
    return {
      ...schemaOf(liked),
      ...(value.description && { description: value.description }),
      ...(!liked.children && { default: value.value }),
    };
  }
  const type = typeOf(value.value);
  return {
    ...(value.description && { description: value.description }),
    type,
    ...(value.children ? keysOf(value.children) : !value.isRequired && { default: value.value }),
    ...(type === 'object' && !value.children && { additionalProperties: { type: 'string' } }),
    ...(type === 'array' && { items: { type: 'string' } }),
    ...(value.item && { items: { type: 'object', ...keysOf(value.item.children), ...value.item.schema } }),
    ...formOf(value),
    ...value.schema,
  };
};

const schema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'Values of the chart migration-prep',
  type: 'object',
  additionalProperties: false,
  properties: {
    ...Object.fromEntries(values.map((value) => [value.key, schemaOf(value)])),
    global: { description: 'What Helm passes to a chart inside another one; not used.', type: 'object' },
  },
};

const describe = (value) => {
  const like = value.like && !value.description ? find(value.like).description : value.description;
  const options = (value.like ? find(value.like).schema : value.schema).enum;
  const listed = options && !options.every((option) => like.includes(`\`${option}\``));
  return [
    like,
    listed &&
      `One of ${options
        .filter(Boolean)
        .map((option) => `\`${option}\``)
        .join(', ')}.`,
  ]
    .filter(Boolean)
    .join(' ');
};
const row = (within) => (value) => {
  const shown = value.isRequired ? 'required' : value.children ? '' : `\`${JSON.stringify(value.value)}\``;
  return `| \`${within}${value.path.join('.')}\` | ${shown} | ${describe(value).replaceAll('|', '\\|')} |`;
};
const worthARow = (value) => !value.children || value.description;
const rowsOf = (values, within = '') =>
  all(values).flatMap((value) => [
    ...(worthARow(value) ? [row(within)(value)] : []),
    ...rowsOf(value.item?.children ?? [], `${value.path.join('.')}[].`),
  ]);
const tables = values
  .map((value) => {
    const rows = rowsOf([value]).join('\n');
    return value.section ? `\n### ${value.section}\n\n| value | default | |\n|---|---|---|\n${rows}` : rows;
  })
  .join('\n');

/** The rules of docs/hooks.md as templates. Where the document says that a Role is enough, the chart has a Role. */
const blocks = [...read('../../docs/hooks.md').matchAll(/```yaml\n# rules: (\S+)\n([\s\S]*?)```/g)];
const ruleTemplate = (name, lines) =>
  lines.length === 0
    ? ''
    : `{{- define "migration-prep.rules.${name}" }}\n${lines.map((line) => line.replace(/ *#.*$/, '')).join('\n')}\n{{- end }}\n`;
const rules = blocks
  .filter(([, name]) => !['apply-application', 'crd', 'undo', 'export'].includes(name))
  .map(([, name, text]) => {
    const lines = text.trim().split('\n');
    const isLimited = (line) => line.includes('# a Role in');
    return (
      ruleTemplate(
        name,
        lines.filter((line) => !isLimited(line)),
      ) + ruleTemplate(`${name}.namespaced`, lines.filter(isLimited))
    );
  });

/** A module of the domain that imports types only. */
const load = (path) => {
  const { outputText } = ts.transpileModule(read(`../../src/domain/${path}`), {
    compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 },
  });
  return import(`data:text/javascript,${encodeURIComponent(outputText)}`);
};
const { kinds } = await load('kinds.ts');
const { operators } = await load('operators/operator.ts');
const rights = documentRights((await load('controller-rights.ts')).controllerRights, kinds);

/** What the chart has to know of each operator. */
const catalog = Object.fromEntries(
  Object.values(operators).map(({ id, operand, otherPackages, ...operator }) => {
    const { group, version, kind, plural, namespaced } = kinds[operand.kind];
    return [
      id,
      {
        package: operator.package,
        packages: [operator.package, ...otherPackages],
        subscription: operator.subscription,
        operatorGroup: operator.operatorGroup,
        namespaceLabels: operator.namespaceLabels,
        operand: { group, apiVersion: `${group}/${version}`, kind, plural, namespaced, name: operand.name },
      },
    ];
  }),
);

const between = (name, content) => (text) =>
  text.replace(
    new RegExp(`(<!-- ${name} -->\\n)[\\s\\S]*(<!-- /${name} -->)`),
    (_, begin, end) => `${begin}${content}\n\n${end}`,
  );

const outputs = {
  'templates/controller/_rights.tpl': `{{/* Written by \`npm run chart:docs\` from src/domain/controller-rights.ts. */}}\n${rights.templates}`,
  '../../docs/controller.md': between('rights', rights.table)(read('../../docs/controller.md')),
  'templates/_catalog.tpl': `{{/* Written by \`npm run chart:docs\` from src/domain/operators/operator.ts and src/domain/kinds.ts. */}}\n{{- define "migration-prep.catalog" -}}\n${stringify(catalog)}{{- end }}\n`,
  'templates/hooks/_documented-rules.tpl': `{{/* Written by \`npm run chart:docs\` from docs/hooks.md, "Rights". */}}\n${rules.join('')}`,
  'values.schema.json': `${JSON.stringify(schema, null, 2)}\n`,
  'README.md': between('values', tables.trimStart())(read('README.md')),
};

/** Another value than the default that the schema allows. */
const otherOf = (value) => {
  const { enum: options } = value.like ? find(value.like).schema : value.schema;
  if (value.example !== undefined) return typeOf(value.value) === 'string' ? value.example : JSON.parse(value.example);
  if (options) return options.find((option) => option !== value.value && option !== '');
  return { boolean: !value.value, integer: value.value - 1, string: `other-${value.value}` }[typeOf(value.value)];
};

if (process.argv.includes('--leaves')) {
  const leaves = all(values).filter(({ children }) => !children);
  process.stdout.write(
    JSON.stringify(leaves.map((leaf) => ({ path: leaf.path.join('.'), default: leaf.value, other: otherOf(leaf) }))),
  );
} else if (process.argv.includes('--check')) {
  for (const [name, content] of Object.entries(outputs)) {
    if (existsSync(new URL(name, chart)) && read(name) === content) continue;
    process.stdout.write(
      `charts/migration-prep/${name} is not what values.yaml, docs/hooks.md and src/domain say. Run: npm run chart:docs\n`,
    );
    process.exitCode = 1;
  }
} else {
  for (const [name, content] of Object.entries(outputs)) writeFileSync(new URL(name, chart), content);
}
