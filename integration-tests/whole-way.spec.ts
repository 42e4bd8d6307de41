import { expectBuilt } from './build-objects';
import { expectConnected } from './connection-objects';
import { reportOn } from './report';
import { nads } from './network-objects';
import { expect, test } from './test';
import { walkTheWholeWay } from './walk';

for (const [scenario, mtv] of [
  ['fresh', 'openshift-mtv'],
  ['elsewhere', 'my-mtv'],
  ['upstream', 'konveyor-forklift'],
] as const) {
  test.describe(`MTV in ${mtv}`, () => {
    test.use({ scenario });

    // prep may look into MTV's project and into migration-target, and nowhere else: what the chart serves leads there.
    test('prep walks the whole way: from a fresh MTV to a cluster that is ready', async ({
      page,
      signIn,
      cluster,
      sandbox,
      accessibilityProblems,
    }) => {
      await signIn('prep', '/migration-prep?project=migration-target');
      await walkTheWholeWay(page, sandbox.info.vcenter);
      expect(await accessibilityProblems()).toEqual([]);
      await expect(page.getByRole('main')).toContainText(mtv);
      if (mtv !== 'openshift-mtv') await expect(page.getByRole('main')).not.toContainText('openshift-mtv');

      await expectConnected(cluster, sandbox.info.vcenter, mtv);
      await expectBuilt(cluster, mtv);
      const names = (await cluster.list<{ metadata: { name: string } }>(nads)).map(({ metadata }) => metadata.name);
      expect(names).toEqual(expect.arrayContaining(['app-100', 'db-200', 'std-300']));

      const said = await reportOn(sandbox.info.kubeconfig);
      expect(said).toMatch(/(\d+) of \1 ready/);
      if (mtv !== 'openshift-mtv') expect(said).not.toContain('openshift-mtv');

      await page.goto('/dashboards');
      await page.getByRole('button', { name: 'Migration readiness' }).click();
      await expect(page.getByRole('link', { name: 'VDDK image' })).toBeVisible();
    });
  });
}
