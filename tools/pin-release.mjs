// Makes chart and install/ those of a release, in place: its version, its images by the digests that were pushed, and the chart from the
// registry instead of the repository. For the working copy of a release, which is thrown away; nothing of it is committed.
//   node tools/pin-release.mjs VERSION REGISTRY VALUES     VALUES: what `make images` wrote, .build/images/values.yaml
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import process from 'node:process';
import { parse, parseDocument } from 'yaml';

const [version, registry, file] = process.argv.slice(2);
if (!/^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/.test(version ?? '') || !registry || !file) {
  throw new Error('node tools/pin-release.mjs VERSION REGISTRY VALUES, with a version such as 1.2.3');
}
const root = new URL('..', import.meta.url);
const chart = new URL('charts/migration-prep/', root);
const { images } = parse(readFileSync(file, 'utf8'));
const kinds = ['plugin', 'tools'];
for (const kind of kinds) {
  if (!/^sha256:[0-9a-f]{64}$/.test(images?.[kind]?.digest)) throw new Error(`${file} has no digest of ${kind}.`);
}
const nameOf = (kind) => `${images[kind].repository}@${images[kind].digest}`;

/** Changes a YAML file and keeps its comments. */
const edit = (url, changes) => {
  const document = parseDocument(readFileSync(url, 'utf8'));
  for (const [path, value] of changes) {
    if (!document.hasIn(path)) throw new Error(`${url.pathname} has no ${path.join('.')}`);
    document.setIn(path, value);
  }
  writeFileSync(url, document.toString({ lineWidth: 0, flowCollectionPadding: false }));
};

edit(
  new URL('values.yaml', chart),
  kinds.flatMap((kind) => ['repository', 'digest'].map((key) => [['images', kind, key], images[kind][key]])),
);
edit(new URL('Chart.yaml', chart), [
  [['version'], version],
  [['appVersion'], version],
  [['annotations', 'artifacthub.io/prerelease'], String(version.includes('-'))],
  [
    ['annotations', 'artifacthub.io/images'],
    kinds.map((kind) => `- name: ${kind}\n  image: ${nameOf(kind)}\n`).join(''),
  ],
]);

const before = parse(readFileSync(new URL('package.json', root), 'utf8')).version;
const install = new URL('install/', root);
for (const name of readdirSync(install, { recursive: true, encoding: 'utf8' }).filter((each) =>
  each.endsWith('.yaml'),
)) {
  const url = new URL(name, install);
  const text = readFileSync(url, 'utf8')
    .replaceAll(`ghcr.io/migration-prep/tools:${before}`, nameOf('tools'))
    .replaceAll(
      /repoURL: https:\S+\n( +)targetRevision: main\n +path: charts\/migration-prep\n/g,
      `repoURL: ${registry}/charts\n$1targetRevision: ${version}\n$1chart: migration-prep\n`,
    );
  writeFileSync(url, text);
}
