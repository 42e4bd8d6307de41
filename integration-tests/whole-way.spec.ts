import { expectBuilt } from './build-objects';
import { expectConnected } from './connection-objects';
import { expect, test } from './test';
import { walkTheWholeWay } from './walk';

const nads = '/apis/k8s.cni.cncf.io/v1/namespaces/migration-target/network-attachment-definitions';

test('prep walks the whole way: from a fresh MTV to a cluster that is ready', async ({ page, signIn, cluster, sandbox, accessibilityProblems }) => {
  await signIn('prep', '/migration-prep?project=migration-target');
  await walkTheWholeWay(page, sandbox.info.vcenter);
  expect(await accessibilityProblems()).toEqual([]);

  await expectConnected(cluster, sandbox.info.vcenter);
  await expectBuilt(cluster);
  const names = (await cluster.list<{ metadata: { name: string } }>(nads)).map(({ metadata }) => metadata.name);
  expect(names).toEqual(expect.arrayContaining(['app-100', 'db-200', 'std-300']));

  await page.goto('/dashboards');
  await page.getByRole('button', { name: 'Migration readiness' }).click();
  await expect(page.getByRole('link', { name: 'VDDK image' })).toBeVisible();
});
