import { createHash } from 'node:crypto';
import { get } from 'node:https';
import { setTimeout as pause } from 'node:timers/promises';
import { serveFile, startServer } from '../../src/testing/archive-server';
import { testAuthority } from '../../src/testing/test-authority';
import { fileWith, startIn } from '../hooks/program';
import { beyond } from '../audit';
import { controllerRules } from '../hooks/rights';
import { reachedOf, startSandbox } from '../sandbox';
import type { RunningSandbox } from '../sandbox';
import { serviceAccount } from '../service-account';
import { distrib, noise, tarGz, vddk } from '../vddk-archives';
import { administratorOf } from './sandbox-users';
import type { Administrator } from './sandbox-users';

const mtv = 'openshift-mtv';
const target = 'migration-target';
const release = 'migration-prep';
const name = 'VMware-vix-disklib-8.0.3-23950268.x86_64.tar.gz';
const forklift = `/apis/forklift.konveyor.io/v1beta1/namespaces/${mtv}`;
const nads = `/apis/k8s.cni.cncf.io/v1/namespaces/${target}/network-attachment-definitions`;

interface Listed {
  readonly id: string;
  readonly name: string;
}
interface Some {
  readonly metadata: {
    readonly name: string;
    readonly uid: string;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly spec: {
    readonly url?: string;
    readonly ipAddress?: string;
    readonly vddk_image?: string;
    readonly settings?: Readonly<Record<string, string>>;
    readonly config?: string;
  };
  readonly status?: { readonly conditions?: readonly { readonly type: string; readonly status: string }[] };
}

let sandbox: RunningSandbox;
let administrator: Administrator;
beforeAll(async () => {
  sandbox = await startSandbox({ audit: true });
  administrator = administratorOf(sandbox.info);
}, 180_000);
afterAll(() => sandbox.stop());

/** A request as the administrator. `undefined`: there is no such thing. */
const ask = (method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, body?: unknown): Promise<Some | undefined> =>
  administrator.ask<Some>(method, path, body);

/** A list of MTV's inventory of this Provider. */
const inventoryOf = (uid: string, list: string): Promise<readonly Listed[]> =>
  new Promise((answer, reject) => {
    const { inventory, caCert } = sandbox.info.mtv;
    const options = { ca: caCert, headers: { Authorization: `Bearer ${administrator.token}` } };
    get(`${inventory}/providers/vsphere/${uid}/${list}?detail=1`, options, (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('end', () => {
        answer(JSON.parse(Buffer.concat(chunks).toString()) as readonly Listed[]);
      });
    }).on('error', reject);
  });

/** Resolves, with how long it took, when something is as it should be. */
const until = async (is: () => Promise<boolean>): Promise<number> => {
  const began = performance.now();
  while (!(await is())) await pause(100);
  return performance.now() - began;
};
const isReady = async (path: string): Promise<boolean> =>
  (await ask('GET', path))?.status?.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True') ??
  false;
const imageInUse = async () =>
  (await ask('GET', `${forklift}/forkliftcontrollers/forklift-controller`))?.spec.vddk_image;

/** How long it took, for docs/controller.md. */
const told = (what: string, milliseconds: number): void => {
  process.stdout.write(`put right: ${what}, after ${(milliseconds / 1000).toFixed(1)} s\n`);
};

test('values alone lead to a migration plan that is Ready, and what somebody changes is put right', async () => {
  const { vcenter, mtv: services } = sandbox.info;
  const bytes = tarGz([...vddk(), { path: `${distrib}/doc/noise`, content: noise(2 ** 20, 42) }]);
  const authority = testAuthority();
  const archives = await startServer((asked, response) => {
    serveFile(asked, response, { bytes, ranges: true, etag: '"1"' }, Infinity);
  }, authority.issue('localhost'));
  await ask('POST', '/api/v1/namespaces', { metadata: { name: release } });
  await ask('POST', `/api/v1/namespaces/${release}/configmaps`, {
    metadata: { name: 'mirror' },
    data: { 'ca-bundle.crt': authority.ca },
  });
  const wishes = fileWith({
    prepare: {
      providers: [{ name: 'declared', url: vcenter.url, secret: 'vcenter', certificate: { pem: vcenter.caCert } }],
      hosts: [{ provider: 'declared', host: 'esxi-2.sandbox.example', adapter: 'Migration Network', secret: 'esxi' }],
      vddk: {
        archiveUrl: `${archives.url}/${name}`,
        sha256: createHash('sha256').update(bytes).digest('hex'),
        caBundle: 'mirror',
      },
      networks: { rules: [{ portGroup: 'app-*', bridge: 'br-vms' }, { mapping: 'vms' }] },
    },
  });
  const rules = controllerRules(
    {
      release: { namespace: release, name: release },
      providers: ['declared'],
      named: ['vcenter', 'esxi', 'mirror'],
    },
    ...(['always', 'providers', 'hosts', 'vddk', 'archive', 'networks'] as const),
  );
  const account = { name: 'controller', namespace: release, rules };
  const kubeconfig = fileWith(await serviceAccount(administrator.post, reachedOf(sandbox.info), account));
  const controller = startIn(
    { NODE_EXTRA_CA_CERTS: fileWith(services.caCert) },
    kubeconfig,
    ...['run', '--wishes', wishes, '--port', '0', '--inventory', services.inventory],
  );
  // The Secret comes late: it is waited for.
  await controller.says('vcenter');
  await ask('POST', `/api/v1/namespaces/${release}/secrets`, {
    metadata: { name: 'vcenter' },
    stringData: { user: vcenter.user, password: vcenter.password },
  });
  await ask('POST', `/api/v1/namespaces/${release}/secrets`, {
    metadata: { name: 'esxi' },
    stringData: { user: 'root', password: vcenter.password },
  });

  const provider = `${forklift}/providers/declared`;
  await until(() => isReady(provider));
  await until(async () => (await imageInUse())?.includes('/migration-prep-vddk@sha256:') === true);
  const image = await imageInUse();
  await until(async () => (await ask('GET', provider))?.spec.settings?.vddkInitImage === image);
  await until(() => isReady(provider));

  const uid = (await ask('GET', provider))?.metadata.uid ?? '';
  const hostId = (await inventoryOf(uid, 'hosts')).find((each) => each.name === 'esxi-2.sandbox.example')?.id ?? '';
  const host = `${forklift}/hosts/declared-${hostId}-config`;
  await until(() => isReady(host));
  const idOf = async (list: string, wanted: string) =>
    (await inventoryOf(uid, list)).find((each) => each.name === wanted)?.id ?? '';
  const ref = (kind: string) => ({ namespace: mtv, name: kind });
  const providers = { source: ref('declared'), destination: ref('host') };
  const [datastore] = await inventoryOf(uid, 'datastores');
  await ask('POST', '/apis/storage.k8s.io/v1/storageclasses', { metadata: { name: 'disks' }, provisioner: 'none' });
  await ask('POST', `${forklift}/storagemaps`, {
    apiVersion: 'forklift.konveyor.io/v1beta1',
    kind: 'StorageMap',
    metadata: ref('disks'),
    spec: { provider: providers, map: [{ source: { id: datastore?.id }, destination: { storageClass: 'disks' } }] },
  });
  const mapped = async (network: string) => ({
    source: { id: await idOf('networks', network), name: network },
    destination: { type: 'multus', namespace: target, name: network },
  });
  await ask('POST', `${forklift}/networkmaps`, {
    apiVersion: 'forklift.konveyor.io/v1beta1',
    kind: 'NetworkMap',
    metadata: ref('move'),
    spec: { provider: providers, map: [await mapped('app-100'), await mapped('db-200')] },
  });
  await ask('POST', `${forklift}/plans`, {
    apiVersion: 'forklift.konveyor.io/v1beta1',
    kind: 'Plan',
    metadata: ref('move'),
    spec: {
      provider: providers,
      targetNamespace: target,
      map: { network: ref('move'), storage: ref('disks') },
      vms: [{ id: await idOf('vms', 'app-1') }],
    },
  });
  await until(() => isReady(`${forklift}/networkmaps/move`));
  await until(() => isReady(`${forklift}/plans/move`));
  const configOf = async (network: string) =>
    JSON.parse((await ask('GET', `${nads}/${network}`))?.spec.config ?? '{}') as object;
  expect(await configOf('app-100')).toMatchObject({ type: 'bridge', bridge: 'br-vms', vlan: 100, macspoofchk: true });
  expect(await configOf('db-200')).toMatchObject({ topology: 'localnet', physicalNetworkName: 'vms', vlanID: 200 });

  // What somebody changes is put right.
  await ask('PATCH', `${forklift}/forkliftcontrollers/forklift-controller`, {
    spec: { vddk_image: 'quay.io/other/vddk:1' },
  });
  told('the image of MTV', await until(async () => (await imageInUse()) === image));
  await ask('DELETE', `${nads}/app-100`);
  told('a network', await until(async () => (await ask('GET', `${nads}/app-100`)) !== undefined));
  await ask('PATCH', provider, { spec: { settings: { vddkInitImage: 'quay.io/other/vddk:1' } } });
  told(
    'the image at a Provider',
    await until(async () => (await ask('GET', provider))?.spec.settings?.vddkInitImage === image),
  );
  await until(() => isReady(`${forklift}/plans/move`));
  const { ipAddress } = (await ask('GET', host))?.spec ?? {};
  await ask('PATCH', host, { spec: { ipAddress: '192.0.2.99' } });
  await ask('DELETE', provider);
  const isAnew = async () => (await ask('GET', provider))?.metadata.uid !== uid && (await isReady(provider));
  told('a Provider', await until(isAnew));
  told('an ESXi host', await until(async () => (await ask('GET', host))?.spec.ipAddress === ipAddress));

  controller.stop('SIGTERM');
  const { code, out, err } = await controller.ended;
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).not.toContain(vcenter.password);
  // Nothing is tried before whoever knows how has started.
  expect(out).not.toMatch(/"event":"retry","reconciler":"[a-z]+","key":"[^"]+"}/);
  await archives.close();
  // With the rights that the chart gives it for these values, and it asked for nothing else.
  expect(beyond(sandbox.audit(), `system:serviceaccount:${release}:controller`, rules)).toEqual([]);
}, 300_000);
