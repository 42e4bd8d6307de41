import { controller, imageOf } from './build-objects';
import type { Controller } from './build-objects';
import { chosen, VddkPage } from './pages/vddk-page';
import { expect, test } from './test';
import { tarGz, vddk } from './vddk-archives';

test('an image that is set comes first; it is replaced, rolled back and removed, and nothing else of MTV changes', async ({
  page,
  signIn,
  cluster,
  accessibilityProblems,
}) => {
  // Two archives are built, and MTV restarts four times.
  test.setTimeout(180_000);
  const before = await cluster.get<Controller>(controller);
  await signIn('prep', '/migration-prep?step=vddk&project=migration-target');
  const step = new VddkPage(page);
  const card = page.getByRole('region', { name: 'VDDK image of MTV' });
  const rolledOut = card.getByText('MTV uses this image');
  const images: (string | undefined)[] = [];
  for (const [version, build] of [
    ['8.0.2', '22388865'],
    ['8.0.3', '23950268'],
  ] as const) {
    await step.openForm();
    await step.file.setInputFiles(chosen(`VMware-vix-disklib-${version}-${build}.x86_64.tar.gz`, tarGz(vddk(version))));
    await page.getByText(`VDDK ${version}, build ${build}`).waitFor();
    await step.upload.click();
    await expect(step.done).toBeVisible({ timeout: 60_000 });
    // What succeeded folds up.
    await expect(page.getByRole('radiogroup', { name: 'Where VDDK comes from' })).toHaveCount(0);
    await expect(
      card.getByText(`Migration Prep, from VMware-vix-disklib-${version}-${build}.x86_64.tar.gz`),
    ).toBeVisible();
    await expect(card.getByText('Projects that can pull the image: migration-target')).toBeVisible();
    images.push(await imageOf(cluster));
  }
  const [first, second] = images;
  expect(first).not.toBe(second);
  await expect(rolledOut).toBeVisible({ timeout: 30_000 });
  expect(await accessibilityProblems()).toEqual([]);

  await card.getByRole('button', { name: 'Roll back' }).click();
  const form = page.getByRole('form', { name: 'Roll back to the previous image' });
  await expect(form).toContainText(first?.replace(/.*@/, '') ?? 'no image');
  expect(await accessibilityProblems()).toEqual([]);
  await page.getByRole('button', { name: 'Roll back' }).click();
  await expect.poll(() => imageOf(cluster)).toBe(first);
  await expect(rolledOut).toBeVisible({ timeout: 30_000 });

  const remove = card.getByRole('button', { name: 'Remove' });
  await expect(remove).toBeVisible({ timeout: 30_000 });
  await remove.click();
  await expect(page.getByRole('form', { name: 'Remove the image' })).toBeVisible();
  await page.getByRole('button', { name: 'Remove' }).click();
  await expect(page.getByText('MTV no longer uses a VDDK image')).toBeVisible({ timeout: 30_000 });
  expect((await cluster.get<Controller>(controller)).spec).toEqual(before.spec);
  await expect(page.getByRole('radiogroup', { name: 'Where VDDK comes from' })).toBeVisible();
});
