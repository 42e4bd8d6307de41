import { X509Certificate } from 'node:crypto';
import type { DeclaredProvider } from '../../domain/preparation';
import { err, ok } from '../../domain/result';
import { memoryCluster } from '../../testing/memory-cluster';
import type { MemoryCluster } from '../../testing/memory-cluster';
import { vcenterCertificate } from '../../testing/vcenter-certificate';
import { credentialGuard } from './credential-guard';
import type { ConnectionWorld } from './declared-provider';
import { prepareProvider } from './declared-provider';

const release = { namespace: 'prep', name: 'mp' };
const declared: DeclaredProvider = {
  name: 'vc',
  namespace: undefined,
  url: 'vcenter.example.com',
  endpoint: 'vcenter',
  secret: 'vcenter',
  trust: { by: 'nothing' },
};
const sha256 = new X509Certificate(vcenterCertificate).fingerprint256;
const password = 'hunter2-never-shown';

const credentials = (cluster: MemoryCluster, data: Readonly<Record<string, string>> = { user: 'u', password }) => {
  const encoded = Object.fromEntries(
    Object.entries(data).map(([key, value]) => [key, Buffer.from(value).toString('base64')]),
  );
  cluster.put('secrets', { metadata: { name: 'vcenter', namespace: 'prep' }, data: encoded });
};

const withMtv = (): MemoryCluster => {
  const cluster = memoryCluster('openshift-mtv', 'prep');
  cluster.put('forkliftControllers', { metadata: { name: 'forklift-controller', namespace: 'openshift-mtv' } });
  credentials(cluster);
  return cluster;
};

/** A process that begins anew: what it remembers is gone. */
const start = (
  cluster: MemoryCluster,
  shown: Awaited<ReturnType<ConnectionWorld['fetchCertificate']>> = ok({ pem: vcenterCertificate, sha256 }),
) => {
  const said: string[] = [];
  const world: ConnectionWorld = {
    cluster,
    dryRun: false,
    say: (line) => said.push(line),
    home: 'prep',
    release,
    guard: credentialGuard(cluster, release),
    fetchCertificate: () => Promise.resolve(shown),
    fingerprintOf: (pem) => (pem === '' ? undefined : new X509Certificate(pem).fingerprint256),
  };
  return { said, run: (patch: Partial<DeclaredProvider> = {}) => prepareProvider(world, { ...declared, ...patch }) };
};

const says = (cluster: MemoryCluster, phase: string, type: string, message = '') => {
  const [provider] = cluster.all('providers');
  if (!provider) throw new Error('no provider');
  const category = phase === 'Ready' ? 'Required' : 'Critical';
  cluster.put('providers', {
    ...provider,
    status: { phase, conditions: [{ type, status: 'True', category, message }] },
  });
};

const reject = (cluster: MemoryCluster, verb: 'create' | 'patch', message = 'Invalid credentials') => {
  cluster.fail({ verb, kind: 'secrets', failure: 'Rejected', message });
};

test('makes it in the project of MTV, waits for MTV, and is done when MTV is connected', async () => {
  const cluster = withMtv();
  const { run } = start(cluster);
  expect(await run()).toEqual({ state: 'waiting', text: 'MTV is checking the correction.' });
  expect(cluster.all('providers')[0]?.metadata.namespace).toBe('openshift-mtv');
  expect(await run()).toMatchObject({ state: 'waiting', text: 'MTV is connecting and reading the inventory.' });
  says(cluster, 'Ready', 'Ready');
  expect(await run()).toEqual({ state: 'done', text: 'MTV is connected.' });
});

describe('waits for what somebody else brings, and goes on when it is there', () => {
  test.each<
    [string, (cluster: MemoryCluster) => void, Partial<DeclaredProvider>, string, (cluster: MemoryCluster) => void]
  >([
    [
      'the Secret',
      (cluster) => {
        cluster.remove('secrets', 'vcenter', 'prep');
      },
      {},
      'There is no Secret vcenter in prep yet.',
      credentials,
    ],
    [
      'a key of it',
      (cluster) => {
        credentials(cluster, { user: 'u' });
      },
      {},
      'lacks a value for: password',
      credentials,
    ],
    [
      'MTV',
      (cluster) => {
        cluster.remove('forkliftControllers', 'forklift-controller', 'openshift-mtv');
      },
      {},
      'Migration Toolkit for Virtualization is not installed',
      (cluster) => {
        cluster.put('forkliftControllers', { metadata: { name: 'forklift-controller', namespace: 'openshift-mtv' } });
      },
    ],
    [
      'the ConfigMap of the certificate',
      () => undefined,
      { trust: { by: 'configMap', name: 'ca' } },
      'There is no ConfigMap ca in prep yet.',
      (cluster) => {
        cluster.put('configMaps', {
          metadata: { name: 'ca', namespace: 'prep' },
          data: { 'ca.crt': vcenterCertificate },
        });
      },
    ],
  ])('%s', async (_, take, patch, expected, give) => {
    const cluster = withMtv();
    const { run } = start(cluster);
    take(cluster);
    const outcome = await run(patch);
    expect(outcome.state).toBe('waiting');
    expect(outcome.text).toContain(expected);
    expect(cluster.writes).toHaveLength(0);
    give(cluster);
    await run(patch);
    expect(cluster.all('providers')).toHaveLength(1);
  });
});

const storedPem = (cluster: MemoryCluster): string =>
  atob(cluster.all('secrets').find(({ metadata }) => metadata.name === 'vc-credentials')?.data?.cacert ?? '');

test.each<[string, DeclaredProvider['trust']]>([
  ['PEM with text around it', { by: 'pem', pem: `vCenter\n${vcenterCertificate}\n` }],
  ['the fingerprint', { by: 'fingerprint', sha256 }],
  [
    'the fingerprint in small letters without colons',
    { by: 'fingerprint', sha256: sha256.replaceAll(':', '').toLowerCase() },
  ],
])('trusts the vCenter by %s', async (_, trust) => {
  const cluster = withMtv();
  await start(cluster).run({ trust });
  expect(storedPem(cluster)).toBe(vcenterCertificate);
});

test('a certificate that has not the declared fingerprint is never stored', async () => {
  const cluster = withMtv();
  const outcome = await start(cluster).run({ trust: { by: 'fingerprint', sha256: 'ab'.repeat(32) } });
  expect(outcome).toMatchObject({ state: 'failed', text: expect.stringContaining(sha256) as string });
  expect(cluster.writes).toHaveLength(0);
});

test('with the fingerprint of what is stored, the vCenter need not be asked', async () => {
  const cluster = withMtv();
  const trust = { by: 'fingerprint', sha256 } as const;
  await start(cluster).run({ trust });
  says(cluster, 'Ready', 'Ready');
  const outcome = await start(cluster, err({ code: 'Unreachable' })).run({ trust });
  expect(outcome.state).toBe('done');
});

describe('credentials that were refused', () => {
  test.each<[string, string, string]>([
    ['by a vCenter', 'Invalid credentials', 'vCenter rejected the user or the password.'],
    ['in words of vSphere', 'Cannot complete login due to an incorrect user name or password.', 'vCenter rejected'],
  ])('%s are not tried again, also not after a restart, until the Secret changes', async (_, message, expected) => {
    const cluster = withMtv();
    reject(cluster, 'create', message);
    const first = start(cluster);
    const outcome = await first.run();
    expect(outcome).toMatchObject({ state: 'failed', text: expect.stringContaining(expected) as string });
    await first.run();
    await start(cluster).run();
    expect(cluster.all('secrets').map(({ metadata }) => metadata.name)).toEqual(['vcenter']);
    credentials(cluster, { user: 'u', password: 'right' });
    expect((await first.run()).state).toBe('waiting');
    expect(cluster.all('providers')).toHaveLength(1);
  });

  test('a label on the Secret is no new password', async () => {
    const cluster = withMtv();
    reject(cluster, 'create');
    const { run } = start(cluster);
    await run();
    const [source] = cluster.all('secrets');
    if (!source) throw new Error('no source');
    cluster.put('secrets', { ...source, metadata: { ...source.metadata, labels: { touched: 'yes' } } });
    expect((await run()).state).toBe('failed');
    expect(cluster.all('providers')).toHaveLength(0);
  });

  test('what MTV itself refuses is held back too: what somebody changed in our Secret stays', async () => {
    const cluster = withMtv();
    const { run } = start(cluster);
    await run();
    says(cluster, 'ConnectionFailed', 'ConnectionAuthFailed');
    expect((await run()).state).toBe('failed');
    const ours = cluster.all('secrets').find(({ metadata }) => metadata.name === 'vc-credentials');
    if (!ours) throw new Error('no secret');
    cluster.put('secrets', { ...ours, data: { ...ours.data, password: btoa('by hand') } });
    const { length } = cluster.writes;
    expect((await run()).state).toBe('failed');
    expect(cluster.writes).toHaveLength(length);
  });

  test('a dry run notes nothing', async () => {
    const cluster = withMtv();
    reject(cluster, 'create');
    const world = { cluster, dryRun: true, say: () => undefined, home: 'prep', release } as const;
    const rest = {
      fetchCertificate: () => Promise.resolve(err({ code: 'Unreachable' as const })),
      fingerprintOf: () => undefined,
    };
    const outcome = await prepareProvider({ ...world, ...rest, guard: credentialGuard(cluster, release) }, declared);
    expect(outcome.state).toBe('failed');
    expect(cluster.all('configMaps')).toHaveLength(0);
  });
});

test.each<[string, string, string, string]>([
  ['a connection that fails may come back', 'ConnectionTestFailed', 'waiting', 'Nothing answers at this address.'],
  ['a Secret that MTV does not take needs somebody', 'SecretNotValid', 'failed', 'The Secret lacks'],
])('%s', async (_, type, state, text) => {
  const cluster = withMtv();
  const { run } = start(cluster);
  await run();
  says(cluster, 'ConnectionFailed', type, 'dial tcp: connection refused');
  expect(await run()).toMatchObject({ state, text: expect.stringContaining(text) as string });
});

test("a Provider of somebody else's needs somebody, and stays as it is", async () => {
  const cluster = withMtv();
  cluster.put('providers', { metadata: { name: 'vc', namespace: 'openshift-mtv' } });
  expect((await start(cluster).run()).state).toBe('failed');
  expect(cluster.writes).toHaveLength(0);
});

test('nothing that is said holds a part of a Secret', async () => {
  const cluster = withMtv();
  cluster.fail({
    verb: 'create',
    kind: 'secrets',
    status: { code: 403, message: `admission webhook "x" denied the request: ${password} is too short` },
  });
  const { run, said } = start(cluster);
  const outcomes = [await run(), await run()];
  expect(cluster.all('providers')).toHaveLength(1);
  expect(JSON.stringify([outcomes, said])).not.toMatch(/hunter2|aHVudGVyM/);
});
