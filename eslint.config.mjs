import js from '@eslint/js';
import i18next from 'eslint-plugin-i18next';
import jsxA11y from 'eslint-plugin-jsx-a11y';
import reactHooks from 'eslint-plugin-react-hooks';
import globals from 'globals';
import tseslint from 'typescript-eslint';

/** What a room of the house may not import: the way goes domain ← cluster ← wizard, overview. */
const closedTo = (...patterns) => ({
  'no-restricted-imports': ['error', { patterns: patterns.map(([regex, message]) => ({ regex, message })) }],
});

const noUpwards = [
  '^(\\.\\./)+(wizard|overview|controller)/',
  'Imports go one way: domain ← cluster ← wizard, overview, controller.',
];

/** The part of src/cluster that runs in Node. */
const forNode = ['src/cluster/node-cluster.ts', 'src/cluster/kube-config.ts'];
const onlyNode = [
  '^(@kubernetes/client-node|yaml$|node:)|/(node-cluster|kube-config)$|^(\\.\\./)+controller/',
  'This runs in Node, and not in a browser.',
];
const onlyConsole = [
  '^(react|@openshift|@patternfly)|/(console-cluster|memory-cluster|services)$',
  'This runs in the console, and not in Node.',
];

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
      ...closedTo(
        ['^[^.]', 'The domain imports no package: it is pure and runs in every host.'],
        ['/cluster/', 'The domain does not know where clusters come from.'],
        noUpwards,
      ),
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
    files: ['src/cluster/**/*.{ts,tsx}'],
    ignores: ['**/*.spec.ts', ...forNode],
    rules: closedTo(noUpwards, onlyNode),
  },
  {
    files: forNode,
    rules: closedTo(noUpwards, onlyConsole),
  },
  {
    files: ['src/controller/**/*.ts'],
    ignores: ['**/*.spec.ts'],
    rules: closedTo(['^(\\.\\./)+(wizard|overview)/', 'The controller has no page.'], onlyConsole),
  },
  {
    files: ['src/{wizard,overview,navigation}/**/*.{ts,tsx}'],
    ignores: ['**/*.spec.{ts,tsx}'],
    rules: closedTo(onlyNode),
  },
  {
    files: ['src/wizard/steps/*/**/*.{ts,tsx}'],
    ignores: ['**/*.spec.tsx'],
    rules: closedTo(
      onlyNode,
      [
        '^\\.\\./(?!\\.\\.)[^/]+/',
        'A step imports no other step. What two steps share belongs to wizard/parts or to the domain.',
      ],
      ['^(\\.\\./)+overview/', 'The wizard does not know the Overview.'],
    ),
  },
);
