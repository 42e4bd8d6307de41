import { memoryCluster } from '../../testing/memory-cluster';
import type { MemoryCluster } from '../../testing/memory-cluster';
import { owned } from '../../domain/ownership';
import { err, ok } from '../../domain/result';
import type { ArchiveUrlFailure } from '../../domain/vddk/archive-url-failure';
import type { ArchiveSource } from '../../domain/vddk/archive-source';
import type { ArchiveHost } from '../build-image/from-url';
import { prepareArchive } from './declared-archive';
import type { ArchiveWorld, DeclaredArchiveVddk } from './declared-archive';

const mtv = 'openshift-mtv';
const sha256 = 'ab'.repeat(32);
const repository = `registry:5000/${mtv}/migration-prep-vddk`;
const image = `${repository}@sha256:${'ef'.repeat(32)}`;
const declared: DeclaredArchiveVddk = {
  archiveUrl: 'https://files.example.com/VMware-vix-disklib-8.0.3-23950268.x86_64.tar.gz?key=hidden',
  sha256,
  secret: 'archive',
  caBundle: undefined,
  baseImage: undefined,
  providers: true,
};
const found = {
  version: '9.0.0',
  library: 'l',
  files: 1,
  unpackedBytes: 1,
  warnings: [{ code: 'NeedsNewerMtv' }],
} as const;

const arrange = (failure?: ArchiveUrlFailure, dryRun = false) => {
  const cluster: MemoryCluster = memoryCluster(mtv, 'prep');
  cluster.put('forkliftControllers', { metadata: { name: 'forklift', namespace: mtv }, spec: { vddk_image: 'old' } });
  cluster.put('secrets', { metadata: { name: 'archive', namespace: 'prep' }, data: { token: btoa('hidden') } });
  const sources: ArchiveSource[] = [];
  const lines: string[] = [];
  const host: ArchiveHost = {
    open: async function* () {
      await Promise.resolve();
      if (failure) return err(failure);
      yield new Uint8Array(1);
      return ok(found);
    },
    send: async ({ pieces, config }) => {
      while ((await pieces.next()).done !== true);
      const build = {
        metadata: { name: `${config}-1`, namespace: mtv, labels: { buildconfig: config } },
        status: {
          phase: 'Complete',
          outputDockerImageReference: `${repository}:tag`,
          output: { to: { imageDigest: image.replace(/.*@/, '') } },
        },
      };
      cluster.put('builds', build);
      return ok(build);
    },
  };
  const world: ArchiveWorld = {
    cluster,
    dryRun,
    say: (line) => lines.push(line),
    home: 'prep',
    release: undefined,
    archives: {
      hostOf: (source) => {
        sources.push(source);
        return host;
      },
      proxy: {},
      signal: new AbortController().signal,
      inVain: new Map(),
    },
  };
  const used = () => cluster.all('forkliftControllers')[0]?.spec?.vddk_image;
  return { cluster, sources, lines, used, run: (what = declared) => prepareArchive(world, what) };
};

test('MTV uses the image of the archive, and what is to be known of it is said', async () => {
  const { used, run, sources, lines } = arrange();
  expect(await run()).toMatchObject({ state: 'done' });
  expect(used()).toBe(image);
  expect(sources).toEqual([{ url: declared.archiveUrl, credentials: { token: 'hidden' }, ca: '', proxy: {} }]);
  expect(lines.join()).toContain('VDDK 9 works only with recent releases');
  expect(lines.join()).not.toContain('hidden');
});

test.each([
  ['the usual image', undefined, 'registry.access.redhat.com/ubi9-minimal:latest'],
  ['the image of a mirror', 'mirror.example.com/ubi9-minimal:1', 'mirror.example.com/ubi9-minimal:1'],
])('is built on %s', async (_, baseImage, from) => {
  const { run, cluster } = arrange();
  await run({ ...declared, baseImage });
  expect(cluster.all('buildConfigs')[0]?.spec?.source?.dockerfile).toContain(`FROM ${from}\n`);
});

test('a Secret that is missing is waited for, and MTV goes on with its image', async () => {
  const { cluster, used, run, sources } = arrange();
  cluster.remove('secrets', 'archive', 'prep');
  expect(await run()).toEqual({ state: 'waiting', text: expect.stringContaining('Secret archive') as string });
  expect([used(), sources]).toEqual(['old', []]);
});

test('a registry that is switched on only now is waited for, and nothing is downloaded meanwhile', async () => {
  const { cluster, used, run, sources } = arrange();
  cluster.switchRegistry(false);
  expect(await run()).toEqual({ state: 'waiting', text: expect.stringContaining('image registry') as string });
  expect(used()).toBe('old');
  const { length } = sources;
  cluster.switchRegistry(true);
  expect(await run()).toMatchObject({ state: 'done' });
  expect([used(), sources.length]).toEqual([image, length + 1]);
});

test.each<[ArchiveUrlFailure, string, readonly number[]]>([
  [{ code: 'WrongSum', wanted: sha256, found: 'cd' }, 'failed', [1, 1, 2, 2, 2, 3]],
  [{ code: 'Download', failure: { code: 'BrokenOff', host: 'h', got: 1, of: 2 } }, 'waiting', [1, 1, 2, 2, 2, 3]],
  [{ code: 'Download', failure: { code: 'NotFound', host: 'h' } }, 'failed', [1, 2, 3, 4, 5, 6]],
])('%j is tried again, the less often the more it costs', async (failure, state, downloads) => {
  const { used, run, sources } = arrange(failure);
  for (const count of downloads) {
    const outcome = await run();
    expect(outcome.state).toBe(state);
    expect(outcome.text).not.toContain('hidden');
    expect(sources).toHaveLength(count);
  }
  expect(used()).toBe('old');
  await run({ ...declared, sha256: 'cd'.repeat(32) });
  expect(sources).toHaveLength((downloads.at(-1) ?? 0) + 1);
});

test('a rehearsal downloads and changes nothing', async () => {
  const { cluster, run, sources, lines } = arrange(undefined, true);
  expect((await run()).state).toBe('done');
  expect(lines).toEqual([`would create ImageStream ${mtv}/migration-prep-vddk`]);
  cluster.put('imageStreams', {
    metadata: owned({ name: 'migration-prep-vddk', namespace: mtv }),
    status: {
      dockerImageRepository: repository,
      tags: [{ tag: `sha256-${sha256}`, items: [{ dockerImageReference: image, image: '' }] }],
    },
  });
  expect((await run()).state).toBe('done');
  expect(lines.at(-1)).toBe(`would change ForkliftController ${mtv}/forklift`);
  expect([cluster.writes, sources]).toEqual([[], []]);
});
