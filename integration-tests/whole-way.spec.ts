import { expectConnected } from './connection-objects';
import { expect, test } from './test';
import { image, walkTheWholeWay } from './walk';

const controller = '/apis/forklift.konveyor.io/v1beta1/namespaces/openshift-mtv/forkliftcontrollers/forklift-controller';
const nads = '/apis/k8s.cni.cncf.io/v1/namespaces/migration-target/network-attachment-definitions';

test('prep walks the whole way: from a fresh MTV to a cluster that is ready', async ({ page, signIn, cluster, sandbox, accessibilityProblems }) => {
  await signIn('prep', '/migration-prep?project=migration-target');
  await walkTheWholeWay(page, sandbox.info.vcenter);
  expect(await accessibilityProblems()).toEqual([]);

  await expectConnected(cluster, sandbox.info.vcenter);
  expect((await cluster.get<{ spec: { vddk_image: string } }>(controller)).spec.vddk_image).toBe(image);
  const names = (await cluster.list<{ metadata: { name: string } }>(nads)).map(({ metadata }) => metadata.name);
  expect(names).toEqual(expect.arrayContaining(['app-100', 'db-200', 'std-300']));

  await page.goto('/dashboards');
  await page.getByRole('button', { name: 'Migration readiness' }).click();
  await expect(page.getByRole('link', { name: 'VDDK image' })).toBeVisible();
});
