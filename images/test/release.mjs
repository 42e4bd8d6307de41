import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import { parse, parseAllDocuments } from 'yaml';
import { work } from './buildah.mjs';

const root = join(import.meta.dirname, '../..');
const helm = join(root, '.build/bin/helm3');
const registry = 'registry.example.com/somebody';
const digests = { plugin: `sha256:${'a'.repeat(64)}`, tools: `sha256:${'b'.repeat(64)}` };
const values = `images:\n${Object.entries(digests)
  .map(([kind, digest]) => `  ${kind}: {repository: ${registry}/${kind}, digest: "${digest}"}\n`)
  .join('')}`;
const names = Object.entries(digests).map(([kind, digest]) => `${registry}/${kind}@${digest}`);

describe("a release's chart and files", () => {
  const copy = join(work, 'release');
  const run = (program, ...args) => spawnSync(program, args, { cwd: copy, encoding: 'utf8' });
  before(() => {
    mkdirSync(join(copy, '.build/bin'), { recursive: true });
    for (const name of [
      'charts',
      'install',
      'tools',
      'docs/hooks.md',
      'docs/controller.md',
      'src/domain',
      'package.json',
    ]) {
      cpSync(join(root, name), join(copy, name), {
        recursive: true,
        filter: (path) => !path.includes('tools/programs'),
      });
    }
    symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
    symlinkSync(helm, join(copy, '.build/bin/helm3'));
    writeFileSync(join(copy, 'values.yaml'), values);
  });

  test('a version that is none, and an image without a digest, are refused; nothing is written', () => {
    writeFileSync(join(copy, 'no-digest.yaml'), values.replace(digests.tools, ''));
    for (const args of [['v1.2.3', registry, 'values.yaml'], ['1.2.3', registry, 'no-digest.yaml'], ['1.2.3']]) {
      const { status, stderr } = run('node', 'tools/pin-release.mjs', ...args);
      assert.notEqual(status, 0, args.join(' '));
      assert.match(stderr, /with a version such as|has no digest of tools/);
    }
    assert.equal(
      readFileSync(join(copy, 'charts/migration-prep/values.yaml'), 'utf8'),
      readFileSync(join(root, 'charts/migration-prep/values.yaml'), 'utf8'),
    );
  });

  test('the chart has its version and names its images by digest without being told', () => {
    const pinned = run('node', 'tools/pin-release.mjs', '1.2.3', registry, 'values.yaml');
    assert.equal(pinned.status, 0, pinned.stderr);
    assert.equal(run('node', 'tools/chart-docs.mjs').status, 0);
    assert.equal(run('node', 'tools/chart-docs.mjs', '--check').stdout, '');
    const linted = run(helm, 'lint', '--strict', '--quiet', '--kube-version', '1.35.0', 'charts/migration-prep');
    assert.equal(linted.status, 0, linted.stdout + linted.stderr);
    const chart = parse(readFileSync(join(copy, 'charts/migration-prep/Chart.yaml'), 'utf8'));
    assert.deepEqual(
      [chart.version, chart.appVersion, chart.annotations['artifacthub.io/prerelease']],
      ['1.2.3', '1.2.3', 'false'],
    );
    assert.deepEqual(
      parse(chart.annotations['artifacthub.io/images']).map(({ image }) => image),
      names,
    );
    assert.equal(
      Buffer.from(chart.icon.replace('data:image/svg+xml;base64,', ''), 'base64').toString(),
      readFileSync(join(root, 'docs/icon.svg'), 'utf8').trim(),
    );
    const rendered = execFileSync(helm, ['template', 'x', 'charts/migration-prep', '--kube-version', '1.35.0'], {
      cwd: copy,
      encoding: 'utf8',
    });
    const images = [...rendered.matchAll(/^ +image: (.*)$/gm)].map(([, image]) => image);
    assert.deepEqual([...new Set(images)].sort(), names);
  });

  test('a mirror for an air gap is told the digests, of everything', () => {
    const { stdout, stderr } = run('node', 'tools/chart-images.mjs');
    assert.deepEqual(
      parse(stdout).mirror.additionalImages.map(({ name }) => name),
      names,
    );
    assert.equal(stderr, '');
  });

  test("Argo CD's and the installer's files take this release from the registry", () => {
    for (const name of ['argocd/application.yaml', 'argocd/applicationset.yaml']) {
      const { spec } = parse(readFileSync(join(copy, 'install', name), 'utf8'));
      const { repoURL, chart, targetRevision, path } = (spec.template?.spec ?? spec).source;
      assert.deepEqual(
        { repoURL, chart, targetRevision, path },
        { repoURL: `${registry}/charts`, chart: 'migration-prep', targetRevision: '1.2.3', path: undefined },
      );
    }
    for (const name of ['migration-prep-gitops.yaml', 'migration-prep-without-gitops.yaml']) {
      const text = readFileSync(join(copy, 'install/assisted-installer', name), 'utf8');
      const [job] = parseAllDocuments(text)
        .map((document) => document.toJSON())
        .filter(({ kind }) => kind === 'Job');
      assert.equal(job.spec.template.spec.containers[0].image, names[1]);
      assert.doesNotMatch(text, /targetRevision: main|tools:0\.1\.0/);
    }
  });
});

describe('npm run chart:images', () => {
  test('an image that is named by a tag is told, for it may be another one tomorrow', () => {
    const { stdout, stderr } = spawnSync(
      'node',
      ['tools/chart-images.mjs', '--set', 'images.plugin.tag=9.9.9,images.plugin.digest='],
      { cwd: root, encoding: 'utf8' },
    );
    assert.match(stdout, /plugin:9\.9\.9/);
    assert.match(stderr, /plugin:9\.9\.9 is named by a tag\./);
  });
});
