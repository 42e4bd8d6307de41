import { expectBuilt, expectNothing } from './build-objects';
import { expectConnected, listSecrets, providers } from './connection-objects';
import type { Provider } from './connection-objects';
import { ConnectionPage } from './pages/connection-page';
import { NetworksPage } from './pages/networks-page';
import { VddkPage } from './pages/vddk-page';
import { goToMigrationPrep } from './pages/main-navigation';
import { expect, test } from './test';
import type { KubeApi } from './test';

const rbac = 'rbac.authorization.k8s.io';
const verbs = ['get', 'list', 'watch', 'create', 'patch'];
/** What our steps need in a project; the right to pull is what the binding of a puller gives away. */
const needs = [
  ['', 'secrets'],
  ['', 'imagestreams/layers'],
  ['forklift.konveyor.io', 'providers'],
  ['forklift.konveyor.io', 'forkliftcontrollers'],
  ['forklift.konveyor.io', 'plans'],
  ['k8s.cni.cncf.io', 'network-attachment-definitions'],
  ['image.openshift.io', 'imagestreams'],
  ['image.openshift.io', 'imagestreams/layers'],
  ['build.openshift.io', 'buildconfigs'],
  ['build.openshift.io', 'buildconfigs/instantiatebinary'],
  ['build.openshift.io', 'builds'],
  ['build.openshift.io', 'builds/log'],
  [rbac, 'rolebindings'],
] as const;

/** Lets `helper` do everything in a project that our steps do there, except one thing. */
const allowAllBut = async (cluster: KubeApi, project: string, verb?: string, kind?: string) => {
  const rules = needs.map(([group, resource]) => ({
    apiGroups: [group],
    resources: [resource],
    verbs: verbs.filter((each) => each !== verb || resource !== kind),
  }));
  const path = `/apis/${rbac}/v1/namespaces/${project}`;
  const metadata = { name: 'helper' };
  await cluster.send('DELETE', `${path}/roles/helper`).catch(() => undefined);
  await cluster.send('POST', `${path}/roles`, { apiVersion: `${rbac}/v1`, kind: 'Role', metadata, rules });
  const subjects = [{ apiGroup: rbac, kind: 'Group', name: 'helpers' }];
  const roleRef = { apiGroup: rbac, kind: 'Role', name: 'helper' };
  await cluster
    .send('POST', `${path}/rolebindings`, {
      apiVersion: `${rbac}/v1`,
      kind: 'RoleBinding',
      metadata,
      roleRef,
      subjects,
    })
    .catch(() => undefined);
  // The API server judges by a cache of roles: a page that asks at once could be answered by the role before.
  await expect
    .poll(() => refusedWrites(cluster, project))
    .toEqual(verb === undefined ? [] : [`${verb} ${String(kind)}`]);
};

/** What of our writes `helper` may not do, as the API server judges right now. */
const refusedWrites = async (cluster: KubeApi, project: string): Promise<readonly string[]> => {
  const writes = needs.flatMap(([group, resource]) => ['create', 'patch'].map((verb) => ({ group, resource, verb })));
  const refused = await Promise.all(
    writes.map(async ({ group, resource, verb }) => {
      const [name, subresource = ''] = resource.split('/');
      const resourceAttributes = { namespace: project, verb, group, resource: name, subresource };
      const review = await cluster.send('POST', '/apis/authorization.k8s.io/v1/subjectaccessreviews', {
        apiVersion: 'authorization.k8s.io/v1',
        kind: 'SubjectAccessReview',
        spec: { user: 'helper', groups: ['helpers'], resourceAttributes },
      });
      return (review as { status: { allowed: boolean } }).status.allowed ? [] : [`${verb} ${resource}`];
    }),
  );
  return refused.flat();
};

// What somebody may not do is found out by acting as them: the console's impersonation, in requests and in watches.
test.use({ allowedErrors: /^Failed to load resource|^WebSocket connection to .* failed/ });

for (const { verb, kind, says } of [
  { verb: 'create', kind: 'secrets', says: /You are not permitted to create Secret in openshift-mtv/ },
  { verb: 'create', kind: 'providers', says: /You are not permitted to create Provider in openshift-mtv/ },
  { verb: 'patch', kind: 'secrets', says: /You are not permitted to patch Secret in openshift-mtv/ },
]) {
  test(`without the right to ${verb} ${kind} nothing is stored; given the right, a retry is enough`, async ({
    page,
    signIn,
    actAs,
    cluster,
    sandbox,
  }) => {
    await allowAllBut(cluster, 'openshift-mtv', verb, kind);
    await signIn('kubeadmin', '/dashboards');
    await actAs('helper', 'helpers others');
    await goToMigrationPrep(page);
    const step = new ConnectionPage(page);
    await step.fill(sandbox.info.vcenter);
    await step.connect.click();
    await expect(page.getByText(says)).toBeVisible();
    expect(await listSecrets(cluster)).toEqual([]);
    expect((await cluster.list<Provider>(providers)).map(({ metadata }) => metadata.name)).toEqual(['host']);

    await allowAllBut(cluster, 'openshift-mtv');
    await page.getByRole('button', { name: 'Retry' }).click();
    await expect(step.providers.getByRole('listitem')).toHaveText(/vcenter.*Connected/);
    await expectConnected(cluster, sandbox.info.vcenter);
  });
}

test('a right that the image lacks is named before anything is stored; given all of them, it is built and set', async ({
  page,
  signIn,
  actAs,
  cluster,
}) => {
  await allowAllBut(cluster, 'openshift-mtv');
  await signIn('kubeadmin', '/dashboards');
  await actAs('helper', 'helpers');
  await goToMigrationPrep(page);
  await page.getByRole('navigation', { name: 'Steps' }).getByRole('button', { name: 'VDDK' }).click();
  const vddk = new VddkPage(page);
  await vddk.chooseArchive();
  await vddk.chooseTarget('migration-target');
  for (const [verb, kind] of [
    ['create', 'imagestreams'],
    ['create', 'buildconfigs'],
    ['create', 'rolebindings'],
    ['create', 'buildconfigs/instantiatebinary'],
    ['patch', 'forkliftcontrollers'],
  ] as const) {
    await allowAllBut(cluster, 'openshift-mtv', verb, kind);
    await vddk.upload.click();
    await expect(page.getByText(`You are not permitted to ${verb} ${kind} in openshift-mtv.`)).toBeVisible();
    await expectNothing(cluster);
  }
  await allowAllBut(cluster, 'openshift-mtv');
  await vddk.retry.click();
  await expect(vddk.done).toBeVisible({ timeout: 30_000 });
  await expectBuilt(cluster);
});

test('without the right to create networks, that is said; given the right, a retry is enough', async ({
  page,
  signIn,
  actAs,
  cluster,
  sandbox,
}) => {
  const nads = '/apis/k8s.cni.cncf.io/v1/namespaces/migration-target/network-attachment-definitions';
  await allowAllBut(cluster, 'openshift-mtv');
  await allowAllBut(cluster, 'migration-target', 'create', 'network-attachment-definitions');
  await signIn('kubeadmin', '/dashboards');
  await actAs('helper', 'helpers');
  await goToMigrationPrep(page);
  await page.getByRole('navigation', { name: 'Steps' }).getByRole('button', { name: 'Connection' }).click();
  const connection = new ConnectionPage(page);
  await connection.fill(sandbox.info.vcenter);
  await connection.connect.click();
  await expect(connection.providers.getByRole('listitem')).toHaveText(/vcenter.*Connected/);
  await page.getByRole('navigation', { name: 'Steps' }).getByRole('button', { name: 'Networks' }).click();
  const networks = new NetworksPage(page);
  await networks.chooseProject('migration-target');
  await networks.attachAll('br-vms');
  await networks.answerAll('Skip this port group');
  await networks.create.click();
  await expect(
    page.getByText(/You are not permitted to create NetworkAttachmentDefinition in migration-target/),
  ).toBeVisible();
  expect(await cluster.list(nads)).toEqual([]);
  await allowAllBut(cluster, 'migration-target');
  await page.getByRole('button', { name: 'Retry' }).click();
  await expect(page.getByText('The networks exist. Migration plans can use them.')).toBeVisible();
});

test('without rights beside MTV, a vCenter is connected in a project of one’s own, and its networks are made there', async ({
  page,
  signIn,
  actAs,
  cluster,
  sandbox,
}) => {
  const project = 'migration-target';
  const own = `/apis/forklift.konveyor.io/v1beta1/namespaces/${project}/providers`;
  await allowAllBut(cluster, project);
  await signIn('kubeadmin', '/dashboards');
  await actAs('helper', 'helpers');
  await goToMigrationPrep(page);
  await page.getByRole('navigation', { name: 'Steps' }).getByRole('button', { name: 'Connection' }).click();
  const connection = new ConnectionPage(page);
  await connection.fill(sandbox.info.vcenter);
  await connection.chooseProject(project);
  await connection.connect.click();
  await expect(connection.providers.getByRole('listitem')).toHaveText(/vcenter.*Connected/);
  expect((await cluster.list<Provider>(own)).map(({ metadata }) => metadata.name)).toEqual(['vcenter']);
  expect(await listSecrets(cluster)).toEqual([]);
  await page.getByRole('navigation', { name: 'Steps' }).getByRole('button', { name: 'Networks' }).click();
  const networks = new NetworksPage(page);
  await expect(networks.project).toHaveValue(project);
  await networks.attachAll('br-vms');
  await networks.answerAll('Skip this port group');
  await networks.create.click();
  await expect(page.getByText('The networks exist. Migration plans can use them.')).toBeVisible();
});
