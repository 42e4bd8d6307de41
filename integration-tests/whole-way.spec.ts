import { expectConnected } from './connection-objects';
import { ConnectionPage } from './pages/connection-page';
import { NetworksPage } from './pages/networks-page';
import { expect, test } from './test';

const image = `registry.example.com/migration/vddk@sha256:${'cd'.repeat(32)}`;

test('prep walks the whole way: from a fresh MTV to a cluster that is ready', async ({ page, signIn, cluster, sandbox, accessibilityProblems }) => {
  await signIn('prep', '/migration-prep?project=migration-target');
  const goTo = (step: string) => page.getByRole('navigation', { name: 'Steps' }).getByRole('button', { name: step }).click();

  const connection = new ConnectionPage(page);
  await connection.fill(sandbox.info.vcenter);
  await connection.connect.click();
  await expect(connection.providers.getByRole('listitem')).toHaveText(/vcenter.*Connected/);

  await goTo('VDDK');
  await page.getByRole('textbox', { name: 'Image' }).fill(image);
  await page.getByRole('button', { name: 'Use this image' }).click();
  await expect(page.getByText('MTV uses this image')).toBeVisible();

  await goTo('Networks');
  const networks = new NetworksPage(page);
  await networks.bridge.fill('br-vms');
  await networks.answerAll('Untagged');
  await networks.create.click();
  await expect(page.getByText('The networks are there: migration plans can use them.')).toBeVisible();

  await goTo('Summary');
  await expect(page.getByText('This cluster is ready to receive virtual machines')).toBeVisible();
  expect(await accessibilityProblems()).toEqual([]);

  await expectConnected(cluster, sandbox.info.vcenter);
  const { spec } = await cluster.get<{ spec: { vddk_image: string } }>(
    '/apis/forklift.konveyor.io/v1beta1/namespaces/openshift-mtv/forkliftcontrollers/forklift-controller',
  );
  expect(spec.vddk_image).toBe(image);
  const nads = await cluster.list<{ metadata: { name: string } }>('/apis/k8s.cni.cncf.io/v1/namespaces/migration-target/network-attachment-definitions');
  expect(nads.map(({ metadata }) => metadata.name)).toEqual(expect.arrayContaining(['app-100', 'db-200', 'std-300']));

  await page.goto('/dashboards');
  // Who may not list networks in every project does not know whether they are there.
  await page.getByRole('button', { name: 'Migration readiness' }).click();
  await expect(page.getByRole('link', { name: 'VDDK image' })).toBeVisible();
});
