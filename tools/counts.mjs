// Adds up what the test runners wrote and ends with "<n> passed, <m> failed". A kind of test that did not run is a failure.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';

const folder = process.argv[2] ?? '.build';

const jest = (file) => {
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = JSON.parse(
    readFileSync(join(folder, file), 'utf8'),
  );
  return { passed: numPassedTests, failed: numFailedTests + numPendingTests + numTodoTests };
};

const go = () => {
  const events = readFileSync(join(folder, 'go.json'), 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line))
    .filter(({ Test }) => Test);
  const count = (...actions) => events.filter(({ Action }) => actions.includes(Action)).length;
  return { passed: count('pass'), failed: count('fail', 'skip') };
};

const browser = () => {
  const { expected, unexpected, flaky, skipped } = JSON.parse(readFileSync(join(folder, 'browser.json'), 'utf8')).stats;
  return { passed: expected, failed: unexpected + flaky + skipped };
};

const kinds = { unit: jest('unit.json'), Go: go(), hooks: jest('hooks.json'), browser: browser() };
const all = Object.values(kinds);
const passed = all.reduce((sum, kind) => sum + kind.passed, 0);
const failed = all.reduce((sum, kind) => sum + kind.failed, 0);
const missing = Object.entries(kinds).filter(([, kind]) => kind.passed === 0);

process.stdout.write(`\n${Object.entries(kinds).map(([name, kind]) => `${name}: ${kind.passed} passed`).join(', ')}\n`);
for (const [name] of missing) process.stdout.write(`No ${name} test ran.\n`);
process.stdout.write(`${passed} passed, ${failed} failed\n`);
if (failed > 0 || missing.length > 0) process.exitCode = 1;
