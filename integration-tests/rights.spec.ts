import { expectConnected, providers, secrets } from './connection-objects';
import type { Provider, Secret } from './connection-objects';
import { ConnectionPage } from './pages/connection-page';
import { NetworksPage } from './pages/networks-page';
import { expect, test } from './test';
import type { KubeApi } from './test';

const rbac = 'rbac.authorization.k8s.io';
const all = { get: true, list: true, watch: true, create: true, patch: true };

/** Lets `helper` do everything in a project that our steps do there, except one thing. */
const allowAllBut = async (cluster: KubeApi, project: string, verb?: string, kind?: string) => {
  const rule = (apiGroups: string[], resource: string) => ({
    apiGroups,
    resources: [resource],
    verbs: Object.keys(all).filter((each) => each !== verb || resource !== kind),
  });
  const rules = [
    rule([''], 'secrets'),
    rule(['forklift.konveyor.io'], 'providers'),
    rule(['k8s.cni.cncf.io'], 'network-attachment-definitions'),
  ];
  const path = `/apis/${rbac}/v1/namespaces/${project}`;
  const metadata = { name: 'helper' };
  await cluster.send('DELETE', `${path}/roles/helper`).catch(() => undefined);
  await cluster.send('POST', `${path}/roles`, { apiVersion: `${rbac}/v1`, kind: 'Role', metadata, rules });
  const subjects = [{ apiGroup: rbac, kind: 'Group', name: 'helpers' }];
  const roleRef = { apiGroup: rbac, kind: 'Role', name: 'helper' };
  await cluster.send('POST', `${path}/rolebindings`, { apiVersion: `${rbac}/v1`, kind: 'RoleBinding', metadata, roleRef, subjects }).catch(() => undefined);
};

// What somebody may not do is found out by acting as them: the console's impersonation, in requests and in watches.
test.use({ allowedErrors: /^Failed to load resource|^WebSocket connection to .* failed/ });

for (const { verb, kind, says } of [
  { verb: 'create', kind: 'secrets', says: /You may not create Secret in openshift-mtv/ },
  { verb: 'create', kind: 'providers', says: /You may not create Provider in openshift-mtv/ },
  { verb: 'patch', kind: 'secrets', says: /You may not patch Secret in openshift-mtv/ },
]) {
  test(`without the right to ${verb} ${kind} nothing is stored; given the right, a retry is enough`, async ({ page, signIn, actAs, cluster, sandbox }) => {
    await allowAllBut(cluster, 'openshift-mtv', verb, kind);
    await signIn('kubeadmin', '/dashboards');
    await actAs('helper', 'helpers others');
    await page.getByRole('link', { name: 'Migration Prep' }).click();
    const step = new ConnectionPage(page);
    await step.fill(sandbox.info.vcenter);
    await step.connect.click();
    await expect(page.getByText(says)).toBeVisible();
    expect(await cluster.list<Secret>(secrets)).toEqual([]);
    expect((await cluster.list<Provider>(providers)).map(({ metadata }) => metadata.name)).toEqual(['host']);

    await allowAllBut(cluster, 'openshift-mtv');
    await page.getByRole('button', { name: 'Retry' }).click();
    await expect(step.providers.getByRole('listitem')).toHaveText(/vcenter.*Connected/);
    await expectConnected(cluster, sandbox.info.vcenter);
  });
}

test('without the right to create networks, that is said; given the right, a retry is enough', async ({ page, signIn, actAs, cluster, sandbox }) => {
  const nads = '/apis/k8s.cni.cncf.io/v1/namespaces/migration-target/network-attachment-definitions';
  await allowAllBut(cluster, 'openshift-mtv');
  await allowAllBut(cluster, 'migration-target', 'create', 'network-attachment-definitions');
  await signIn('kubeadmin', '/dashboards');
  await actAs('helper', 'helpers');
  await page.getByRole('link', { name: 'Migration Prep' }).click();
  const connection = new ConnectionPage(page);
  await connection.fill(sandbox.info.vcenter);
  await connection.connect.click();
  await expect(connection.providers.getByRole('listitem')).toHaveText(/vcenter.*Connected/);
  await page.getByRole('navigation', { name: 'Steps' }).getByRole('button', { name: 'Networks' }).click();
  const networks = new NetworksPage(page);
  await networks.project.fill('migration-target');
  await networks.bridge.fill('br-vms');
  await networks.answerAll('Skip this port group');
  await networks.create.click();
  await expect(page.getByText(/You may not create NetworkAttachmentDefinition in migration-target/)).toBeVisible();
  expect(await cluster.list(nads)).toEqual([]);
  await allowAllBut(cluster, 'migration-target');
  await page.getByRole('button', { name: 'Retry' }).click();
  await expect(page.getByText('The networks are there: migration plans can use them.')).toBeVisible();
});
