import { memoryCluster } from '../../testing/memory-cluster';
import type { MemoryCluster } from '../../testing/memory-cluster';
import { vcenterCertificate } from '../../testing/vcenter-certificate';
import { plainEnglish } from '../../domain/translate';
import { readSource, sourceProblemText } from './read-source';
import type { DeclaredArchive } from './read-source';

const namespace = 'prep';
const base64 = (text: string) => Buffer.from(text).toString('base64');
const pem = vcenterCertificate;
const plain: DeclaredArchive = {
  archiveUrl: 'https://a/b',
  secret: undefined,
  caBundle: undefined,
  namespace,
  proxy: {},
};

const secret =
  (data: Readonly<Record<string, string>>) =>
  (cluster: MemoryCluster): void => {
    cluster.put('secrets', {
      metadata: { name: 's', namespace },
      data: Object.fromEntries(Object.entries(data).map(([key, value]) => [key, base64(value)])),
    });
  };
const bundle =
  (name: string, project: string, data: Readonly<Record<string, string>>) =>
  (cluster: MemoryCluster): void => {
    cluster.put('configMaps', { metadata: { name, namespace: project }, data });
  };
const proxy = (cluster: MemoryCluster): void => {
  cluster.put('proxies', { metadata: { name: 'cluster' }, status: { httpsProxy: 'http://p:3128', noProxy: '.svc' } });
};

test.each<[string, (cluster: MemoryCluster) => void, Partial<DeclaredArchive>, object]>([
  ['nothing more', () => {}, {}, { url: 'https://a/b', credentials: undefined, ca: '', proxy: {} }],
  [
    'user and password',
    secret({ user: 'jö', password: 'pä:ss\n' }),
    { secret: 's' },
    { credentials: { user: 'jö', password: 'pä:ss\n' } },
  ],
  ['a token', secret({ token: 't0k\n' }), { secret: 's' }, { credentials: { token: 't0k' } }],
  ['a bundle beside', bundle('b', namespace, { 'ca-bundle.crt': pem }), { caBundle: 'b' }, { ca: pem }],
  [
    "the cluster's bundle",
    bundle('trusted-ca-bundle', 'openshift-config-managed', { 'ca-bundle.crt': pem }),
    {},
    { ca: pem },
  ],
  ["the cluster's proxy", proxy, { proxy: undefined }, { proxy: { httpsProxy: 'http://p:3128', noProxy: '.svc' } }],
  ['the proxy of the environment', proxy, { proxy: { httpProxy: 'http://e' } }, { proxy: { httpProxy: 'http://e' } }],
  ['no proxy', () => {}, { proxy: undefined }, { proxy: {} }],
  [
    'no such kind',
    (cluster) => {
      cluster.uninstall('proxies');
    },
    { proxy: undefined },
    { proxy: {} },
  ],
])('%s', async (_, arrange, declared, source) => {
  const cluster = memoryCluster(namespace, 'openshift-config-managed');
  arrange(cluster);
  expect(await readSource(cluster, { ...plain, ...declared })).toMatchObject({ ok: true, value: source });
});

const missing = { project: namespace };

test.each<[string, (cluster: MemoryCluster) => void, Partial<DeclaredArchive>, object, RegExp]>([
  [
    'no Secret',
    () => {},
    { secret: 's' },
    { code: 'SecretMissing', name: 's', ...missing },
    /Secret s.*is not in project prep/,
  ],
  [
    'a Secret without password',
    secret({ user: 'jo' }),
    { secret: 's' },
    { code: 'SecretIncomplete', name: 's', ...missing },
    /needs the keys user and password, or the key token/,
  ],
  [
    'no bundle',
    () => {},
    { caBundle: 'b' },
    { code: 'BundleMissing', name: 'b', ...missing },
    /ConfigMap b.*is not in/,
  ],
  [
    'a bundle without certificates',
    bundle('b', namespace, { 'ca-bundle.crt': 'nothing' }),
    { caBundle: 'b' },
    { code: 'BundleIncomplete', name: 'b', ...missing },
    /no certificate in PEM format/,
  ],
  ...(['secrets', 'configMaps', 'proxies'] as const).map(
    (kind) =>
      [
        `no right to read ${kind}`,
        (cluster: MemoryCluster) => {
          cluster.forbid('get', kind);
        },
        { secret: kind === 'secrets' ? 's' : undefined, proxy: undefined },
        { code: 'Cluster', failure: { code: 'Forbidden', kind } },
        /not permitted to get/,
      ] as [string, (cluster: MemoryCluster) => void, Partial<DeclaredArchive>, object, RegExp],
  ),
])('%s', async (_, arrange, declared, problem, words) => {
  const cluster = memoryCluster(namespace, 'openshift-config-managed');
  arrange(cluster);
  const read = await readSource(cluster, { ...plain, ...declared });
  expect(read).toMatchObject({ ok: false, error: problem });
  if (read.ok) return;
  expect(sourceProblemText(plainEnglish, read.error)).toMatch(words);
  expect(JSON.stringify(read.error)).not.toContain(base64('jo'));
});
