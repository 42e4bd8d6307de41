import type { Page } from '@playwright/test';
import { madeNetworks, networksExist, networksStep } from './network-objects';
import { NetworksPage } from './pages/networks-page';
import { expect, test } from './test';
import type { KubeApi } from './test';
import { countOf, writeFaults } from './write-faults';

const lab = 'Distributed switch dvs-lab';
const policies = '/apis/nmstate.io/v1/nodenetworkconfigurationpolicies';
const policy = 'migration-prep-br-new';
const workers = ['worker-0', 'worker-1', 'worker-2'];

interface Policy {
  readonly metadata: { readonly name: string };
  readonly spec: { readonly nodeSelector: object; readonly desiredState: object };
}
interface NodeState {
  readonly metadata: { readonly name: string };
  readonly status: {
    readonly currentState: { readonly interfaces: readonly { readonly name: string; readonly controller?: string }[] };
  };
}

const ours = async (cluster: KubeApi) =>
  (await cluster.list<Policy>(policies)).filter(({ metadata }) => metadata.name === policy);
const nodesWithBridge = async (cluster: KubeApi) =>
  (await cluster.list<NodeState>('/apis/nmstate.io/v1beta1/nodenetworkstates'))
    .filter(({ status }) => status.currentState.interfaces.some(({ name }) => name === 'br-new'))
    .map(({ metadata }) => metadata.name);

const open = async (page: Page) => {
  const networks = new NetworksPage(page);
  await networks.leaveOnlyDistributed();
  await networks.switchOf(lab).getByRole('button', { name: 'Create a bridge' }).click();
  const dialog = page.getByRole('dialog', { name: 'Create a bridge' });
  await dialog.getByRole('textbox', { name: 'Name of the new bridge' }).fill('br-new');
  await dialog.getByRole('radio', { name: 'eno4' }).check();
  return { networks, dialog };
};
const made = 'br-new is on 3 nodes, and chosen for this switch.';
const gone = 'No node has the bridge now, and its policy is deleted.';

test.use({ scenario: 'nodes-even' });
// Nodes take turns, each with the time that NMState needs there.
test.describe.configure({ timeout: 120_000 });
const patient = { timeout: 60_000 };

test('a new bridge rolls out over one node first and then the others, is chosen, and carries a network', async ({
  page,
  signIn,
  cluster,
  accessibilityProblems,
}) => {
  await signIn('kubeadmin', networksStep);
  const { networks, dialog } = await open(page);
  await expect(dialog.getByRole('radio', { name: 'eno1' })).toBeDisabled();
  await expect(dialog.getByRole('radio', { name: 'eno1' })).toHaveAccessibleDescription(
    /it carries the traffic of the node/,
  );
  await expect(dialog.getByRole('radio', { name: 'eno2' })).toHaveAccessibleDescription(/it is a port of bond0/);
  await expect(dialog.getByText('First worker-0 gets it, then worker-1, worker-2.')).toBeVisible();
  expect(await accessibilityProblems()).toEqual([]);
  await dialog.getByRole('button', { name: 'Create' }).click();
  await expect(dialog.getByText('The first node has it. The others follow one by one.')).toBeVisible(patient);
  expect(await nodesWithBridge(cluster)).toContain('worker-0');
  await expect(dialog.getByText(made)).toBeVisible(patient);
  for (const name of workers) await expect(dialog.getByRole('listitem', { name: `${name}: Done` })).toBeVisible();
  expect(await accessibilityProblems()).toEqual([]);
  expect(await nodesWithBridge(cluster)).toEqual(workers);
  expect(await ours(cluster)).toMatchObject([
    {
      metadata: { labels: { 'app.kubernetes.io/managed-by': 'migration-prep' } },
      spec: {
        nodeSelector: { 'node-role.kubernetes.io/worker': '' },
        maxUnavailable: 1,
        desiredState: {
          interfaces: [
            { name: 'eno4', state: 'up' },
            { name: 'br-new', type: 'linux-bridge', bridge: { port: [{ name: 'eno4' }] } },
          ],
        },
      },
    },
  ]);
  await dialog.getByRole('button', { name: 'Close' }).last().click();
  await expect(networks.bridgeOf(lab)).toHaveValue('br-new');
  await expect(networks.bridgeOf(lab)).toHaveAccessibleDescription(/^3 of 3 nodes · uplink eno4 · passes VLANs 2-4094/);
  await networks.create.click();
  await expect(page.getByText(networksExist)).toBeVisible();
  expect(await madeNetworks(cluster)).toMatchObject({ 'db-200': { bridge: 'br-new', vlan: 200 } });
});

test('the second node loses its gateway: it is named, the first loses the bridge again, and the policy goes', async ({
  page,
  signIn,
  cluster,
  request,
  sandbox,
  accessibilityProblems,
}) => {
  const broken = await request.put(`${sandbox.info.console}/_sandbox/nmstate/faults`, { data: { 'worker-1': 'ping' } });
  expect(broken.ok()).toBe(true);
  await signIn('kubeadmin', networksStep);
  const { networks, dialog } = await open(page);
  await dialog.getByRole('button', { name: 'Create' }).click();
  await expect(dialog.getByText('A node could not be changed')).toBeVisible(patient);
  await expect(dialog).toContainText(
    'worker-1: Failed: the node no longer reached its default gateway. NMState rolled back: the node has its earlier network again.',
  );
  await expect(dialog).toContainText(gone);
  expect(await accessibilityProblems()).toEqual([]);
  expect(await ours(cluster)).toEqual([]);
  expect(await nodesWithBridge(cluster)).toEqual([]);
  await request.put(`${sandbox.info.console}/_sandbox/nmstate/faults`, { data: {} });
  await dialog.getByRole('button', { name: 'Retry' }).click();
  await expect(dialog.getByText(made)).toBeVisible(patient);
  await dialog.getByRole('button', { name: 'Close' }).last().click();
  await expect(networks.bridgeOf(lab)).toHaveValue('br-new');
});

test.describe('whatever becomes of a write', () => {
  test.use({ allowedErrors: /^Failed to load resource/ });
  const ways = [
    { write: 'the policy', method: 'POST', path: 'nodenetworkconfigurationpolicies$' },
    { write: 'all nodes', method: 'PATCH', path: `nodenetworkconfigurationpolicies/${policy}$` },
  ];
  for (const { write, ...sent } of ways)
    for (const [happens, fault] of Object.entries(writeFaults))
      test(`${write}: ${happens}; afterwards all nodes have the bridge, once`, async ({
        page,
        signIn,
        cluster,
        breakRequests,
      }) => {
        await signIn('kubeadmin', networksStep);
        const { dialog } = await open(page);
        await breakRequests({ ...sent, ...fault, count: countOf(fault) });
        await dialog.getByRole('button', { name: 'Create' }).click();
        const retry = dialog.getByRole('button', { name: 'Retry' });
        await expect(dialog.getByText(made).or(retry).first()).toBeVisible(patient);
        if (await retry.isVisible()) await retry.click();
        await expect(dialog.getByText(made)).toBeVisible(patient);
        expect(await nodesWithBridge(cluster)).toEqual(workers);
        expect(await ours(cluster)).toHaveLength(1);
      });

  const waysBack = [
    { write: 'taking it back', method: 'PATCH', path: `nodenetworkconfigurationpolicies/${policy}$` },
    { write: 'deleting the policy', method: 'DELETE', path: `nodenetworkconfigurationpolicies/${policy}` },
  ];
  for (const { write, ...sent } of waysBack)
    for (const [happens, fault] of Object.entries(writeFaults))
      test(`cancelled, ${write}: ${happens}; it is gone, or the page says that it stays`, async ({
        page,
        signIn,
        cluster,
        breakRequests,
      }) => {
        await signIn('kubeadmin', networksStep);
        const { dialog } = await open(page);
        await dialog.getByRole('button', { name: 'Create' }).click();
        await expect(dialog.getByText('The first node has it. The others follow one by one.')).toBeVisible(patient);
        await expect
          .poll(async () => (await ours(cluster))[0]?.spec.nodeSelector)
          .toEqual({ 'node-role.kubernetes.io/worker': '' });
        await breakRequests({ ...sent, ...fault, count: countOf(fault) });
        await dialog.getByRole('button', { name: 'Cancel and take it back' }).click();
        const stays = dialog.getByText('Not everything could be taken back');
        await expect(dialog.getByText(gone).or(stays).first()).toBeVisible(patient);
        expect(await ours(cluster)).toHaveLength((await stays.isVisible()) ? 1 : 0);
        if (!(await stays.isVisible())) expect(await nodesWithBridge(cluster)).toEqual([]);
      });
});
