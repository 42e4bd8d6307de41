import { expectConnected, providers, secrets } from './connection-objects';
import { ConnectionPage } from './pages/connection-page';
import { expect, test } from './test';
import { countOf, sentBy, writeFaults } from './write-faults';

/** The writes that correct password and address in place: what only rehearses has a query (dryRun) behind. */
const writes = {
  'the Secret': { method: 'PATCH', path: '/namespaces/openshift-mtv/secrets/[^?]+$' },
  'the Provider': { method: 'PATCH', path: '/namespaces/openshift-mtv/providers/[^?]+$' },
} as const;

test.use({ allowedErrors: /^Failed to load resource/ });

test.beforeEach(async ({ page, signIn, sandbox, cluster }) => {
  const { vcenter } = sandbox.info;
  await signIn('prep');
  const step = new ConnectionPage(page);
  // The password has been changed in vCenter since, and the vCenter moved: the Provider fails.
  await step.fill(vcenter, { url: vcenter.endpoints.foreign ?? '' });
  await step.connect.click();
  await expect(step.providers.getByRole('listitem')).toHaveText(/another name/);
  await cluster.send('PATCH', `${secrets}/vcenter-credentials`, { stringData: { password: 'the old one' } });
});

for (const [write, request] of Object.entries(writes)) {
  for (const [happens, fault] of Object.entries(writeFaults)) {
    test(`correcting ${write}: ${happens}; afterwards it is right, and there once`, async ({
      page,
      cluster,
      sandbox,
      breakRequests,
    }) => {
      const before = await cluster.get<{ metadata: { uid: string } }>(`${providers}/vcenter`);
      const step = new ConnectionPage(page);
      await page.getByRole('button', { name: 'Edit vcenter' }).click();
      await step.fill(sandbox.info.vcenter);
      await breakRequests({ ...request, ...fault, count: countOf(fault) });
      await step.connect.click();
      const connected = step.providers.getByRole('listitem').filter({ hasText: 'Connected' });
      const retry = page.getByRole('button', { name: 'Retry' });
      await expect(connected.or(retry).first()).toBeVisible();
      if (await retry.isVisible()) await retry.click();
      await expect(connected).toBeVisible();
      await expectConnected(cluster, sandbox.info.vcenter);
      expect((await cluster.get<{ metadata: { uid: string } }>(`${providers}/vcenter`)).metadata.uid).toBe(
        before.metadata.uid,
      );
    });
  }

  test(`the tab is closed after correcting ${write}; opened again, it continues`, async ({
    page,
    context,
    cluster,
    sandbox,
    breakRequests,
  }) => {
    const step = new ConnectionPage(page);
    await page.getByRole('button', { name: 'Edit vcenter' }).click();
    await step.fill(sandbox.info.vcenter);
    await breakRequests({ ...request, action: 'drop-after', count: 1 });
    const sent = sentBy(page, request);
    await step.connect.click();
    await sent;
    await page.close();

    const again = await context.newPage();
    await again.goto('/migration-prep?step=connection');
    const reopened = new ConnectionPage(again);
    await reopened.fill(sandbox.info.vcenter);
    await reopened.connect.click();
    await expect(reopened.providers.getByRole('listitem')).toHaveText(/vcenter.*Connected/);
    await expectConnected(cluster, sandbox.info.vcenter);
  });
}
