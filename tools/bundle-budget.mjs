// Holds the built plugin to its budgets (tools/budgets.json): bytes, compressed, that each opening fetches in a tab that keeps what it
// has. Counted is everything that a console with the recorded modules does not give. The same openings are measured in the browser:
// integration-tests/bytes.spec.ts.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { gzipSync } from 'node:zlib';

const { loads, lacking, sharedTwice } = JSON.parse(readFileSync('.build/loads.json', 'utf8'));
const budgets = JSON.parse(readFileSync('tools/budgets.json', 'utf8'));
const fail = (text) => {
  process.stdout.write(`${text}\n`);
  process.exitCode = 1;
};

const openings = [
  ['Overview', 'migration-prep', 'mtvSections', 'statusCard'],
  ['Page with its first step', 'PrepPage', 'ConnectionStep'],
  ['VDDK', 'VddkStep'],
  ['VDDK: an upload', 'job-parts'],
  ['VDDK: no upload', 'ImageChoice', 'WithoutChoice'],
  ['Networks', 'NetworksStep'],
  ['Summary', 'SummaryStep'],
  ['Certificate reader', 'CertificateFacts', 'PastedCertificate', 'read-certificate'],
  ['Archive worker', 'archive-worker'],
];

const fetched = new Set();
for (const [what, ...modules] of openings) {
  // A worker shares nothing with the page.
  const files = modules
    .flatMap((name) => loads[name])
    .filter((file) => what === 'Archive worker' || !fetched.has(file));
  const size = [...new Set(files)].reduce((sum, file) => sum + gzipSync(readFileSync(join('dist', file))).length, 0);
  for (const file of files) fetched.add(file);
  const line = `${what.padEnd(26)} ${String(size).padStart(6)} B of ${budgets[what]}`;
  if (size > budgets[what]) fail(`${line} TOO LARGE`);
  else process.stdout.write(`${line}\n`);
}
for (const module of lacking) fail(`${module} is not shared by the console: every visit would load ours`);
for (const module of sharedTwice) fail(`${module} is shared by the console and must not be bundled`);
