import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, readdirSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { before, describe, test } from 'node:test';
import { buildah, options, unpack, work } from './buildah.mjs';

const root = join(import.meta.dirname, '../..');

/** The files below a folder and what they hold. */
const contents = (folder) => {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(folder, name), 'latin1')]));
};

/** The tree as a build in the cluster gets it: what Git has, and nothing that was built or installed. */
const clone = (folder) => {
  const names = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], {
    cwd: root,
    encoding: 'utf8',
  })
    .split('\0')
    .filter(Boolean);
  for (const name of names) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    cpSync(join(root, name), join(folder, name));
  }
};

// The builder's base is a stand-in that borrows this machine's programs. That packages can be installed is what the first step of `make`
// shows: here `npm install` finds them installed. The real bases, and OpenShift's own builder, are not seen.
describe('building the images in the cluster', () => {
  const sources = join(work, 'sources');
  before(() => {
    clone(sources);
    const packages = join(work, 'packages');
    execFileSync('cp', ['-al', join(root, 'node_modules'), packages]);
    const base = join(work, 'builder');
    for (const name of ['usr', 'etc', 'tmp', 'opt/migration-prep/node_modules'])
      mkdirSync(join(base, name), { recursive: true });
    for (const name of ['bin', 'sbin', 'lib', 'lib64']) symlinkSync(`usr/${name}`, join(base, name));
    const container = buildah('from', 'scratch');
    buildah('copy', '--quiet', container, base, '/');
    buildah('commit', '--quiet', '--rm', container, 'registry.access.redhat.com/ubi9/nodejs-22');
    for (const [name, of] of [
      ['plugin-base', 'nginx-124'],
      ['tools-base', 'nodejs-22-minimal'],
    ])
      buildah('tag', `localhost/${name}`, `registry.access.redhat.com/ubi9/${of}`);
  });

  for (const [kind, built, into] of [
    ['plugin', 'dist', 'opt/migration-prep/plugin'],
    ['tools', 'dist-tools', 'opt/migration-prep'],
  ]) {
    test(`${kind}: from what Git has comes what \`make images\` makes`, () => {
      const log = spawnSync(
        'buildah',
        [
          ...options,
          'build',
          '--isolation',
          'chroot',
          '--pull-never',
          '--layers=false',
          '--volume',
          '/usr:/usr:ro',
          '--volume',
          '/etc:/etc:ro',
          '--volume',
          `${join(work, 'packages')}:/opt/migration-prep/node_modules`,
          '--tag',
          `localhost/in-cluster/${kind}`,
          '--file',
          join(sources, `install/build-in-cluster/${kind}.Containerfile`),
          sources,
        ],
        { encoding: 'utf8' },
      );
      assert.equal(log.status, 0, log.stdout + log.stderr);
      const { tree, config } = unpack(`localhost/in-cluster/${kind}`);
      const [there, usually] = [contents(join(tree, into)), contents(join(root, built))];
      assert.deepEqual(Object.keys(there), Object.keys(usually));
      for (const name of Object.keys(there)) assert.ok(there[name] === usually[name], name);
      const sbom = (path) => JSON.parse(readFileSync(path, 'utf8')).components;
      assert.deepEqual(
        sbom(join(tree, 'usr/share/migration-prep/sbom.cdx.json')),
        sbom(join(root, `.build/images/${kind}.cdx.json`)),
      );
      const { Entrypoint, Cmd, User, WorkingDir, StopSignal, ExposedPorts } = config.OCIv1.config;
      const { config: usual } = unpack(`localhost/migration-prep/${kind}:0.1.0`);
      const {
        Entrypoint: entrypoint,
        Cmd: cmd,
        User: user,
        WorkingDir: folder,
        StopSignal: signal,
        ExposedPorts: ports,
      } = usual.OCIv1.config;
      assert.deepEqual(
        { Entrypoint, Cmd, User, WorkingDir, StopSignal, ExposedPorts },
        {
          Entrypoint: entrypoint,
          Cmd: cmd,
          User: user,
          WorkingDir: folder,
          StopSignal: signal,
          ExposedPorts: ports,
        },
      );
    });
  }
});
