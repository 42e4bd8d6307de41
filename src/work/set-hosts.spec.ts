import type { ServerCertificate } from '../domain/connection/certificate';
import type { FailureCode, Verb } from '../domain/failure';
import type { WantedHost } from '../domain/hosts/draft';
import { hostFailureText } from '../domain/hosts/host-failure';
import { ownLabels } from '../domain/ownership';
import { err, ok } from '../domain/result';
import { plainEnglish as t } from '../domain/translate';
import { memoryCluster } from '../testing/memory-cluster';
import type { Fault, MemoryCluster } from '../testing/memory-cluster';
import { setHosts } from './set-hosts';
import type { HostProgress, HostsWorld } from './set-hosts';

const mtv = 'openshift-mtv';
const secretName = 'vc-host-1-config-credentials';
const wanted: WantedHost = {
  id: 'host-1',
  host: 'esxi-1',
  ipAddress: '10.1.0.1',
  provider: 'vc',
  namespace: mtv,
  credentials: { user: 'root', password: 'first' },
  trust: { by: 'nothing' },
};
const second: WantedHost = { ...wanted, id: 'host-2', host: 'esxi-2', ipAddress: '10.1.0.2' };

const world = () => {
  const cluster = memoryCluster(mtv);
  cluster.put('providers', {
    metadata: { name: 'vc', namespace: mtv },
    spec: { type: 'vsphere', url: 'https://vc/sdk' },
  });
  return cluster;
};
const unreachable: HostsWorld['fetchCertificate'] = () => Promise.resolve(err({ code: 'Unreachable' }));

/** What each host comes to in the end, as its sentence where it failed. */
const run = async (
  cluster: MemoryCluster,
  hosts: readonly WantedHost[],
  submission: string,
  fetchCertificate = unreachable,
): Promise<Record<string, string>> => {
  const last = new Map<string, HostProgress>();
  await setHosts({ cluster, fetchCertificate }, hosts, submission, (id, progress) => last.set(id, progress));
  const address = (id: string) => hosts.find((each) => each.id === id)?.ipAddress ?? '';
  return Object.fromEntries(
    [...last].map(([id, each]) => [
      id,
      each.state === 'failed' ? hostFailureText(t, address(id), each.failure) : each.state,
    ]),
  );
};

const secretOf = (cluster: MemoryCluster) =>
  cluster.all('secrets').find(({ metadata }) => metadata.name === secretName);
const content = (cluster: MemoryCluster) =>
  Object.fromEntries(Object.entries(secretOf(cluster)?.data ?? {}).map(([key, value]) => [key, atob(value)]));
const stored = { ip: '10.1.0.1', provider: 'vc', user: 'root', password: 'first', insecureSkipVerify: 'true' };

/** Everything is there, and owned by the next. */
const expectWhole = (cluster: MemoryCluster, patch: Record<string, string> = {}) => {
  const host = cluster.all('hosts').find(({ metadata }) => metadata.name === 'vc-host-1-config');
  expect(host).toMatchObject({
    metadata: {
      labels: ownLabels,
      ownerReferences: [{ kind: 'Provider', uid: cluster.all('providers')[0]?.metadata.uid }],
    },
    spec: {
      id: 'host-1',
      ipAddress: patch.ip ?? '10.1.0.1',
      provider: { name: 'vc', namespace: mtv },
      secret: { name: secretName },
    },
  });
  expect(secretOf(cluster)?.metadata).toMatchObject({
    labels: { createdForResourceType: 'hosts', createdForResource: 'host-1', ...ownLabels },
    ownerReferences: [{ kind: 'Host', name: 'vc-host-1-config', uid: host?.metadata.uid }],
  });
  expect(content(cluster)).toEqual({ ...stored, ...patch });
};

test("sets what MTV's page sets, once", async () => {
  const cluster = world();
  expect(await run(cluster, [wanted, second], 'a')).toEqual({ 'host-1': 'done', 'host-2': 'done' });
  expectWhole(cluster);
  expect(cluster.all('hosts')).toHaveLength(2);
  const { length } = cluster.writes;
  await run(cluster, [wanted, second], 'a');
  expect(cluster.writes).toHaveLength(length);
});

/** The cluster, of which the first such write of a real run breaks: the dry run before it has its answer. */
const breaking = (cluster: MemoryCluster, fault: Fault): MemoryCluster => {
  let isWhole = true;
  return {
    ...cluster,
    apply: (write, how) => {
      if (isWhole && write.verb === fault.verb && write.kind === fault.kind && !how?.dryRun) {
        isWhole = false;
        cluster.fail(fault);
      }
      return cluster.apply(write, how);
    },
  };
};

const faults: [string, { failure: FailureCode; when?: 'after' }, boolean][] = [
  ['the answer is lost', { failure: 'Unreachable', when: 'after' }, true],
  ['it is forbidden (403)', { failure: 'Forbidden' }, false],
  ['it conflicts (409)', { failure: 'Conflict' }, true],
  ['there are too many requests (429)', { failure: 'TooManyRequests' }, true],
  ['the server fails (500)', { failure: 'ServerError' }, true],
];
const writes: [string, Verb, 'secrets' | 'hosts', (cluster: MemoryCluster) => Promise<unknown>, WantedHost][] = [
  ['the Secret', 'create', 'secrets', () => Promise.resolve(), wanted],
  ['the Host', 'create', 'hosts', () => Promise.resolve(), wanted],
  ['the owner of the Secret', 'patch', 'secrets', () => Promise.resolve(), wanted],
  [
    'another password',
    'patch',
    'secrets',
    (cluster) => run(cluster, [wanted], 'before'),
    { ...wanted, credentials: { user: 'root', password: 'second' } },
  ],
  [
    'another address',
    'patch',
    'hosts',
    (cluster) => run(cluster, [wanted], 'before'),
    { ...wanted, ipAddress: '10.2.0.1', credentials: undefined },
  ],
];

describe.each(writes)('%s', (_, verb, kind, before, host) => {
  test.each(faults)('when %s', async (_, fault, passes) => {
    const cluster = world();
    await before(cluster);
    const broken = breaking(cluster, { verb, kind, ...fault });
    const [outcome] = Object.values(await run(broken, [host], 'now'));
    expect(outcome).toMatch(passes ? /^done$/ : /^You are not permitted/);
    if (!passes) expect(await run(cluster, [host], 'again')).toEqual({ 'host-1': 'done' });
    expectWhole(cluster, { ip: host.ipAddress, ...host.credentials });
    expect(cluster.all('secrets')).toHaveLength(1);
  });
});

test('one host that rejects the password keeps no other from being set, and leaves nothing behind', async () => {
  const cluster = world();
  const message =
    'admission webhook "secret-validate.forklift.konveyor" denied the request: Cannot complete login due to an incorrect user name or password.';
  cluster.fail({ verb: 'create', kind: 'secrets', status: { code: 403, reason: 'Forbidden', message } });
  const outcome = await run(cluster, [wanted, second], 'a');
  expect(outcome['host-1']).toMatch(/rejected the user or the password/);
  expect(outcome['host-2']).toBe('done');
  expect(secretOf(cluster)).toBeUndefined();
  expect(await run(cluster, [wanted], 'b')).toEqual({ 'host-1': 'done' });
  expectWhole(cluster);
});

test('without the right to create Hosts no password is stored', async () => {
  const cluster = world();
  cluster.forbid('create', 'hosts');
  expect((await run(cluster, [wanted], 'a'))['host-1']).toMatch(/not permitted to create Host in openshift-mtv/);
  expect(cluster.writes).toEqual([]);
});

test('a password whose Host is refused is deleted again; where that fails, it is said', async () => {
  for (const isDeletable of [true, false]) {
    const cluster = world();
    const refused = { verb: 'create', kind: 'hosts', failure: 'Rejected', message: 'quota' } as const;
    const late = breaking(cluster, refused);
    if (!isDeletable) cluster.forbid('delete', 'secrets');
    let last: HostProgress | undefined;
    await setHosts({ cluster: late, fetchCertificate: unreachable }, [wanted], 'a', (_, progress) => (last = progress));
    expect(last).toMatchObject({ state: 'failed', ...(!isDeletable && { leftover: secretName }) });
    expect(secretOf(cluster) === undefined).toBe(isDeletable);
  }
});

describe('whom it does not belong to', () => {
  test.each([
    ['hosts', 'vc-host-1-config', /^Host vc-host-1-config already exists/],
    ['secrets', secretName, /^Secret vc-host-1-config-credentials already exists/],
  ] as const)('%s', async (kind, name, says) => {
    const cluster = world();
    cluster.put(kind, { metadata: { name, namespace: mtv } });
    expect((await run(cluster, [wanted], 'a'))['host-1']).toMatch(says);
    expect(cluster.writes).toEqual([]);
  });
});

describe('the certificate', () => {
  const shows =
    (sha1: string): HostsWorld['fetchCertificate'] =>
    () =>
      Promise.resolve(ok({ pem: 'PEM', sha1 } as ServerCertificate));
  const known = (thumbprint: string): WantedHost => ({ ...wanted, trust: { by: 'vcenter', thumbprint } });

  test('is the one that vCenter knows of the host', async () => {
    const cluster = world();
    expect(await run(cluster, [known('AA:BB')], 'a', shows('aa:bb'))).toEqual({ 'host-1': 'done' });
    expectWhole(cluster, { insecureSkipVerify: 'false', cacert: 'PEM', 'ca.crt': 'PEM' });
  });

  test.each([
    ['another', 'AA:BB', shows('CC:DD'), /shows the certificate CC:DD, and vCenter knows the host by AA:BB/],
    ['one to compare with none', '', shows('CC:DD'), /its certificate CC:DD cannot be compared/],
    ['none', 'AA:BB', unreachable, /cannot be asked/],
  ])('%s: nothing is stored', async (_, thumbprint, fetchCertificate, says) => {
    const cluster = world();
    expect((await run(cluster, [known(thumbprint)], 'a', fetchCertificate))['host-1']).toMatch(says);
    expect(cluster.writes).toEqual([]);
  });

  test('that is no longer to be verified goes from the Secret', async () => {
    const cluster = world();
    await run(cluster, [{ ...wanted, trust: { by: 'certificate', pem: 'PEM' } }], 'a');
    await run(cluster, [{ ...wanted, credentials: undefined }], 'b');
    expectWhole(cluster);
  });
});

test('credentials that stay are not touched, and nothing is written where nothing differs', async () => {
  const cluster = world();
  await run(cluster, [wanted], 'a');
  const { length } = cluster.writes;
  expect(await run(cluster, [{ ...wanted, credentials: undefined }], 'b')).toEqual({ 'host-1': 'done' });
  expect(cluster.writes).toHaveLength(length);
  cluster.remove('secrets', secretName, mtv);
  expect((await run(cluster, [{ ...wanted, credentials: undefined }], 'c'))['host-1']).toMatch(/no stored credentials/);
});
