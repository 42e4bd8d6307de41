import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import process from 'node:process';

const root = resolve(import.meta.dirname, '../..');
/** Where the tests keep everything; made anew by `prepare`. */
export const work = join(root, '.build/images/test');
/** Where buildah keeps it. */
export const options = ['--storage-driver', 'vfs', '--root', join(work, 'storage'), '--runroot', join(work, 'run')];

/** buildah over a storage of the tests' own. */
export const buildah = (...args) =>
  execFileSync('buildah', [...options, ...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim();

/** This machine's architecture, as images name it. */
const own = { x64: 'amd64', ppc64: 'ppc64le' }[process.arch] ?? process.arch;

const bases = { PLUGIN_BASE: ['nginx', '/usr/sbin/nginx'], TOOLS_BASE: ['node', '/usr/bin/node'] };

/**
 * Makes stand-ins of both bases for `architectures`, and the file that names them by digest. They carry what UBI's images carry and ours
 * must not inherit: a command, an entry point, a name.
 */
export const makeBases = (architectures) => {
  const lines = Object.entries(bases).map(([variable, [program, path]]) => {
    const name = `localhost/${variable.toLowerCase().replace('_', '-')}`;
    const folder = join(work, variable);
    execFileSync(join(import.meta.dirname, 'stand-in-base.sh'), [folder, program, path]);
    buildah('manifest', 'create', name);
    for (const architecture of architectures) {
      const container = buildah('from', 'scratch');
      // Only this machine's can run; the others are there to be built upon.
      buildah('copy', '--quiet', container, architecture === own ? folder : join(folder, 'etc'), '/');
      buildah(
        'config',
        '--arch',
        architecture,
        '--cmd',
        '/usr/libexec/s2i/usage',
        '--entrypoint',
        '["container-entrypoint"]',
        '--user',
        '0',
        '--label',
        'name=ubi9/base',
        '--env',
        'PATH=/usr/sbin:/usr/bin',
        container,
      );
      buildah('commit', '--quiet', '--rm', '--manifest', name, container);
    }
    const digest = buildah('images', '--format', '{{.Digest}}', name);
    return `${variable}=${name}@${digest}`;
  });
  writeFileSync(join(work, 'bases.env'), `${lines.join('\n')}\n`);
};

/** What tools/build-images.sh needs to build on the stand-ins, as environment variables. */
export const settingsOfBuild = () => ({ BUILDER: `buildah ${options.join(' ')}`, BASES: join(work, 'bases.env') });

/** Runs tools/build-images.sh on the stand-ins; `settings` are its environment variables. */
export const buildImages = (settings = {}) => {
  const { status, stdout, stderr } = spawnSync(join(root, 'tools/build-images.sh'), {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, ...settingsOfBuild(), ...settings },
  });
  return { status, output: stdout + stderr };
};

/** The tree of an image, unpacked; its configuration. */
export const unpack = (image) => {
  const container = buildah('from', '--pull-never', image);
  return { tree: buildah('mount', container), config: JSON.parse(buildah('inspect', '--type', 'image', image)) };
};

export const prepare = () => {
  if (existsSync(work)) {
    try {
      buildah('umount', '--all');
    } catch {
      /* nothing is mounted */
    }
    rmSync(work, { recursive: true, force: true });
  }
  mkdirSync(work, { recursive: true });
};
