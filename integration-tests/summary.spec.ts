import { ConnectionPage } from './pages/connection-page';
import { secrets } from './connection-objects';
import type { Secret } from './connection-objects';
import { expect, test } from './test';

test('the Summary lists Secrets by their metadata: none, ours with their owner, and one that nothing uses', async ({
  page,
  signIn,
  cluster,
  sandbox,
}) => {
  const answers: string[] = [];
  page.on('response', (response) => {
    if (new URL(response.url()).pathname.endsWith('/secrets') && response.request().method() === 'GET') {
      void response.text().then((text) => answers.push(text));
    }
  });
  await signIn('prep', '/migration-prep?step=summary');
  const created = page.getByRole('region', { name: 'Created by Migration Prep' });
  await expect(created.getByText('None in openshift-mtv').first()).toBeVisible();
  await expect(created.getByText(/did not answer/)).toHaveCount(0);

  await page.goto('/migration-prep?step=connection');
  const step = new ConnectionPage(page);
  await step.fill(sandbox.info.vcenter);
  await step.connect.click();
  await expect(step.providers.getByRole('listitem')).toHaveText(/vcenter.*Connected/);
  const labels = { 'app.kubernetes.io/managed-by': 'migration-prep' };
  await cluster.send('POST', secrets, {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'unused', labels },
    stringData: { password: 'p' },
  });
  await page.goto('/migration-prep?step=summary');
  await expect(created.getByText(/unused \(holds a password but belongs to no provider/)).toBeVisible();
  await expect(created).toContainText('vcenter-credentials of vcenter');
  // MTV makes two Secrets of its own beside every Provider: they are there, and not ours.
  expect((await cluster.list<Secret>(secrets)).map(({ metadata }) => metadata.name)).toContain(
    'offload-ssh-keys-vcenter-private',
  );
  await expect(created).not.toContainText('offload-ssh-keys');
  await expect.poll(() => answers.length).toBeGreaterThan(1);
  expect(answers.filter((text) => text.includes('"data"'))).toEqual([]);

  await page.getByRole('list', { name: 'Checks' }).getByRole('link', { name: 'Networks' }).click();
  await expect(page.getByRole('heading', { level: 2, name: 'Networks' })).toBeVisible();
});
