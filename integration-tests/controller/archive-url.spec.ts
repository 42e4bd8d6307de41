import { createHash } from 'node:crypto';
import { join, resolve } from 'node:path';
import { loadKubeConfig } from '../../src/cluster/kube-config';
import { nodeArchives } from '../../src/cluster/node-archive/archive-host';
import { nodeCluster } from '../../src/cluster/node-cluster';
import type { Cluster } from '../../src/domain/cluster';
import type { Build } from '../../src/domain/objects';
import { serveFile, startServer } from '../../src/testing/archive-server';
import type { ServedFile, TestServer } from '../../src/testing/archive-server';
import { prepareArchive } from '../../src/work/prepare/declared-archive';
import { beyond } from '../audit';
import { fileWith } from '../hooks/program';
import { controllerRules } from '../hooks/rights';
import { reachedOf, startSandbox } from '../sandbox';
import type { RunningSandbox } from '../sandbox';
import { serviceAccount } from '../service-account';
import { distrib, noise, tarGz, vddk } from '../vddk-archives';
import { administratorOf } from './sandbox-users';

const root = join(import.meta.dirname, '../..');
const mtv = 'openshift-mtv';
const name = 'VMware-vix-disklib-8.0.3-23950268.x86_64.tar.gz';

/** Large enough that most of it has left before it is known to be right. Another one each time: what was built once is not built again. */
const archiveOf = (seed: number): Uint8Array =>
  tarGz([...vddk(), { path: `${distrib}/doc/noise`, content: noise(12 * 2 ** 20, seed) }]);
const sumOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

const release = { namespace: 'migration-prep', name: 'migration-prep' };
const rules = controllerRules({ release }, 'always', 'vddk', 'archive');

const configOf = (kubeconfig: string) => {
  const config = loadKubeConfig({ kubeconfig, context: undefined });
  if (!config.ok) throw new Error(config.error.code);
  return config.value;
};

let sandbox: RunningSandbox;
let administrator: Cluster;
/** What the controller has, with the rights that the chart gives it for this. */
let world: Parameters<typeof prepareArchive>[0];
beforeAll(async () => {
  sandbox = await startSandbox({ audit: true });
  administrator = nodeCluster(configOf(resolve(root, sandbox.info.kubeconfig)));
  const post = administratorOf(sandbox.info).post;
  const account = { name: 'controller', namespace: release.namespace, rules };
  await post('/api/v1/namespaces', { metadata: { name: release.namespace } });
  const config = configOf(fileWith(await serviceAccount(post, reachedOf(sandbox.info), account)));
  const cluster = nodeCluster(config);
  world = { cluster, dryRun: false, say: () => {}, home: mtv, release: undefined, archives: nodeArchives(config, {}) };
}, 180_000);
afterAll(async () => {
  const asked = sandbox.audit();
  await sandbox.stop();
  // Whatever went wrong with an archive: nothing was asked that the chart does not permit.
  expect(beyond(asked, `system:serviceaccount:${release.namespace}:controller`, rules)).toEqual([]);
});

/** Serves an archive whose first download breaks off at this part of it. */
const serving = async (file: ServedFile, breaksAt: number): Promise<TestServer> => {
  const server = await startServer((request, response) => {
    serveFile(request, response, file, server.requests.length === 1 ? file.bytes.length * breaksAt : Infinity);
  });
  return server;
};

const imageInUse = async (): Promise<string> => {
  const listed = await administrator.list({ list: 'forkliftControllers', namespace: mtv });
  return (listed.ok ? listed.value[0]?.spec?.vddk_image : undefined) ?? '';
};
const buildsOf = async (sha256: string): Promise<readonly Build[]> => {
  const labelSelector = `buildconfig=migration-prep-vddk-${sha256.slice(0, 24)}`;
  const listed = await administrator.list({ list: 'builds', namespace: mtv, labelSelector });
  if (!listed.ok) throw new Error(listed.error.code);
  return listed.value;
};
const prepare = (url: string, sha256: string) =>
  prepareArchive(world, {
    archiveUrl: `${url}/${name}`,
    sha256,
    secret: undefined,
    caBundle: undefined,
    baseImage: undefined,
    providers: true,
  });

test.each([
  ['whole', Infinity, true],
  ['broken off at 30 %', 0.3, true],
  ['broken off at 60 %', 0.6, true],
  ['broken off at 99 %', 0.99, true],
  ['broken off at 30 %, by a server without parts', 0.3, false],
  ['broken off at 60 %, by a server without parts', 0.6, false],
  ['broken off at 99 %, by a server without parts', 0.99, false],
])(
  'a download %s becomes the image that MTV uses, and is not repeated',
  async (what, breaksAt, ranges) => {
    const bytes = archiveOf(100 + what.length * 1000 + (breaksAt === Infinity ? 0 : breaksAt * 100));
    const sha256 = sumOf(bytes);
    const server = await serving({ bytes, ranges, ...(ranges && { etag: '"1"' }) }, breaksAt);
    const outcome = await prepare(server.url, sha256);
    expect(outcome).toEqual({ state: 'done', text: expect.stringContaining('MTV uses ') as string });
    expect(server.requests).toHaveLength(breaksAt === Infinity ? 1 : 2);
    expect((await buildsOf(sha256)).map(({ status }) => status?.phase)).toEqual(['Complete']);
    const image = await imageInUse();
    expect(image).toMatch(/\/openshift-mtv\/migration-prep-vddk@sha256:[0-9a-f]{64}$/);
    const tag = await administrator.get({ kind: 'imageStreams', name: 'migration-prep-vddk', namespace: mtv });
    const items = tag.ok ? tag.value?.status?.tags?.find((each) => each.tag === `sha256-${sha256}`)?.items : undefined;
    expect(items?.map(({ dockerImageReference }) => dockerImageReference)).toEqual([image]);
    await server.close();
    // The server is gone, and nobody misses it.
    expect(await prepare(server.url, sha256)).toMatchObject({ state: 'done' });
    expect(await buildsOf(sha256)).toHaveLength(1);
  },
  120_000,
);

test.each<[string, (bytes: Uint8Array) => { readonly served: Uint8Array; readonly sha256: string }, RegExp, number]>([
  ['another archive than was meant', (bytes) => ({ served: bytes, sha256: 'ab'.repeat(32) }), /SHA-256 checksum/, 1],
  [
    'an archive with a damaged end',
    (bytes) => {
      const served = bytes.map((byte, at) => (at === bytes.length - 6 ? byte ^ 1 : byte));
      return { served, sha256: sumOf(served) };
    },
    /incomplete or damaged/,
    1,
  ],
  [
    'a web page',
    () => {
      const served = new Uint8Array(Buffer.from('<!DOCTYPE html>'.repeat(100)));
      return { served, sha256: sumOf(served) };
    },
    /web page/,
    0,
  ],
])(
  '%s leaves the image that MTV uses, and no build',
  async (_, make, words, configs) => {
    const { served, sha256 } = make(archiveOf(7));
    const before = await imageInUse();
    const server = await serving({ bytes: served }, Infinity);
    const outcome = await prepare(server.url, sha256);
    await server.close();
    expect(outcome).toEqual({ state: 'failed', text: expect.stringMatching(words) as string });
    expect(await imageInUse()).toBe(before);
    expect(await buildsOf(sha256)).toEqual([]);
    const config = `migration-prep-vddk-${sha256.slice(0, 24)}`;
    const made = await administrator.get({ kind: 'buildConfigs', name: config, namespace: mtv });
    expect(made.ok && made.value ? 1 : 0).toBe(configs);
    const stream = await administrator.get({ kind: 'imageStreams', name: 'migration-prep-vddk', namespace: mtv });
    const tags = stream.ok ? (stream.value?.status?.tags ?? []).map(({ tag }) => tag) : [];
    expect(tags).not.toContain(`sha256-${sha256}`);
  },
  120_000,
);

test('two at once do not delete the build of each other', async () => {
  const bytes = archiveOf(77);
  const sha256 = sumOf(bytes);
  const good = await serving({ bytes, ranges: true, etag: '"1"' }, Infinity);
  const damaged = bytes.map((byte, at) => (at === bytes.length - 6 ? byte ^ 1 : byte));
  const bad = await serving({ bytes: damaged }, Infinity);
  const [outcome, other] = await Promise.all([prepare(good.url, sha256), prepare(bad.url, sha256)]);
  await Promise.all([good.close(), bad.close()]);
  expect(outcome).toEqual({ state: 'done', text: expect.stringContaining('MTV uses ') as string });
  expect(other).toEqual({ state: 'failed', text: expect.stringMatching(/incomplete or damaged/) as string });
  expect((await buildsOf(sha256)).map(({ status }) => status?.phase)).toEqual(['Complete']);
}, 120_000);
