import { ConnectionPage } from './pages/connection-page';
import { expectConnected, listSecrets } from './connection-objects';
import { expect, test } from './test';
import { countOf, sentBy, writeFaults } from './write-faults';

/** The writes of the Connection step that store something: what only rehearses has a query (dryRun) behind. */
const writes = {
  'create the Secret': { method: 'POST', path: '^/api/kubernetes/api/v1/namespaces/openshift-mtv/secrets$' },
  'create the Provider': {
    method: 'POST',
    path: '^/api/kubernetes/apis/forklift.konveyor.io/v1beta1/namespaces/openshift-mtv/providers$',
  },
  'give the Secret its owner': {
    method: 'PATCH',
    path: '^/api/kubernetes/api/v1/namespaces/openshift-mtv/secrets/[^?]+$',
  },
} as const;

// The browser notes what it got; what the page makes of it is tested.
test.use({ allowedErrors: /^Failed to load resource/ });

for (const [write, request] of Object.entries(writes)) {
  for (const [happens, fault] of Object.entries(writeFaults)) {
    test(`${write}: ${happens}; afterwards everything is there once`, async ({
      page,
      signIn,
      cluster,
      sandbox,
      breakRequests,
    }) => {
      await signIn('prep');
      const step = new ConnectionPage(page);
      await step.fill(sandbox.info.vcenter);
      await breakRequests({ ...request, ...fault, count: countOf(fault) });
      await step.connect.click();
      const connected = step.providers.getByRole('listitem').filter({ hasText: 'Connected' });
      const retry = page.getByRole('button', { name: 'Retry' });
      await expect(connected.or(retry).first()).toBeVisible();
      if (await retry.isVisible()) await retry.click();
      await expect(connected).toBeVisible();
      await expectConnected(cluster, sandbox.info.vcenter);
    });
  }

  test(`the tab is closed after: ${write}; opened again, it continues`, async ({
    page,
    context,
    signIn,
    cluster,
    sandbox,
    breakRequests,
  }) => {
    await signIn('prep');
    const step = new ConnectionPage(page);
    await step.fill(sandbox.info.vcenter);
    // The write arrives; its answer never does, for the tab is gone.
    await breakRequests({ ...request, action: 'drop-after', count: 1 });
    const sent = sentBy(page, request);
    await step.connect.click();
    await sent;
    await expect.poll(async () => (await listSecrets(cluster)).length).toBe(1);
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
