// Holds the built plugin to its budgets: what every console user loads, what the Status card loads, all that the page can load, and
// the worker that reads an archive.
// PatternFly and React come from the console; their fallback copies in dist/ are loaded only by a console that lacks them.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { gzipSync } from 'node:zlib';

const { chunks, modules: sharedTwice } = JSON.parse(readFileSync('.build/chunks.json', 'utf8'));
const raw = (file) => readFileSync(join('dist', file)).length;
const gz = (files) => files.reduce((sum, file) => sum + gzipSync(readFileSync(join('dist', file))).length, 0);
const entry = readdirSync('dist').find((file) => file.startsWith('plugin-entry'));

const rows = [
  ['plugin-entry', raw(entry), 15_000, 'raw'],
  ['plugin-manifest.json', raw('plugin-manifest.json'), 3_000, 'raw'],
  ['Status card', gz(chunks['exposed-readinessHealth']), 3_000, 'gzip'],
  ['Status card popup', gz(chunks['exposed-ReadinessPopup']), 5_000, 'gzip'],
  ['Wizard', gz(chunks['exposed-PrepPage']), 75_000, 'gzip'],
  ['Archive worker', gz(chunks['archive-worker']), 5_000, 'gzip'],
];

for (const [name, size, budget, how] of rows) {
  const verdict = size > budget ? 'TOO LARGE' : '';
  process.stdout.write(`${name.padEnd(22)} ${String(size).padStart(7)} B ${how.padEnd(5)} of ${budget} ${verdict}\n`);
  if (size > budget) process.exitCode = 1;
}
for (const module of sharedTwice) {
  process.stdout.write(`${module} is shared by the console and must not be bundled\n`);
  process.exitCode = 1;
}
