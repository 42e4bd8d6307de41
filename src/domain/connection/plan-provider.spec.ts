import { memoryCluster } from '../../testing/memory-cluster';
import type { MemoryCluster } from '../../testing/memory-cluster';
import { converge } from '../converge';
import { ownLabels } from '../ownership';
import type { ProviderWish } from './plan-provider';
import { credentialsOf, planProvider, planWithdrawal, providerNeeds } from './plan-provider';

const wish: ProviderWish = {
  name: 'vc',
  namespace: 'mtv',
  url: 'https://vc.example.com/sdk',
  endpoint: 'vcenter',
  user: 'admin@vsphere.local',
  password: 'first',
  certificate: 'PEM',
  submission: 'one',
};

const connect = (cluster: MemoryCluster, patch: Partial<ProviderWish> = {}) => {
  const wanted = { ...wish, ...patch };
  return converge({ cluster, needs: providerNeeds(wanted), plan: planProvider(wanted) });
};

const data = (cluster: MemoryCluster) =>
  Object.fromEntries(Object.entries(cluster.all('secrets')[0]?.data ?? {}).map(([key, value]) => [key, atob(value)]));

describe('planProvider', () => {
  test('makes the Secret and the Provider that MTV expects, the Secret owned by the Provider', async () => {
    const cluster = memoryCluster('mtv');
    expect((await connect(cluster)).ok).toBe(true);
    const [provider] = cluster.all('providers');
    const [secret] = cluster.all('secrets');
    expect(provider?.spec).toEqual({
      type: 'vsphere',
      url: 'https://vc.example.com/sdk',
      secret: { name: 'vc-credentials', namespace: 'mtv' },
      settings: { sdkEndpoint: 'vcenter' },
    });
    expect(secret?.metadata.labels).toEqual({
      createdForResourceType: 'providers',
      createdForProviderType: 'vsphere',
      'app.kubernetes.io/managed-by': 'migration-prep',
      'app.kubernetes.io/part-of': 'migration-prep',
    });
    expect(secret?.metadata.ownerReferences).toEqual([
      { apiVersion: 'forklift.konveyor.io/v1beta1', kind: 'Provider', name: 'vc', uid: provider?.metadata.uid },
    ]);
    expect(data(cluster)).toEqual({
      url: 'https://vc.example.com/sdk',
      user: 'admin@vsphere.local',
      password: 'first',
      insecureSkipVerify: 'false',
      cacert: 'PEM',
      'ca.crt': 'PEM',
    });
  });

  test('does nothing when the same submission comes again', async () => {
    const cluster = memoryCluster('mtv');
    await connect(cluster);
    await connect(cluster);
    expect(cluster.writes).toHaveLength(3);
  });

  test('corrects password, URL and trust in place, and keeps no certificate that is no longer wanted', async () => {
    const cluster = memoryCluster('mtv');
    await connect(cluster);
    const uid = cluster.all('providers')[0]?.metadata.uid;
    const corrected = {
      submission: 'two',
      password: 'second',
      url: 'https://vc2.example.com/sdk',
      certificate: undefined,
    };
    expect((await connect(cluster, corrected)).ok).toBe(true);
    expect(cluster.all('providers')[0]).toMatchObject({
      metadata: { uid },
      spec: { url: 'https://vc2.example.com/sdk' },
    });
    expect(data(cluster)).toEqual({
      url: 'https://vc2.example.com/sdk',
      user: 'admin@vsphere.local',
      password: 'second',
      insecureSkipVerify: 'true',
    });
    expect(cluster.all('secrets')[0]?.metadata.ownerReferences).toHaveLength(1);
  });

  test.each([
    ['vcenter', undefined],
    ['esxi', undefined],
    ['vcenter', { sdkEndpoint: 'esxi', vddkInitImage: 'vddk' }],
    ['esxi', { sdkEndpoint: 'vcenter', vddkInitImage: 'vddk' }],
    ['esxi', { vddkInitImage: 'vddk' }],
    ['vcenter', { vddkInitImage: 'vddk' }],
  ] as const)('%s is what the Provider has afterwards, whose settings were %p', async (endpoint, settings) => {
    const cluster = memoryCluster('mtv');
    await connect(cluster);
    const [provider] = cluster.all('providers');
    if (!provider) throw new Error('no provider');
    const { type = '', url = '', secret = {} } = provider.spec ?? {};
    cluster.put('providers', { ...provider, spec: { type, url, secret, ...(settings && { settings }) } });
    expect((await connect(cluster, { endpoint, submission: 'two' })).ok).toBe(true);
    const after = cluster.all('providers')[0]?.spec?.settings;
    // MTV takes a server for a vCenter unless it is told.
    expect(after?.sdkEndpoint ?? 'vcenter').toBe(endpoint);
    expect(after?.vddkInitImage).toBe(settings && 'vddk');
  });

  test("MTV's own writes to the status are no reason to stop, somebody else's to the address are", async () => {
    const cluster = memoryCluster('mtv');
    await connect(cluster);
    const [provider] = cluster.all('providers');
    const moved = { submission: 'two', url: 'https://vc2.example.com/sdk' };
    const planned = planProvider({ ...wish, ...moved })({ secret: cluster.all('secrets')[0], provider });
    const change = planned.ok ? planned.value.find(({ kind }) => kind === 'providers') : undefined;
    if (!provider || !change) throw new Error('nothing to correct');
    cluster.put('providers', { ...provider, status: { phase: 'ConnectionFailed' } });
    expect((await cluster.apply(change, { dryRun: true })).ok).toBe(true);
    cluster.put('providers', { ...provider, spec: { ...provider.spec, url: 'https://theirs.example.com/sdk' } });
    expect(await cluster.apply(change)).toMatchObject({ ok: false, error: { code: 'Conflict' } });
  });

  test('takes back the Secret of a submission without a Provider, and no other', async () => {
    const cluster = memoryCluster('mtv');
    const withdraw = (patch: Partial<ProviderWish> = {}) =>
      converge({ cluster, needs: providerNeeds(wish), plan: planWithdrawal({ ...wish, ...patch }) });
    cluster.fail({ verb: 'create', kind: 'providers', failure: 'Invalid' });
    await connect(cluster);
    expect((await withdraw({ submission: 'another' })).ok).toBe(true);
    expect(cluster.all('secrets')).toHaveLength(1);
    expect((await withdraw()).ok).toBe(true);
    expect(cluster.all('secrets')).toHaveLength(0);
    await connect(cluster);
    expect((await withdraw()).ok).toBe(true);
    expect(cluster.all('secrets')).toHaveLength(1);
  });

  test('never takes back a Secret that has an owner, though its Provider is not to be seen', async () => {
    const cluster = memoryCluster('mtv');
    await connect(cluster);
    cluster.remove('providers', 'vc', 'mtv');
    expect((await converge({ cluster, needs: providerNeeds(wish), plan: planWithdrawal(wish) })).ok).toBe(true);
    expect(cluster.all('secrets')).toHaveLength(1);
  });

  test.each([
    ['secrets', { metadata: { name: 'vc-credentials', namespace: 'mtv' } }, 'SecretTaken'],
    ['providers', { metadata: { name: 'vc', namespace: 'mtv' } }, 'ProviderTaken'],
  ] as const)("leaves somebody else's %s alone", async (kind, object, code) => {
    const cluster = memoryCluster('mtv');
    cluster.put(kind, object);
    expect(await connect(cluster)).toMatchObject({ ok: false, error: { code: 'Refused', problem: { code } } });
    expect(cluster.writes).toHaveLength(0);
  });

  test.each([
    ['create', 'secrets'],
    ['create', 'providers'],
    ['patch', 'secrets'],
  ] as const)('continues where a tab was closed: %s of %s cut off', async (verb, kind) => {
    const cluster = memoryCluster('mtv');
    cluster.fail({ verb, kind, failure: 'SessionExpired', when: 'after' });
    expect((await connect(cluster)).ok).toBe(false);
    expect((await connect(cluster, { submission: 'two' })).ok).toBe(true);
    expect(cluster.all('secrets')).toHaveLength(1);
    expect(cluster.all('providers')).toHaveLength(1);
    expect(cluster.all('secrets')[0]?.metadata.ownerReferences).toHaveLength(1);
  });

  test('two Providers never share a Secret, however long their names', async () => {
    const cluster = memoryCluster('mtv');
    const names = ['one', 'two'].map((end) => `${'v'.repeat(60)}${end}`);
    for (const name of names) await connect(cluster, { name });
    expect(cluster.all('secrets').map(({ metadata }) => metadata.name)).toEqual(names.map(credentialsOf));
  });

  test('puts right a Provider of ours that names another Secret', async () => {
    const cluster = memoryCluster('mtv');
    const spec = { type: 'vsphere', url: wish.url, secret: { name: 'gone', namespace: 'mtv' } };
    cluster.put('providers', { metadata: { name: 'vc', namespace: 'mtv', labels: ownLabels }, spec });
    expect((await connect(cluster)).ok).toBe(true);
    expect(cluster.all('providers')[0]?.spec?.secret?.name).toBe('vc-credentials');
  });

  test('puts right what kind of server the address is taken for, and keeps the other settings', async () => {
    const cluster = memoryCluster('mtv');
    await connect(cluster);
    const [provider] = cluster.all('providers');
    if (!provider) throw new Error('no provider');
    const settings = { sdkEndpoint: 'esxi', vddkInitImage: 'quay.io/vddk:8' };
    cluster.put('providers', { ...provider, spec: { ...provider.spec, settings } });
    expect((await connect(cluster, { submission: 'two' })).ok).toBe(true);
    expect(cluster.all('providers')[0]?.spec?.settings).toEqual({ ...settings, sdkEndpoint: 'vcenter' });
  });

  test("repairs what MTV's own page and others do to the Secret: content replaced, labels stripped", async () => {
    const cluster = memoryCluster('mtv');
    await connect(cluster);
    const [secret] = cluster.all('secrets');
    if (!secret) throw new Error('no secret');
    const labels = Object.fromEntries(
      Object.entries(secret.metadata.labels ?? {}).filter(([key]) => key !== 'createdForResourceType'),
    );
    const edited = {
      user: btoa('theirs'),
      password: btoa('theirs'),
      insecureSkipVerify: btoa('false'),
      cacert: btoa('THEIRS'),
      token: btoa('x'),
    };
    cluster.put('secrets', { ...secret, metadata: { ...secret.metadata, labels }, data: edited });
    expect((await connect(cluster, { submission: 'two', certificate: 'RENEWED' })).ok).toBe(true);
    expect(data(cluster)).toEqual({
      url: wish.url,
      user: wish.user,
      password: 'first',
      insecureSkipVerify: 'false',
      cacert: 'RENEWED',
      'ca.crt': 'RENEWED',
    });
    expect(cluster.all('secrets')[0]?.metadata.labels).toEqual(secret.metadata.labels);
  });

  test("keeps other owners of the Secret, and drops the Provider's predecessor of the same name", async () => {
    const cluster = memoryCluster('mtv');
    const owner = (kind: string, name: string, uid: string) => ({ apiVersion: 'v1', kind, name, uid });
    const ownerReferences = [owner('ConfigMap', 'vc', 'other'), owner('Provider', 'vc', 'predecessor')];
    cluster.put('secrets', {
      metadata: { name: 'vc-credentials', namespace: 'mtv', labels: ownLabels, ownerReferences },
    });
    expect((await connect(cluster)).ok).toBe(true);
    const uid = cluster.all('providers')[0]?.metadata.uid;
    expect(cluster.all('secrets')[0]?.metadata.ownerReferences?.map((each) => each.uid)).toEqual(['other', uid]);
  });
});
