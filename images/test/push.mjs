import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { after, before, describe, test } from 'node:test';
import { parse } from 'yaml';
import { settingsOfBuild, work } from './buildah.mjs';
import { renderImages } from './chart.mjs';
import { startRegistry } from './registry.mjs';

const root = join(import.meta.dirname, '../..');
const values = join(root, '.build/images/values.yaml');

describe('make images REGISTRY=…', () => {
  let registry, home;
  before(async () => {
    registry = await startRegistry();
    home = join(work, 'push-home');
    mkdirSync(join(home, '.config/containers'), { recursive: true });
    writeFileSync(
      join(home, '.config/containers/registries.conf'),
      `[[registry]]\nlocation = "${registry.host}"\ninsecure = true\n`,
    );
  });
  after(() => registry.stop());

  // Not spawnSync: the registry is in this process.
  const build = (settings) =>
    new Promise((resolve) => {
      const child = spawn(join(root, 'tools/build-images.sh'), {
        cwd: root,
        env: { ...process.env, ...settingsOfBuild(), HOME: home, ...settings },
      });
      let output = '';
      for (const stream of [child.stdout, child.stderr])
        stream.on('data', (part) => {
          output += part;
        });
      child.once('close', (status) => resolve({ status, output }));
    });

  test('both images for both architectures arrive, and the chart takes exactly these', async () => {
    const repository = `${registry.host}/me/migration-prep`;
    const { status, output } = await build({ REGISTRY: repository });
    assert.equal(status, 0, output);
    const { images } = parse(readFileSync(values, 'utf8'));
    for (const kind of ['plugin', 'tools']) {
      const { digest, manifests } = registry.manifest(`me/migration-prep/${kind}@0.1.0`);
      assert.deepEqual(manifests.map(({ platform }) => `${platform.os}/${platform.architecture}`).sort(), [
        'linux/amd64',
        'linux/arm64',
      ]);
      for (const each of manifests)
        assert.ok(registry.manifest(`me/migration-prep/${kind}@${each.digest}`).layers.length > 0);
      assert.deepEqual(images[kind], { repository: `${repository}/${kind}`, digest });
    }
    assert.deepEqual(renderImages('--values', values), [
      `${images.plugin.repository}@${images.plugin.digest}`,
      `${images.tools.repository}@${images.tools.digest}`,
    ]);
  });

  test('a registry that does not know who pushes: the remedy, and no values of before', async () => {
    const { status, output } = await build({ REGISTRY: `${registry.host}/closed` });
    assert.equal(status, 1);
    assert.match(output, /closed\/plugin:0\.1\.0 could not be pushed\. .* login 127\.0\.0\.1/);
    assert.ok(!existsSync(values));
  });

  for (const name of ['https://quay.io/me', 'quay.io', 'quay.io/me/plugin:1', 'quay.io/Me', 'quay.io/me/']) {
    test(`${name} is no registry and path`, async () => {
      const { status, output } = await build({ REGISTRY: name });
      assert.equal(status, 1);
      assert.match(output, /is not what images are named by: a host and a path/);
    });
  }
});
