// Adds up what the test runners wrote and ends with "<n> passed, <m> failed". A kind of test that did not run is a failure.
// node tools/counts.mjs FOLDER KIND…
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';

const [folder, ...wanted] = process.argv.slice(2);
const read = (file) => readFileSync(join(folder, file), 'utf8');

const jest = (file) => {
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = JSON.parse(read(file));
  return { passed: numPassedTests, failed: numFailedTests + numPendingTests + numTodoTests };
};

const go = (file) => {
  const events = read(file)
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line))
    .filter(({ Test }) => Test);
  const count = (...actions) => events.filter(({ Action }) => actions.includes(Action)).length;
  return { passed: count('pass'), failed: count('fail', 'skip') };
};

const helmUnittest = (file) => {
  const suites = [...read(file).matchAll(/<testsuite .*?tests="(\d+)" failures="(\d+)" errors="(\d+)"/g)];
  const sum = (at) => suites.reduce((total, suite) => total + Number(suite[at]), 0);
  return { passed: sum(1) - sum(2) - sum(3), failed: sum(2) + sum(3) };
};

const playwright = (file) => {
  const { expected, unexpected, flaky, skipped } = JSON.parse(read(file)).stats;
  return { passed: expected, failed: unexpected + flaky + skipped };
};

/** Of `node --test`, in TAP; a suite is no test. */
const tap = (file) => {
  const text = read(file);
  const count = (name) => Number(new RegExp(`^# ${name} (\\d+)$`, 'm').exec(text)?.[1]);
  return { passed: count('pass'), failed: count('fail') + count('cancelled') + count('skipped') + count('todo') };
};

const kinds = {
  unit: () => jest('unit.json'),
  Go: () => go('go.json'),
  hooks: () => jest('hooks.json'),
  controller: () => jest('controller.json'),
  browser: () => playwright('browser.json'),
  'helm-unittest': () => helmUnittest('helm-unittest.xml'),
  chart: () => go('chart.json'),
  gitops: () => go('gitops.json'),
  images: () => tap('images.tap'),
};

const counts = wanted.map((name) => ({ name, ...kinds[name]() }));
const passed = counts.reduce((sum, kind) => sum + kind.passed, 0);
const failed = counts.reduce((sum, kind) => sum + kind.failed, 0);
const missing = counts.filter((kind) => kind.passed === 0);

process.stdout.write(`\n${counts.map((kind) => `${kind.name}: ${kind.passed} passed`).join(', ')}\n`);
for (const { name } of missing) process.stdout.write(`No ${name} test ran.\n`);
process.stdout.write(`${passed} passed, ${failed} failed\n`);
if (failed > 0 || missing.length > 0) process.exitCode = 1;
