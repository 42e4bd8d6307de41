import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { buildImages, buildah, unpack, work } from './buildah.mjs';

const root = join(import.meta.dirname, '../..');
const digest = (image) => buildah('images', '--format', '{{.Digest}}', image);
const kinds = { plugin: 'localhost/migration-prep/plugin:0.1.0', tools: 'localhost/migration-prep/tools:0.1.0' };

describe('building the images', () => {
  test('a base without a digest is refused, with the remedy', () => {
    const bases = join(work, 'unpinned.env');
    writeFileSync(bases, readFileSync(join(work, 'bases.env'), 'utf8').replace(/@.*/, ':latest'));
    const { status, output } = buildImages({ BASES: bases });
    assert.equal(status, 1);
    assert.match(output, /localhost\/plugin-base:latest is meant: it needs a digest\. `make pin-bases`/);
  });

  test('the same commit gives the same image, however old the files are', () => {
    utimesSync(join(root, 'dist/plugin-manifest.json'), 1, 1);
    assert.deepEqual(buildImages({ REPOSITORY: 'localhost/again' }), {
      status: 0,
      output: 'Building localhost/again/plugin:0.1.0\nBuilding localhost/again/tools:0.1.0\n',
    });
    for (const [kind, image] of Object.entries(kinds))
      assert.equal(digest(`localhost/again/${kind}:0.1.0`), digest(image), kind);
  });

  test('four architectures in one list, with the same files', () => {
    const { status, output } = buildImages({
      REPOSITORY: 'localhost/everywhere',
      PLATFORMS: 'linux/amd64,linux/arm64,linux/s390x,linux/ppc64le',
    });
    assert.equal(status, 0, output);
    for (const kind of Object.keys(kinds)) {
      const { manifests } = JSON.parse(buildah('manifest', 'inspect', `localhost/everywhere/${kind}:0.1.0`));
      assert.deepEqual(manifests.map(({ platform }) => platform.architecture).sort(), [
        'amd64',
        'arm64',
        'ppc64le',
        's390x',
      ]);
      const layers = manifests.map((each) => {
        const { OCIv1 } = JSON.parse(
          buildah('inspect', '--type', 'image', `localhost/everywhere/${kind}@${each.digest}`),
        );
        assert.equal(OCIv1.architecture, each.platform.architecture);
        return OCIv1.rootfs.diff_ids.at(-1);
      });
      assert.equal(new Set(layers).size, 1, 'our layer depends on the architecture');
    }
  });

  for (const [kind, image] of Object.entries(kinds)) {
    test(`${kind}: what it is, and nothing of its base`, () => {
      const { created, config } = JSON.parse(buildah('inspect', '--type', 'image', image)).OCIv1;
      const epoch = Number(execFileSync('git', ['log', '-1', '--format=%ct'], { cwd: root, encoding: 'utf8' }));
      assert.equal(Date.parse(created), epoch * 1000);
      assert.equal(config.User, '1001');
      assert.doesNotMatch(JSON.stringify([config.Entrypoint, config.Cmd ?? []]), /container-entrypoint|s2i|\/sh"/);
      const labels = config.Labels;
      assert.equal(labels.name, `migration-prep-${kind}`);
      assert.equal(labels['org.opencontainers.image.version'], '0.1.0');
      assert.match(labels['org.opencontainers.image.revision'], /^[0-9a-f]{40}(-dirty)?$/);
      assert.match(labels['org.opencontainers.image.base.name'], /@sha256:[0-9a-f]{64}$/);
    });

    test(`${kind}: only root may write its files, everybody may read them`, () => {
      const { tree } = unpack(image);
      const paths = execFileSync(
        'find',
        ['opt', 'usr/share/migration-prep', 'licenses'].filter((path) => {
          try {
            return statSync(join(tree, path));
          } catch {
            return false;
          }
        }),
        { cwd: tree, encoding: 'utf8' },
      )
        .trim()
        .split('\n');
      for (const path of paths) {
        const { uid, gid, mode, mtimeMs } = statSync(join(tree, path));
        assert.deepEqual([uid, gid], [0, 0], path);
        assert.equal(mode & 0o7022, 0, path);
        assert.equal(mode & 0o044, 0o044, path);
        assert.ok(mtimeMs % 1000 === 0, path);
      }
    });

    test(`${kind}: its list of contents is what the bundle holds`, () => {
      const beside = readFileSync(join(root, `.build/images/${kind}.cdx.json`), 'utf8');
      assert.equal(readFileSync(join(unpack(image).tree, 'usr/share/migration-prep/sbom.cdx.json'), 'utf8'), beside);
      const { components, metadata } = JSON.parse(beside);
      assert.equal(metadata.component.name, `migration-prep-${kind}`);
      const bundled = JSON.parse(readFileSync(join(root, `.build/images/${kind}-packages.json`), 'utf8'));
      assert.deepEqual(components.map(({ name, version }) => `${name}@${version}`).sort(), bundled);
      for (const { name, licenses, hashes } of components) assert.ok(licenses?.length > 0 && hashes?.length > 0, name);
    });
  }
});
