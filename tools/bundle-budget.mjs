// Holds the built plugin to its budgets (tools/budgets.json): bytes, compressed, that each opening fetches in a tab that keeps what it
// has. Counted is everything that a console with the recorded modules does not give. The same openings are measured in the browser:
// integration-tests/bytes.spec.ts.
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';

const { loads, lacking, sharedTwice } = JSON.parse(readFileSync('.build/loads.json', 'utf8'));
const budgets = JSON.parse(readFileSync('tools/budgets.json', 'utf8'));
const fail = (text) => {
  process.stdout.write(`${text}\n`);
  process.exitCode = 1;
};

/** What is sent of a file to a browser that takes gzip (tools/compress-plugin.mjs). */
const shippedSize = (path) => statSync(`${path}.gz`).size;

const openings = [
  ['Overview', 'migration-prep', 'mtvSections', 'statusCard'],
  ['Page with its first step', 'PrepPage', 'PrerequisiteFacts', 'PrerequisitesStep'],
  ['Prerequisites: an operator', 'OperatorPanel'],
  ['Prerequisites: storage', 'storage-panels'],
  ['Prerequisites: rights', 'MissingRights'],
  ['Connection', 'ConnectionStep'],
  ['Connection: the form', 'ConnectionForm', 'PlaceFields'],
  ['Connection: connecting', 'connect', 'ConnectOutcome', 'connection-rehearsal'],
  ['Connection: words', 'ProviderWords', 'TestOutcome', 'CertificateTrouble'],
  ['VDDK', 'VddkStep', 'VddkForm'],
  ['VDDK: an archive', 'ArchiveVerdict'],
  ['VDDK: images', 'ImageCards'],
  ['VDDK: an upload', 'job-parts', 'use-build-job'],
  ['VDDK: a log', 'BuildLog', 'LogView'],
  ['VDDK: another image', 'ImageChange'],
  ['VDDK: no upload', 'ImageChoice', 'WithoutChoice'],
  ['ESXi hosts', 'EsxiHostsStep'],
  ['ESXi hosts: setting', 'set-hosts', 'hosts-rehearsal'],
  ['Networks', 'NetworksStep'],
  ['Networks: nodes', 'node-side'],
  ['Networks: trouble', 'SourceTrouble'],
  ['Networks: a new bridge', 'NewBridgeDialog'],
  ['Networks: a map', 'NetworkMaps'],
  ['Networks: creating', 'NetworksRun', 'networks-rehearsal', 'UnfitNetworks'],
  ['Networks: projects', 'MoreProjects'],
  ['Summary', 'SummaryStep'],
  ['Preview', 'Preview'],
  ['Undo', 'UndoAll', 'RemoveProvider', 'RemoveHost'],
  ['Export', 'ExportDialog'],
  ['Certificate reader', 'CertificateFacts', 'PastedCertificate', 'read-certificate'],
  ['Archive worker', 'archive-worker'],
];

const fetched = new Set();
for (const [what, ...modules] of openings) {
  // A worker shares nothing with the page.
  const files = modules
    .flatMap((name) => loads[name])
    .filter((file) => what === 'Archive worker' || !fetched.has(file));
  const size = [...new Set(files)].reduce((sum, file) => sum + shippedSize(join('dist', file)), 0);
  for (const file of files) fetched.add(file);
  const line = `${what.padEnd(26)} ${String(size).padStart(6)} B of ${budgets[what]}`;
  if (size > budgets[what]) fail(`${line} TOO LARGE`);
  else process.stdout.write(`${line}\n`);
}
for (const module of lacking) fail(`${module} is not shared by the console: every visit would load ours`);
for (const module of sharedTwice) fail(`${module} is shared by the console and must not be bundled`);
