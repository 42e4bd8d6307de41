import { controller } from './build-objects';
import type { Controller } from './build-objects';
import { VddkPage } from './pages/vddk-page';
import { expect, test } from './test';
import { countOf, writeFaults } from './write-faults';

const step = '/migration-prep?step=vddk';
const image = `registry.example.com/migration/vddk@sha256:${'ab'.repeat(32)}`;

test('prep sets an image; MTV rolls it out; nothing else of its settings changes', async ({
  page,
  signIn,
  cluster,
  accessibilityProblems,
}) => {
  const before = await cluster.get<Controller>(controller);
  await signIn('prep', step);
  const vddk = new VddkPage(page);
  await vddk.chooseImage(image);
  await vddk.useThis.click();
  await expect(page.getByText(/The registry could not be queried: registry.example.com/)).toBeVisible();
  expect(await accessibilityProblems()).toEqual([]);
  await page.getByRole('button', { name: 'Use it anyway' }).click();
  await expect(page.getByText(/MTV is rolling this image out/)).toBeVisible();
  await expect(page.getByText('MTV uses this image')).toBeVisible();
  const after = await cluster.get<Controller>(controller);
  expect(after.spec).toEqual({ ...before.spec, vddk_image: image });
});

test('a viewer is told which right is missing', async ({ page, signIn, cluster }) => {
  await signIn('viewer', step);
  await expect(page.getByText(/You are not permitted to (list|get) ForkliftController/)).toBeVisible();
  expect((await cluster.get<Controller>(controller)).spec).not.toHaveProperty('vddk_image');
});

test('an image that somebody else set while this one was typed stays', async ({
  page,
  signIn,
  cluster,
  breakRequests,
}) => {
  await signIn('prep', step);
  const vddk = new VddkPage(page);
  await vddk.chooseImage(image);
  await vddk.useThis.click();
  // The page does not learn of the change before it writes.
  await breakRequests({ method: 'GET', path: 'forkliftcontrollers\\?', action: 'delay', milliseconds: 1500, count: 1 });
  await page.getByRole('button', { name: 'Use it anyway' }).click();
  await cluster.send('PATCH', controller, { spec: { vddk_image: 'registry.example.com/theirs' } });
  await expect(page.getByText(/Meanwhile somebody set another image: registry.example.com\/theirs/)).toBeVisible();
  expect((await cluster.get<Controller>(controller)).spec.vddk_image).toBe('registry.example.com/theirs');
});

test.describe('when setting the image fails', () => {
  test.use({ allowedErrors: /^Failed to load resource/ });

  for (const [happens, fault] of Object.entries(writeFaults)) {
    test(`${happens}; afterwards it is set`, async ({ page, signIn, cluster, breakRequests }) => {
      await signIn('prep', step);
      const vddk = new VddkPage(page);
      await vddk.chooseImage(image);
      await breakRequests({ method: 'PATCH', path: '/forkliftcontrollers/', ...fault, count: countOf(fault) });
      await vddk.useImage();
      const done = page.getByText(/MTV (is rolling this image out|uses this image)/);
      await expect(done.or(vddk.retry).first()).toBeVisible();
      if (await vddk.retry.isVisible()) await vddk.retry.click();
      await expect(done).toBeVisible();
      expect((await cluster.get<Controller>(controller)).spec.vddk_image).toBe(image);
    });
  }
});
