import { memoryCluster } from '../../testing/memory-cluster';
import type { MemoryCluster } from '../../testing/memory-cluster';
import { converge } from '../converge';
import type { Provider, Secret } from '../objects';
import { declaredBy, ownLabels } from '../ownership';
import { plainEnglish } from '../translate';
import type { DeclaredProviderWish } from './plan-declared-provider';
import { declaredNeeds, declaredProblemText, planDeclaredProvider } from './plan-declared-provider';

const release = { namespace: 'prep', name: 'mp' };
const wish: DeclaredProviderWish = {
  name: 'vc',
  namespace: 'mtv',
  url: 'https://vc.example.com/sdk',
  endpoint: 'vcenter',
  secret: 'vcenter',
  home: 'prep',
  certificate: 'PEM',
  release,
};

const encoded = (content: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(content).map(([key, value]) => [key, Buffer.from(value).toString('base64')]));

const withSource = (content: Readonly<Record<string, string>> = { user: 'u', password: 'pä' }): MemoryCluster => {
  const cluster = memoryCluster('mtv', 'prep');
  cluster.put('secrets', { metadata: { name: 'vcenter', namespace: 'prep' }, data: encoded(content) });
  return cluster;
};

const run = (cluster: MemoryCluster, patch: Partial<DeclaredProviderWish> = {}) => {
  const wanted = { ...wish, ...patch };
  return converge({ cluster, needs: declaredNeeds(wanted), plan: planDeclaredProvider(wanted) });
};

const ours = (cluster: MemoryCluster): Secret => {
  const secret = cluster.all('secrets').find(({ metadata }) => metadata.name === 'vc-credentials');
  if (!secret) throw new Error('no Secret was made');
  return secret;
};

const theProvider = (cluster: MemoryCluster): Provider => {
  const [provider] = cluster.all('providers');
  if (!provider) throw new Error('no Provider was made');
  return provider;
};

const content = (cluster: MemoryCluster) =>
  Object.fromEntries(
    Object.entries(ours(cluster).data ?? {}).map(([key, value]) => [key, Buffer.from(value, 'base64').toString()]),
  );

const complete = {
  url: 'https://vc.example.com/sdk',
  user: 'u',
  password: 'pä',
  insecureSkipVerify: 'false',
  cacert: 'PEM',
  'ca.crt': 'PEM',
};

test('makes what the page makes, and notes on both who declares it', async () => {
  const cluster = withSource();
  expect((await run(cluster)).ok).toBe(true);
  const provider = theProvider(cluster);
  expect(provider.spec).toEqual({
    type: 'vsphere',
    url: 'https://vc.example.com/sdk',
    secret: { name: 'vc-credentials', namespace: 'mtv' },
    settings: { sdkEndpoint: 'vcenter' },
  });
  expect(content(cluster)).toEqual(complete);
  expect(ours(cluster).metadata.labels).toEqual({
    createdForResourceType: 'providers',
    createdForProviderType: 'vsphere',
    ...ownLabels,
  });
  expect(ours(cluster).metadata.ownerReferences).toEqual([
    { apiVersion: 'forklift.konveyor.io/v1beta1', kind: 'Provider', name: 'vc', uid: provider.metadata.uid },
  ]);
  expect(provider.metadata.annotations).toEqual(declaredBy(release));
  expect(ours(cluster).metadata.annotations).toEqual(declaredBy(release));
});

test('has nothing to do a second time', async () => {
  const cluster = withSource();
  await run(cluster);
  const { length } = cluster.writes;
  await run(cluster);
  expect(cluster.writes).toHaveLength(length);
});

test('an ESXi host is connected as one', async () => {
  const cluster = withSource();
  await run(cluster, { endpoint: 'esxi' });
  expect(theProvider(cluster).spec?.settings).toEqual({ sdkEndpoint: 'esxi' });
});

test('what is made once names nobody who holds it', async () => {
  const cluster = withSource();
  await run(cluster, { release: undefined });
  expect(theProvider(cluster).metadata.annotations).toBeUndefined();
});

describe('puts right what somebody changed', () => {
  test.each<[string, (cluster: MemoryCluster) => void]>([
    [
      'the password in our Secret',
      (cluster) => {
        cluster.put('secrets', { ...ours(cluster), data: { ...ours(cluster).data, ...encoded({ password: 'x' }) } });
      },
    ],
    [
      "all that MTV's page replaces",
      (cluster) => {
        cluster.put('secrets', { ...ours(cluster), data: encoded({ user: 'u', password: 'pä', cacert: 'OTHER' }) });
      },
    ],
    [
      'the labels of our Secret',
      (cluster) => {
        cluster.put('secrets', { ...ours(cluster), metadata: { ...ours(cluster).metadata, labels: ownLabels } });
      },
    ],
    [
      'its annotations',
      (cluster) => {
        const { annotations, ...metadata } = ours(cluster).metadata;
        expect(annotations).toBeDefined();
        cluster.put('secrets', { ...ours(cluster), metadata });
      },
    ],
    [
      'the owner of our Secret',
      (cluster) => {
        cluster.put('secrets', { ...ours(cluster), metadata: { ...ours(cluster).metadata, ownerReferences: [] } });
      },
    ],
    [
      'the address of the Provider',
      (cluster) => {
        const provider = theProvider(cluster);
        cluster.put('providers', { ...provider, spec: { ...provider.spec, url: 'https://x/sdk' } });
      },
    ],
    [
      'the annotations of the Provider',
      (cluster) => {
        const provider = theProvider(cluster);
        const { annotations, ...metadata } = provider.metadata;
        expect(annotations).toBeDefined();
        cluster.put('providers', { ...provider, metadata });
      },
    ],
    [
      'that the Provider is gone',
      (cluster) => {
        cluster.remove('providers', 'vc', 'mtv');
      },
    ],
    [
      'that the Secret is gone',
      (cluster) => {
        cluster.remove('secrets', 'vc-credentials', 'mtv');
      },
    ],
  ])('%s', async (_, change) => {
    const cluster = withSource();
    await run(cluster);
    change(cluster);
    expect((await run(cluster)).ok).toBe(true);
    const provider = theProvider(cluster);
    const secret = ours(cluster);
    expect(content(cluster)).toEqual(complete);
    expect(provider.spec?.url).toBe(wish.url);
    expect(provider.metadata.annotations).toEqual(declaredBy(release));
    expect(secret.metadata).toMatchObject({
      labels: { createdForResourceType: 'providers' },
      annotations: declaredBy(release),
      ownerReferences: [{ uid: provider.metadata.uid }],
    });
  });
});

test('follows a new password', async () => {
  const cluster = withSource();
  await run(cluster);
  const source = { metadata: { name: 'vcenter', namespace: 'prep' }, data: encoded({ user: 'u', password: 'new' }) };
  cluster.put('secrets', source);
  await run(cluster);
  expect(content(cluster)).toEqual({ ...complete, password: 'new' });
});

test('an authority that is no longer declared goes, and what else somebody put there stays', async () => {
  const cluster = withSource();
  await run(cluster);
  cluster.put('secrets', { ...ours(cluster), data: { ...ours(cluster).data, ...encoded({ note: 'x' }) } });
  await run(cluster, { certificate: undefined });
  expect(content(cluster)).toEqual({
    url: wish.url,
    user: 'u',
    password: 'pä',
    insecureSkipVerify: 'true',
    note: 'x',
  });
});

test("what the page made becomes declared, and keeps MTV's own settings", async () => {
  const cluster = withSource();
  cluster.put('providers', {
    metadata: { name: 'vc', namespace: 'mtv', labels: ownLabels, annotations: { note: 'x' } },
    spec: { type: 'vsphere', url: wish.url, secret: {}, settings: { sdkEndpoint: 'esxi', vddkInitImage: 'i' } },
  });
  await run(cluster);
  expect(theProvider(cluster)).toMatchObject({
    metadata: { annotations: { note: 'x', ...declaredBy(release) } },
    spec: { settings: { sdkEndpoint: 'vcenter', vddkInitImage: 'i' } },
  });
});

describe('writes nothing', () => {
  const provider = { name: 'vc', namespace: 'mtv' };
  test.each<[string, (cluster: MemoryCluster) => void, Partial<DeclaredProviderWish>, string]>([
    [
      'without the Secret that is named',
      (cluster) => {
        cluster.remove('secrets', 'vcenter', 'prep');
      },
      {},
      'There is no Secret vcenter in prep yet.',
    ],
    [
      'while it lacks a key',
      (cluster) => {
        cluster.put('secrets', { metadata: { name: 'vcenter', namespace: 'prep' }, data: encoded({ user: 'u' }) });
      },
      {},
      'Secret vcenter in prep lacks a value for: password.',
    ],
    [
      'while a key is empty',
      (cluster) => {
        cluster.put('secrets', { metadata: { name: 'vcenter', namespace: 'prep' }, data: { user: '', password: '' } });
      },
      {},
      'Secret vcenter in prep lacks a value for: user, password.',
    ],
    [
      "where the Provider is somebody else's",
      (cluster) => {
        cluster.put('providers', { metadata: provider });
      },
      {},
      'Provider vc already exists and was not created by Migration Prep',
    ],
    [
      "where the Secret is somebody else's",
      (cluster) => {
        cluster.put('secrets', { metadata: { name: 'vc-credentials', namespace: 'mtv' } });
      },
      {},
      'Secret vc-credentials already exists and was not created by Migration Prep',
    ],
    [
      'where another release declares it',
      (cluster) => {
        const annotations = declaredBy({ namespace: 'other', name: 'mp' });
        cluster.put('providers', { metadata: { ...provider, labels: ownLabels, annotations } });
      },
      {},
      'Provider vc is managed by the values of release mp in other.',
    ],
    [
      'where a release declares it and nobody asks for one',
      (cluster) => {
        cluster.put('providers', { metadata: { ...provider, labels: ownLabels, annotations: declaredBy(release) } });
      },
      { release: undefined },
      'Provider vc is managed by the values of release mp in prep.',
    ],
    [
      'while it is being deleted',
      (cluster) => {
        const deletionTimestamp = '2026-01-01T00:00:00Z';
        cluster.put('providers', { metadata: { ...provider, labels: ownLabels, deletionTimestamp } });
      },
      {},
      'Provider vc is being deleted.',
    ],
    [
      'where it would read from what it makes',
      () => undefined,
      { secret: 'vc-credentials', home: 'mtv' },
      'Give the Secret that you declare another name.',
    ],
  ])('%s', async (_, prepare, patch, says) => {
    const cluster = withSource();
    prepare(cluster);
    const outcome = await run(cluster, patch);
    const problem = !outcome.ok && outcome.error.code === 'Refused' ? outcome.error.problem : undefined;
    expect(problem && declaredProblemText(plainEnglish, problem)).toContain(says);
    expect(cluster.writes).toHaveLength(0);
  });
});
