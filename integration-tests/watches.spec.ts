import { expect, test } from './test';

test.use({ scenario: 'prepared' });

// The page's fixture fails on the console's warning of a second websocket.
test('steps that are left and visited again before their lists have come ask for each list once', async ({
  page,
  signIn,
  breakRequests,
}) => {
  await breakRequests({ method: 'GET', path: '[?&]limit=', action: 'delay', milliseconds: 2000 });
  await signIn('kubeadmin', '/migration-prep?project=migration-target');
  const steps = page.getByRole('navigation', { name: 'Steps' });
  for (const name of ['VDDK', 'Networks', 'Summary', 'VDDK', 'Networks', 'Summary', 'Connection', 'Summary']) {
    await steps.getByRole('button', { name }).click();
    await expect(page.getByRole('heading', { level: 2, name })).toBeVisible();
  }
  await expect(page.getByText('Checking the cluster…')).toHaveCount(0);
});
