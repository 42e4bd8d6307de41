import afterNad from '../sandbox/recorded/networkmap-after-nad.json' with { type: 'json' };
import { nads, networksExist, networksStep } from './network-objects';
import { NetworksPage } from './pages/networks-page';
import { expect, test } from './test';
import type { KubeApi } from './test';
import { countOf, writeFaults } from './write-faults';

interface Condition {
  readonly type: string;
  readonly status: string;
  readonly category?: string;
  readonly message?: string;
  readonly items?: readonly string[];
}

interface NetworkMap {
  readonly metadata: { readonly name: string; readonly labels?: Record<string, string> };
  readonly spec: {
    readonly provider: object;
    readonly map: readonly {
      readonly source: { readonly id: string; readonly name: string };
      readonly destination: object;
    }[];
  };
  readonly status?: {
    readonly conditions?: readonly Condition[];
    readonly references?: readonly { readonly id: string }[];
  };
}

const maps = '/apis/forklift.konveyor.io/v1beta1/namespaces/openshift-mtv/networkmaps';
const mapOf = (cluster: KubeApi) => cluster.get<NetworkMap>(`${maps}/vcenter-migration-target`);
/** What MTV said, without when. */
const saidOf = ({ status }: NetworkMap) =>
  (status?.conditions ?? []).map(({ type, category, message, items }) => ({ type, category, message, items }));
const to = (name: string) => ({ type: 'multus', namespace: 'migration-target', name });

test.use({ scenario: 'prepared' });

test.beforeEach(async ({ page, cluster, signIn }) => {
  await cluster.send('DELETE', `${nads}/by-hand-vlan-100`);
  await signIn('kubeadmin', networksStep);
  const networks = new NetworksPage(page);
  await networks.attachAll('br-vms');
  await networks.answerAll('Skip this port group');
  await networks.row('VM Network').getByRole('checkbox').click();
  await networks.create.click();
  await expect(page.getByText(networksExist)).toBeVisible();
});

test('a NetworkMap of what was created is accepted as recorded, and leads to the plan wizard', async ({
  page,
  cluster,
  accessibilityProblems,
}) => {
  await expect(page.getByRole('textbox', { name: 'Name of the NetworkMap for migration-target' })).toHaveValue(
    'vcenter-migration-target',
  );
  expect(await accessibilityProblems()).toEqual([]);
  await page.getByRole('button', { name: 'Create a NetworkMap' }).click();
  await expect(page.getByText(/MTV accepts it\. Migration plans can use it/)).toBeVisible();
  expect(await accessibilityProblems()).toEqual([]);

  const map = await mapOf(cluster);
  expect(map.metadata.labels).toMatchObject({ 'app.kubernetes.io/managed-by': 'migration-prep' });
  const provider = (name: string) => ({ name, namespace: 'openshift-mtv' });
  expect(map.spec.provider).toEqual({ source: provider('vcenter'), destination: provider('host') });
  expect(map.spec.map.map(({ source, destination }) => [source.name, destination])).toEqual([
    // A machine has two NICs on it, for which this version of MTV uses one network.
    ['app-100', to('app-100')],
    ['db-200', to('db-200')],
    ['std-300', to('std-300')],
  ]);
  // MTV found every source, each once, by the id that its inventory gave it.
  expect(map.status?.references?.map(({ id }) => id)).toEqual([
    ...new Set(map.spec.map.map(({ source }) => source.id)),
  ]);
  const [, recorded] = afterNad;
  expect(saidOf(map)).toEqual(saidOf({ ...map, status: { conditions: recorded?.conditions ?? [] } }));
  await expect(page.getByRole('link', { name: 'Create a migration plan' })).toHaveAttribute(
    'href',
    '/k8s/ns/openshift-mtv/forklift.konveyor.io~v1beta1~Plan/~new',
  );

  // Nothing is left to do, and nothing is written.
  await page.getByRole('button', { name: 'Update the NetworkMap' }).click();
  await expect(page.getByText(/Nothing to do: the NetworkMap already maps/)).toBeVisible();

  // A network that goes is missed in MTV's own words, and found again.
  await cluster.send('DELETE', `${nads}/db-200`);
  const missing = { type: 'DestinationNetworkNotValid', items: ['migration-target/db-200'] };
  await expect.poll(async () => saidOf(await mapOf(cluster))).toMatchObject([missing]);
  await new NetworksPage(page).create.click();
  await expect.poll(async () => saidOf(await mapOf(cluster))).toMatchObject([{ type: 'Ready' }]);
  await expect(page.getByText(/MTV accepts it\. Migration plans can use it/)).toBeVisible();
});

test('a map of somebody else stays as it is; one of ours gets what it lacks', async ({ page, cluster }) => {
  const { apiVersion, kind } = { apiVersion: 'forklift.konveyor.io/v1beta1', kind: 'NetworkMap' };
  const spec = { provider: { source: {}, destination: {} }, map: [] };
  await cluster.send('POST', maps, { apiVersion, kind, metadata: { name: 'vcenter-migration-target' }, spec });
  const field = page.getByRole('textbox', { name: 'Name of the NetworkMap for migration-target' });
  await page.getByRole('button', { name: 'Create a NetworkMap' }).click();
  await expect(field).toHaveAccessibleDescription(/was not created by Migration Prep and is left as it is/);
  expect((await mapOf(cluster)).spec).toEqual(spec);

  await field.fill('another');
  await page.getByRole('button', { name: 'Create a NetworkMap' }).click();
  await expect(page.getByText(/MTV accepts it\. Migration plans can use it/)).toBeVisible();
  const other = await cluster.get<NetworkMap>(`${maps}/another`);
  const pod = { source: { id: 'dvportgroup-1', name: 'x' }, destination: { type: 'pod' } };
  const patched = { spec: { map: [pod, ...other.spec.map.slice(1)] } };
  await cluster.send('PATCH', `${maps}/another`, patched);
  await page.getByRole('button', { name: 'Update the NetworkMap' }).click();
  await expect(page.getByText('The NetworkMap maps every selected port group.')).toBeVisible();
  expect((await cluster.get<NetworkMap>(`${maps}/another`)).spec.map).toEqual([pod, ...other.spec.map]);
});

test.describe('writes that are broken', () => {
  test.use({ allowedErrors: /^Failed to load resource/ });
  for (const [happens, fault] of Object.entries(writeFaults)) {
    test(`the map: ${happens}; afterwards it is there once`, async ({ page, cluster, breakRequests }) => {
      await breakRequests({ method: 'POST', path: 'networkmaps$', ...fault, count: countOf(fault) });
      await page.getByRole('button', { name: 'Create a NetworkMap' }).click();
      const done = page.getByText('The NetworkMap maps every selected port group.');
      const retry = page.getByRole('button', { name: 'Retry' });
      await expect(done.or(retry).first()).toBeVisible();
      if (await retry.isVisible()) await retry.click();
      await expect(done).toBeVisible();
      expect((await cluster.list<NetworkMap>(maps)).map(({ metadata }) => metadata.name)).toEqual([
        'vcenter-migration-target',
      ]);
    });
  }
});
