import process from 'node:process';
import jest from './jest.config.mjs';

const node = Object.fromEntries(
  Object.entries(jest.projects[0]).filter(([key]) => key !== 'rootDir' && key !== 'displayName'),
);

/**
 * Left out: the words of a text. `t('…')` is what a person reads; that it is another sentence is no fault of a rule. What goes into it
 * (`{ number }`) and which of two texts is taken is mutated.
 */
export const strykerPlugins = [
  {
    kind: 'Ignore',
    name: 'texts',
    value: {
      shouldIgnore: (path) =>
        path.isStringLiteral() && path.parent.type === 'CallExpression' && path.parent.callee.name === 't'
          ? 'The words of a text.'
          : undefined,
    },
  },
];

/**
 * Mutants of the rules and of the use cases, to be killed by the unit tests that need no DOM. MUTATE names a part of the files. What was measured, and
 * why some survive: docs/mutants.md.
 */
export default {
  mutate: [process.env.MUTATE ?? 'src/{domain,work}/**/*.ts', '!src/**/*.spec.ts'],
  testRunner: 'jest',
  // package.json has no configuration of Jest, so that what is here is all: one project, without which coverage cannot be told.
  jest: { projectType: 'custom', configFile: 'package.json', config: node },
  plugins: ['@stryker-mutator/jest-runner', import.meta.filename],
  ignorers: ['texts'],
  coverageAnalysis: 'perTest',
  // A mutant of what is computed when a file is loaded (tables, regular expressions) needs every test again: hours instead of minutes.
  ignoreStatic: true,
  incremental: true,
  incrementalFile: '.build/mutants/incremental.json',
  concurrency: 2,
  thresholds: { high: 95, low: 90, break: 85 },
  ignorePatterns: ['/.build', '/dist', '/dist-tools', '/sandbox/*', '!/sandbox/recorded'],
  disableTypeChecks: false,
  tempDirName: '.build/mutants/sandbox',
  reporters: ['clear-text', 'progress-append-only', 'html', 'json'],
  clearTextReporter: { logTests: false, reportTests: false, allowColor: false },
  htmlReporter: { fileName: '.build/mutants/report.html' },
  jsonReporter: { fileName: '.build/mutants/report.json' },
};
