import { ConnectionPage } from './pages/connection-page';
import { expectConnected, listSecrets, providers } from './connection-objects';
import type { Provider } from './connection-objects';
import { expect, test } from './test';

// The API server answers 500 when a webhook has not answered in time; a request that was given up is a failure too.
test.use({ allowedErrors: /^Failed to load resource/ });
test.describe.configure({ timeout: 120_000 });

for (const { endpoint, what } of [
  { endpoint: 'dropping', what: 'a firewall drops what the cluster sends' },
  { endpoint: 'silent', what: 'the server takes the connection and says nothing' },
  { endpoint: 'mute', what: 'the server shows its certificate and says nothing more' },
]) {
  test(`${what}: within 35 s the page says so, keeps the form and stores nothing`, async ({
    page,
    signIn,
    cluster,
    sandbox,
  }) => {
    await signIn('prep');
    const step = new ConnectionPage(page);
    await step.fill(sandbox.info.vcenter, { url: sandbox.info.vcenter.endpoints[endpoint] ?? '' });
    const began = Date.now();
    await step.connect.click();
    await expect(page.getByText(/The cluster got no answer from that address within 30 s/)).toBeVisible({
      timeout: 35_000,
    });
    expect(Date.now() - began).toBeLessThan(35_000);
    await expect(step.connect).toBeEnabled();
    await expect(step.address).toHaveValue(sandbox.info.vcenter.endpoints[endpoint] ?? '');
    await step.address.fill(sandbox.info.vcenter.url);
    await step.connect.click();
    await expect(step.providers.getByRole('listitem')).toHaveText(/vcenter.*Connected/);
    // One Secret and one Provider, both of the second try: the first left nothing, also not when its answers came.
    await expectConnected(cluster, sandbox.info.vcenter);
  });
}

test('waiting for an answer can be cancelled: what comes late stores nothing', async ({
  page,
  signIn,
  cluster,
  sandbox,
  requests,
}) => {
  await signIn('prep');
  const step = new ConnectionPage(page);
  await step.fill(sandbox.info.vcenter, { url: sandbox.info.vcenter.endpoints.mute ?? '' });
  // Cancelled before, nothing would come late.
  const tried = page.waitForRequest(
    (request) => request.method() === 'POST' && request.url().includes('/secrets?dryRun=All'),
  );
  await step.connect.click();
  await tried;
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByText('You cancelled it. Nothing was stored.')).toBeVisible();
  // The API server's answer to the dry run.
  const late = async () =>
    (await requests())
      .filter(({ method, path }) => method === 'POST' && path.includes('/secrets?dryRun=All'))
      .map(({ status }) => status);
  await expect.poll(late, { timeout: 40_000 }).toEqual([500]);
  expect(await listSecrets(cluster)).toEqual([]);
  expect((await cluster.list<Provider>(providers)).map(({ metadata }) => metadata.name)).toEqual(['host']);
});

test('a certificate that does not come is given up after 25 s, or cancelled before', async ({
  page,
  signIn,
  sandbox,
}) => {
  await signIn('prep');
  const step = new ConnectionPage(page);
  await step.address.fill(sandbox.info.vcenter.endpoints.dropping ?? '');
  const fetch = page.getByRole('button', { name: 'Fetch certificate' });
  await fetch.click();
  await page.getByRole('button', { name: 'Cancel fetching the certificate' }).click();
  await expect(page.getByText('No certificate was fetched')).toBeHidden();
  await fetch.click();
  await expect(page.getByText(/The cluster got no answer from that address within 25 s/)).toBeVisible({
    timeout: 30_000,
  });
});
