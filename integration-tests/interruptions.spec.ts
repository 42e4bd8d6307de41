import { expectConnected } from './connection-objects';
import { ConnectionPage } from './pages/connection-page';
import { expect, test } from './test';

test.use({ allowedErrors: /^Failed to load resource|^WebSocket connection to .* failed/ });

test('the session expires between two writes: signed in again, it continues', async ({
  page,
  signIn,
  cluster,
  sandbox,
  breakRequests,
}) => {
  await signIn('prep');
  const step = new ConnectionPage(page);
  await step.fill(sandbox.info.vcenter);
  await breakRequests({
    method: 'POST',
    path: '/namespaces/openshift-mtv/providers$',
    action: 'status',
    status: 401,
    count: 1,
  });
  await step.connect.click();
  // The console leads to the sign-in page as soon as the API server says 401.
  await page.getByRole('button', { name: /^prep/ }).click();
  await expect(step.password).toHaveValue('');
  await step.fill(sandbox.info.vcenter);
  await step.connect.click();
  await expect(step.providers.getByRole('listitem')).toHaveText(/vcenter.*Connected/);
  await expectConnected(cluster, sandbox.info.vcenter);
});

test('a watch that was cut comes back: what happened meanwhile is shown', async ({
  page,
  signIn,
  cluster,
  sandbox,
  breakRequests,
}) => {
  // The console asks again 15 seconds after a watch broke (docs/facts/console-host.md).
  test.setTimeout(90_000);
  await signIn('kubeadmin');
  await expect(page.getByText('No vSphere provider is connected.')).toBeVisible();
  await breakRequests({ path: 'providers\\?watch=true', action: 'cut-watch', count: 1 });
  await cluster.send('POST', '/apis/forklift.konveyor.io/v1beta1/namespaces/openshift-mtv/providers', {
    apiVersion: 'forklift.konveyor.io/v1beta1',
    kind: 'Provider',
    metadata: { name: 'made-elsewhere' },
    spec: { type: 'vsphere', url: sandbox.info.vcenter.url, secret: {} },
  });
  await expect(page.getByText('made-elsewhere')).toBeVisible({ timeout: 30_000 });
});
