import type { EsxiHost } from '../../domain/hosts/esxi-host';
import type { InventoryFailure } from '../../domain/networks/inventory';
import type { Host, Secret } from '../../domain/objects';
import { declaredBy, ownLabels } from '../../domain/ownership';
import type { DeclaredHost } from '../../domain/preparation';
import type { Result } from '../../domain/result';
import { err, ok } from '../../domain/result';
import { declaredProvider as provider } from '../../testing/declared-provider';
import { memoryCluster } from '../../testing/memory-cluster';
import type { MemoryCluster } from '../../testing/memory-cluster';
import { credentialGuard } from './credential-guard';
import { prepareHost } from './declared-host';

const release = { namespace: 'prep', name: 'mp' };
const mtv = 'openshift-mtv';
const declared: DeclaredHost = { provider: 'vc', host: 'ESXI-01', adapter: { name: 'Transfer' }, secret: 'esxi' };
const management = { name: 'Management Network', ipAddress: '10.0.0.1' };
const transfer = { name: 'Transfer', ipAddress: '10.1.0.1' };
const esxi: EsxiHost = { id: 'host-24', name: 'esxi-01', networkAdapters: [management, transfer] };

const connected = { phase: 'Ready', conditions: [{ type: 'Ready', status: 'True', category: 'Required' }] };

const credentials = (cluster: MemoryCluster, password: string) => {
  cluster.put('secrets', {
    metadata: { name: 'esxi', namespace: 'prep' },
    data: { user: btoa('root'), password: btoa(password) },
  });
};

const prepared = (): MemoryCluster => {
  const cluster = memoryCluster(mtv, 'prep');
  cluster.put('forkliftControllers', { metadata: { name: 'forklift-controller', namespace: mtv } });
  cluster.put('providers', {
    metadata: { name: 'vc', namespace: mtv, labels: ownLabels },
    spec: { type: 'vsphere', url: 'https://vcenter.example.com/sdk', secret: {} },
    status: connected,
  });
  credentials(cluster, 'first');
  return cluster;
};

const start = (
  cluster: MemoryCluster,
  hosts: Result<readonly EsxiHost[], InventoryFailure> = ok([esxi, { id: 'host-25', name: 'esxi-02' }]),
) => {
  const world = {
    cluster,
    dryRun: false,
    say: () => undefined,
    home: 'prep',
    release,
    guard: credentialGuard(cluster, release),
    fetchCertificate: () => Promise.resolve(err({ code: 'Unreachable' as const })),
    fingerprintOf: () => undefined,
    fetchHosts: () => Promise.resolve(hosts),
  };
  return (patch: Partial<DeclaredHost> = {}) => prepareHost(world, { ...declared, ...patch }, provider);
};

const theHost = (cluster: MemoryCluster): Host => {
  const [host] = cluster.all('hosts');
  if (!host) throw new Error('no Host was made');
  return host;
};

const theSecret = (cluster: MemoryCluster): Secret => {
  const secret = cluster.all('secrets').find(({ metadata }) => metadata.name === 'vc-host-24-config-credentials');
  if (!secret) throw new Error('no Secret was made');
  return secret;
};

const content = ({ data = {} }: Secret) =>
  Object.fromEntries(Object.entries(data).map(([key, text]) => [key, atob(text)]));

const complete = { user: 'root', password: 'first', ip: '10.1.0.1', provider: 'vc', insecureSkipVerify: 'true' };

test("makes what MTV's page makes, each owned by the next", async () => {
  const cluster = prepared();
  const run = start(cluster);
  expect((await run()).state).toBe('waiting');
  const [host, secret] = [theHost(cluster), theSecret(cluster)];
  expect(host).toMatchObject({
    metadata: {
      name: 'vc-host-24-config',
      namespace: mtv,
      annotations: declaredBy(release),
      ownerReferences: [{ kind: 'Provider', name: 'vc', uid: cluster.all('providers')[0]?.metadata.uid }],
    },
    spec: {
      id: 'host-24',
      ipAddress: '10.1.0.1',
      provider: { name: 'vc', namespace: mtv },
      secret: { name: 'vc-host-24-config-credentials', namespace: mtv },
    },
  });
  expect(content(secret)).toEqual(complete);
  expect(secret.metadata).toMatchObject({
    labels: { createdForResourceType: 'hosts', createdForResource: 'host-24', ...ownLabels },
    ownerReferences: [{ kind: 'Host', name: 'vc-host-24-config', uid: host.metadata.uid }],
  });
  cluster.put('hosts', { ...host, status: { conditions: [{ type: 'Ready', status: 'True' }] } });
  const { length } = cluster.writes;
  expect(await run()).toEqual({ state: 'done', text: 'MTV copies disks from the host directly.' });
  expect(cluster.writes).toHaveLength(length);
});

describe('puts right', () => {
  test.each<[string, (cluster: MemoryCluster) => void]>([
    [
      'the address of the Host',
      (cluster) => {
        const host = theHost(cluster);
        cluster.put('hosts', { ...host, spec: { ...host.spec, ipAddress: '10.0.0.1' } });
      },
    ],
    [
      'its owner',
      (cluster) => {
        const host = theHost(cluster);
        cluster.put('hosts', { ...host, metadata: { ...host.metadata, ownerReferences: [] } });
      },
    ],
    [
      'who declares it',
      (cluster) => {
        const host = theHost(cluster);
        cluster.put('hosts', { ...host, metadata: { ...host.metadata, annotations: {} } });
      },
    ],
    [
      'the content of the Secret',
      (cluster) => {
        const secret = theSecret(cluster);
        cluster.put('secrets', { ...secret, data: { ...secret.data, password: btoa('other') } });
      },
    ],
    [
      'that the Host is gone',
      (cluster) => {
        cluster.remove('hosts', 'vc-host-24-config', mtv);
      },
    ],
  ])('%s', async (_, change) => {
    const cluster = prepared();
    const run = start(cluster);
    await run();
    change(cluster);
    await run();
    const host = theHost(cluster);
    expect(host).toMatchObject({
      metadata: { annotations: declaredBy(release), ownerReferences: [{ kind: 'Provider' }] },
      spec: { ipAddress: '10.1.0.1' },
    });
    expect(content(theSecret(cluster))).toEqual(complete);
    expect(theSecret(cluster).metadata.ownerReferences).toMatchObject([{ uid: host.metadata.uid }]);
  });
});

test('a new password follows', async () => {
  const cluster = prepared();
  const run = start(cluster);
  await run();
  credentials(cluster, 'second');
  await run();
  expect(content(theSecret(cluster)).password).toBe('second');
});

test.each<[string, Partial<DeclaredHost>, readonly EsxiHost[], string, string]>([
  ['an adapter by its address', { adapter: { ipAddress: '10.0.0.1' } }, [esxi], 'waiting', 'MTV has not looked'],
  ['a host that the inventory does not have', { host: 'esxi-09' }, [esxi], 'waiting', 'has no ESXi host esxi-09'],
  ['a host that it has twice', {}, [esxi, esxi], 'failed', 'has several ESXi hosts'],
  [
    'an adapter that is not there',
    { adapter: { name: 'vmk7' } },
    [esxi],
    'failed',
    'It has: Management Network (10.0.0.1)',
  ],
  [
    'an adapter without an address',
    {},
    [{ ...esxi, networkAdapters: [{ name: 'Transfer', ipAddress: '' }] }],
    'failed',
    'no such network adapter with an address',
  ],
  [
    'an adapter whose name two have',
    {},
    [{ ...esxi, networkAdapters: [transfer, { name: 'Transfer', ipAddress: '10.2.0.1' }] }],
    'failed',
    'Declare the address of one',
  ],
])('%s: %#', async (_, patch, hosts, state, text) => {
  expect(await start(prepared(), ok(hosts))(patch)).toMatchObject({
    state,
    text: expect.stringContaining(text) as string,
  });
});

test.each<[InventoryFailure['code'], string]>([
  ['Loading', 'waiting'],
  ['Down', 'waiting'],
  ['ServerError', 'unanswered'],
])('without an inventory (%s) nothing is written', async (code, state) => {
  const cluster = prepared();
  expect((await start(cluster, err({ code }))()).state).toBe(state);
  expect(cluster.writes).toHaveLength(0);
});

test('waits until its Provider is connected', async () => {
  const cluster = prepared();
  const [present] = cluster.all('providers');
  if (!present) throw new Error('no provider');
  cluster.put('providers', { ...present, status: { phase: 'Staging' } });
  expect(await start(cluster)()).toEqual({ state: 'waiting', text: 'Provider vc is not connected yet.' });
});

describe('a Secret that the webhook refuses', () => {
  const refusal = (message: string) => ({ code: 403, message: `admission webhook "x" denied the request: ${message}` });

  test('for its password is not tried again until the declared one changes', async () => {
    const cluster = prepared();
    cluster.fail({
      verb: 'create',
      kind: 'secrets',
      status: refusal('ServerFaultCode: Cannot complete login due to an incorrect user name or password.'),
    });
    const outcome = await start(cluster)();
    expect(outcome).toMatchObject({ state: 'failed', text: expect.stringContaining('rejected the user') as string });
    await start(cluster)();
    expect(cluster.all('hosts')).toHaveLength(0);
    credentials(cluster, 'second');
    await start(cluster)();
    expect(cluster.all('hosts')).toHaveLength(1);
  });

  test('because the host cannot be reached is told in its words, and tried again', async () => {
    const cluster = prepared();
    const message = 'dial tcp 10.1.0.1:443: connect: connection refused';
    cluster.fail({ verb: 'create', kind: 'secrets', status: refusal(message) });
    const run = start(cluster);
    expect((await run()).text).toContain(message);
    await run();
    expect(cluster.all('hosts')).toHaveLength(1);
  });
});

test.each(['hosts', 'secrets'] as const)("leaves somebody else's alone: %s", async (kind) => {
  const cluster = prepared();
  const name = kind === 'hosts' ? 'vc-host-24-config' : 'vc-host-24-config-credentials';
  cluster.put(kind, { metadata: { name, namespace: mtv } });
  expect((await start(cluster)()).state).toBe('failed');
  expect(cluster.writes).toHaveLength(0);
});
