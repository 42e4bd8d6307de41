import { ConnectionPage } from './pages/connection-page';
import { expectConnected, listSecrets, providers, secrets } from './connection-objects';
import type { Provider } from './connection-objects';
import { typeSecret } from './secrets';
import { expect, test } from './test';

for (const user of ['kubeadmin', 'prep']) {
  test(`${user} connects a vCenter: a Secret, a Provider, and the one owns the other`, async ({
    page,
    signIn,
    cluster,
    sandbox,
    accessibilityProblems,
  }) => {
    await signIn(user);
    const step = new ConnectionPage(page);
    await expect(step.address).toBeVisible();
    expect(await accessibilityProblems()).toEqual([]);
    await step.fill(sandbox.info.vcenter);
    await step.connect.click();
    await expect(step.providers.getByRole('listitem')).toHaveText(/vcenter.*Connected/);
    await expect(
      page.getByRole('navigation', { name: 'Steps' }).getByRole('button', { name: 'Connection' }),
    ).toHaveAccessibleDescription('Done');
    expect(await accessibilityProblems()).toEqual([]);
    await expectConnected(cluster, sandbox.info.vcenter);
  });
}

test('a viewer is told which right is missing, and nothing is sent', async ({ page, signIn, cluster, sandbox }) => {
  await signIn('viewer');
  const step = new ConnectionPage(page);
  await step.fill(sandbox.info.vcenter);
  await step.connect.click();
  await expect(page.getByText(/You are not permitted to get Secret in openshift-mtv/)).toBeVisible();
  expect(await listSecrets(cluster)).toEqual([]);
});

test('a wrong password is said at the field, and nothing is stored', async ({ page, signIn, cluster, sandbox }) => {
  await signIn('prep');
  const step = new ConnectionPage(page);
  await step.fill(sandbox.info.vcenter, { password: 'wrong' });
  await step.connect.click();
  await expect(step.password).toHaveAccessibleDescription(/vCenter rejected the user or the password/);
  expect(await listSecrets(cluster)).toEqual([]);
  expect((await cluster.list<Provider>(providers)).map(({ metadata }) => metadata.name)).toEqual(['host']);

  await typeSecret(step.password, sandbox.info.vcenter.password);
  await step.connect.click();
  await expect(step.providers.getByRole('listitem')).toHaveText(/vcenter.*Connected/);
  await expectConnected(cluster, sandbox.info.vcenter);
});

test('the Secret of a connected Provider is deleted: MTV says nothing, this page does, and a correction brings it back', async ({
  page,
  signIn,
  cluster,
  sandbox,
}) => {
  await signIn('prep');
  const step = new ConnectionPage(page);
  await step.fill(sandbox.info.vcenter);
  await step.connect.click();
  await expect(step.providers.getByRole('listitem')).toHaveText(/vcenter.*Connected/);
  await cluster.send('DELETE', `${secrets}/vcenter-credentials`);
  await expect(step.providers.getByRole('listitem')).toHaveText(
    /Secret vcenter-credentials with the credentials is gone/,
    { timeout: 20_000 },
  );
  expect((await cluster.get<{ status: { phase: string } }>(`${providers}/vcenter`)).status.phase).toBe('Ready');
  await page.getByRole('button', { name: 'Edit vcenter' }).click();
  await step.fill(sandbox.info.vcenter);
  await step.connect.click();
  await expect(step.providers.getByRole('listitem')).toHaveText(/vcenter.*Connected/);
  await expectConnected(cluster, sandbox.info.vcenter);
});

test.describe('the certificate that vCenter shows', () => {
  // MTV answers 500 when it cannot reach a server.
  test.use({ allowedErrors: /^Failed to load resource: the server responded with a status of 500/ });

  test('is fetched through MTV, compared and used', async ({ page, signIn, cluster, sandbox }) => {
    const { vcenter } = sandbox.info;
    await signIn('prep');
    const step = new ConnectionPage(page);
    await step.address.fill(vcenter.endpoints.closed ?? '');
    await page.getByRole('button', { name: 'Fetch certificate' }).click();
    await expect(page.getByText('Nothing answers at this address.')).toBeVisible();

    await step.address.fill(vcenter.endpoints['self-signed'] ?? '');
    await page.getByRole('button', { name: 'Fetch certificate' }).click();
    await page.getByRole('checkbox', { name: 'I have compared it' }).click();
    await step.user.fill(vcenter.user);
    await typeSecret(step.password, vcenter.password);
    await step.name.fill('vcenter');
    const shown = await page
      .getByRole('definition')
      .filter({ hasText: /^([0-9A-F]{2}:){19}[0-9A-F]{2}$/ })
      .textContent();
    await step.connect.click();
    await expect(step.providers.getByRole('listitem')).toHaveText(/vcenter.*Connected/);
    const provider = await cluster.get<Provider & { status: { fingerprint: string } }>(`${providers}/vcenter`);
    expect(provider.status.fingerprint).toBe(shown);
  });
});
