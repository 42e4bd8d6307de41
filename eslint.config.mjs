import js from '@eslint/js';
import i18next from 'eslint-plugin-i18next';
import jsxA11y from 'eslint-plugin-jsx-a11y';
import reactHooks from 'eslint-plugin-react-hooks';
import { readdirSync } from 'node:fs';
import checkFile from 'eslint-plugin-check-file';
import { importX } from 'eslint-plugin-import-x';
import jsdoc from 'eslint-plugin-jsdoc';
import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript';
import globals from 'globals';
import tseslint from 'typescript-eslint';

const root = import.meta.dirname;

/** The rooms of the house, each with those that it may import from. src/testing is for specs, which this does not concern. */
const rooms = {
  domain: [],
  cluster: ['domain'],
  work: ['domain', 'cluster'],
  parts: ['domain'],
  navigation: ['domain', 'cluster'],
  overview: ['domain', 'cluster', 'parts'],
  wizard: ['domain', 'cluster', 'work', 'parts'],
  'command-line': ['domain', 'cluster', 'work', 'controller'],
  controller: ['domain', 'cluster', 'work'],
};

const zonesOfRooms = Object.entries(rooms).map(([room, open]) => ({
  target: `./src/${room}`,
  from: './src',
  except: [room, ...open].map((name) => `./${name}`),
  message: `src/${room} imports from ${[...open, 'itself'].join(', ')}, and from nothing else.`,
}));

/** What a folder of the domain may take from others: none of them comes back to where it began. */
const domainFolders = { hosts: ['connection'], networks: ['connection'], operators: ['connection', 'storage', 'vddk'] };

/** What of the domain gathers from its folders, which do not look back at it. */
const gatherers = ['checks', 'mtv-project.ts', 'report.ts', 'wishes.ts'];

const folders = readdirSync(`${root}/src/domain`, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && !gatherers.includes(entry.name))
  .map(({ name }) => name);

const zonesOfDomain = folders.map((folder) => ({
  target: `./src/domain/${folder}`,
  from: [...folders.filter((other) => other !== folder && !domainFolders[folder]?.includes(other)), ...gatherers].map(
    (each) => `./src/domain/${each}`,
  ),
  message: `src/domain/${folder} imports from no folder that might import from it, and nothing that gathers from all.`,
}));

const zonesOfSteps = readdirSync(`${root}/src/wizard/steps`).map((step) => ({
  target: `./src/wizard/steps/${step}`,
  from: './src/wizard/steps',
  except: [`./${step}`],
  message: 'A step imports no other step. What two steps share belongs to wizard/parts or to the domain.',
}));

/** What of src/cluster runs only in Node, and what only in the console: neither is to be had in the other. */
const inNode = readdirSync(`${root}/src/cluster`)
  .filter((name) => /^(node-|kube-config)/.test(name) && !name.endsWith('.spec.ts'))
  .map((name) => `src/cluster/${name}`);
/** As patterns of files: of a folder, all that is in it. */
const filesInNode = inNode.map((path) => (path.endsWith('.ts') ? path : `${path}/**`));
const inConsole = ['console-cluster.ts', 'services.ts', 'HeldWatches.tsx'].map((file) => `src/cluster/${file}`);
/** Use cases run in both, and so use what only one of them has in none. */
const forBoth = ['src/work'];
const forConsole = ['src/cluster', 'src/wizard', 'src/overview', 'src/navigation', 'src/parts', ...forBoth];
const forNode = [...inNode, 'src/command-line', 'src/controller', ...forBoth];

const zonesOfHosts = [
  ...forConsole.map((target) => ({
    target: target === 'src/cluster' ? './src/cluster/!(node-*|kube-config).{ts,tsx}' : `./${target}`,
    from: inNode.map((file) => `./${file}`),
    message: 'This runs in Node, and not in a browser.',
  })),
  ...forNode.map((target) => ({
    target: `./${target}`,
    from: inConsole.map((file) => `./${file}`),
    message: 'This runs in the console, and not in Node.',
  })),
];

const noPackages = (regex, message) => ({ 'no-restricted-imports': ['error', { patterns: [{ regex, message }] }] });

export default tseslint.config(
  { ignores: ['.build/**', 'dist/**', 'dist-tools/**', 'node_modules/**', 'coverage/**', 'sandbox/host/**/*.cjs'] },
  js.configs.recommended,
  {
    files: ['**/*.mjs'],
    languageOptions: { globals: globals.node },
  },
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      // An empty callback says by its place what it does: nothing.
      '@typescript-eslint/no-empty-function': ['error', { allow: ['arrowFunctions'] }],
      'max-lines': ['error', { max: 300, skipBlankLines: false, skipComments: false }],
      'no-console': 'error',
    },
  },
  {
    // A table of cases is read line by line, and grows by a line for each.
    files: ['**/*.spec.{ts,tsx}'],
    rules: { 'max-lines': ['error', { max: 500, skipBlankLines: false, skipComments: false }] },
  },
  {
    // The shell reports as the console does: on the browser's console. Fixtures of Playwright begin with an empty pattern.
    files: ['sandbox/host/**/*.{ts,tsx}', 'integration-tests/**/*.ts'],
    rules: { 'no-console': 'off', 'no-empty-pattern': 'off' },
  },
  {
    files: ['src/**/*.{ts,tsx}'],
    plugins: { 'react-hooks': reactHooks },
    rules: {
      'react-hooks/rules-of-hooks': 'error',
      'react-hooks/exhaustive-deps': 'error',
      'no-restricted-exports': ['error', { restrictDefaultExports: { direct: true, named: true, defaultFrom: true } }],
    },
  },
  {
    files: ['src/**/*.tsx'],
    ignores: ['**/*.spec.tsx'],
    extends: [jsxA11y.flatConfigs.strict],
    plugins: { i18next },
    rules: {
      'i18next/no-literal-string': ['error', { mode: 'jsx-text-only' }],
      // PatternFly's styles take the bullets from a list, and with them Safari takes its role.
      'jsx-a11y/no-redundant-roles': ['error', { ol: ['list'], li: ['listitem'] }],
    },
  },
  {
    files: ['src/domain/**/*.ts'],
    ignores: ['**/*.spec.ts'],
    rules: {
      ...noPackages('^[^.]', 'The domain imports no package: it is pure and runs in every host.'),
      'no-restricted-globals': ['error', 'Date', 'performance', 'setTimeout', 'setInterval', 'console', 'process'],
      'no-restricted-properties': [
        'error',
        { object: 'Math', property: 'random', message: 'The domain is deterministic.' },
      ],
      'no-restricted-syntax': [
        'error',
        { selector: 'ThrowStatement', message: 'Failures of the domain are values: Result.' },
      ],
    },
  },
  {
    files: forConsole.map((room) => `${room}/**/*.{ts,tsx}`),
    ignores: ['**/*.spec.{ts,tsx}', ...filesInNode],
    rules: noPackages('^(@kubernetes/client-node|yaml$|node:)', 'This runs in Node, and not in a browser.'),
  },
  {
    files: [...filesInNode, 'src/{command-line,controller}/**/*.ts'],
    ignores: ['**/*.spec.ts'],
    rules: noPackages('^(react|@openshift|@patternfly)', 'This runs in the console, and not in Node.'),
  },
  {
    files: ['src/work/**/*.ts'],
    ignores: ['**/*.spec.ts'],
    rules: noPackages('^[^.]', 'A use case imports no package: it runs in the console and in Node.'),
  },
  {
    files: ['src/**/*.{ts,tsx}'],
    plugins: { 'import-x': importX },
    settings: {
      'import-x/extensions': ['.ts', '.tsx'],
      'import-x/parsers': { '@typescript-eslint/parser': ['.ts', '.tsx'] },
      'import-x/resolver-next': [createTypeScriptImportResolver({ project: root })],
    },
    rules: { 'import-x/no-cycle': 'error' },
  },
  {
    files: ['src/**/*.{ts,tsx}'],
    ignores: ['**/*.spec.{ts,tsx}', 'src/testing/**'],
    rules: {
      'import-x/no-restricted-paths': [
        'error',
        { basePath: root, zones: [...zonesOfRooms, ...zonesOfDomain, ...zonesOfSteps, ...zonesOfHosts] },
      ],
    },
  },
  {
    files: ['src/**/*.{ts,tsx}'],
    ignores: ['**/*.spec.{ts,tsx}'],
    plugins: { jsdoc },
    rules: {
      // Every export says what it is: shape, units, failures, source. Sentences, no tags: the types say the rest. Overloads share one comment.
      'jsdoc/require-jsdoc': [
        'error',
        {
          require: { FunctionDeclaration: false },
          contexts: [
            'ExportNamedDeclaration[declaration]:not([declaration.type=/FunctionDeclaration|TSDeclareFunction/])',
          ],
          enableFixer: false,
        },
      ],
    },
  },
  {
    // Names of files say what is inside: kebab-case.ts; PascalCase.tsx for one component, and for its spec.
    files: ['{src,integration-tests,sandbox/host/src}/**/*.{ts,tsx}'],
    plugins: { 'check-file': checkFile },
    rules: {
      'check-file/filename-naming-convention': [
        'error',
        { '**/*.ts': 'KEBAB_CASE', 'src/!(testing)/**/*.tsx': '+([A-Z])*([a-zA-Z0-9])' },
        { ignoreMiddleExtensions: true },
      ],
      'check-file/filename-blocklist': [
        'error',
        { '**/{util,utils,helper,helpers,common,constants,types,index}.{ts,tsx}': '*-that-says-what-is-inside.ts' },
      ],
      'check-file/folder-naming-convention': [
        'error',
        { '{src,integration-tests,sandbox/host/src}/**/': 'KEBAB_CASE' },
      ],
    },
  },
  {
    files: ['{src,integration-tests,sandbox/host/src}/*/*/*/*/*/**/*'],
    rules: { 'no-restricted-syntax': ['error', { selector: 'Program', message: 'At most 4 folders deep.' }] },
  },
);
