import { listSecrets, providers, secrets } from './connection-objects';
import type { Provider, Secret } from './connection-objects';
import { ConnectionPage } from './pages/connection-page';
import { typeSecret } from './secrets';
import { expect, test } from './test';

test('an ESXi host is connected as one, tested again, and removed with its Secret', async ({
  page,
  signIn,
  cluster,
  sandbox,
  accessibilityProblems,
}) => {
  const { vcenter } = sandbox.info;
  await signIn('kubeadmin');
  const step = new ConnectionPage(page);
  await step.fill(vcenter, { url: vcenter.endpoints.esxi ?? '', user: 'root', name: 'esxi' });
  await page.getByRole('radio', { name: 'ESXi host' }).click();
  await step.doNotVerify();
  await step.connect.click();
  const card = step.providers.getByRole('listitem');
  await expect(card).toHaveText(/esxi.*Connected.*ESXi host.*The certificate is not verified.*Migration Prep/);
  await page.getByRole('button', { name: 'Test again: esxi' }).click();
  await expect(card).toContainText('The server answers, and did not reject the user and the password.');
  expect(await accessibilityProblems()).toEqual([]);

  await page.getByRole('button', { name: 'Remove esxi' }).click();
  const dialog = page.getByRole('dialog', { name: 'Remove esxi' });
  await expect(dialog.getByRole('list', { name: 'What goes' })).toHaveText(
    /Delete Provider esxi.*Delete Secret esxi-credentials/,
  );
  expect(await accessibilityProblems()).toEqual([]);
  await dialog.getByRole('button', { name: 'Remove what is listed' }).click();
  await expect(dialog.getByText(/Done: what was listed is gone/)).toBeVisible();
  await dialog.getByRole('button', { name: 'Close' }).first().click();
  await expect(page.getByText('No vSphere provider is connected.')).toBeVisible();
  expect((await cluster.list<Provider>(providers)).map(({ metadata }) => metadata.name)).toEqual(['host']);
  expect(await listSecrets(cluster)).toEqual([]);
});

test.describe('a provider that somebody else created', () => {
  test.use({ scenario: 'prepared' });

  test('gets another password on request, after a warning when one was rejected, and nothing else of it changes', async ({
    page,
    signIn,
    cluster,
    sandbox,
    accessibilityProblems,
  }) => {
    const secret = `${secrets}/vcenter-credentials`;
    const before = await cluster.get<Secret>(secret);
    await signIn('kubeadmin', '/migration-prep?step=connection');
    const step = new ConnectionPage(page);
    const card = step.providers.getByRole('listitem');
    await expect(card).toHaveText(/vcenter.*Connected.*Somebody else.*changed only when you ask for it/);
    await expect(card.getByRole('link', { name: 'vcenter', exact: true })).toHaveAttribute(
      'href',
      /~Provider\/vcenter$/,
    );
    await expect(card.getByRole('button', { name: /^(Edit|Remove)/ })).toHaveCount(0);
    // The certificate of the server, asked for when the browser is idle.
    await expect(card).toHaveText(/It (is valid until \d{4}-\d\d-\d\d|expires in \d+ days)/);

    await page.getByRole('button', { name: 'Rotate password of vcenter' }).click();
    await expect(step.password).toBeFocused();
    await typeSecret(step.password, 'wrong');
    const rotate = page.getByRole('button', { name: 'Rotate password', exact: true });
    await rotate.click();
    await expect(step.password).toHaveAccessibleDescription(/rejected/);
    await expect(page.getByText(/Each wrong try counts toward the lock of the account/)).toBeVisible();
    expect(await accessibilityProblems()).toEqual([]);
    expect((await cluster.get<Secret>(secret)).data).toEqual(before.data);

    await typeSecret(step.password, sandbox.info.vcenter.password);
    await rotate.click();
    await expect(page.getByText(/Saved\. MTV is connecting/)).toBeVisible();
    await expect(card).toHaveText(/vcenter.*Connected/);
    await expect(step.password).toHaveCount(0);
    const after = await cluster.get<Secret>(secret);
    expect(after.data).toEqual(before.data);
    expect(after.metadata.labels).toEqual(before.metadata.labels);
  });
});
