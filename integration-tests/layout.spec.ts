import type { Page } from '@playwright/test';
import { ConnectionPage } from './pages/connection-page';
import { expect, test } from './test';

/** 200 % on a screen of 1280 × 1024 leaves a page of 640 × 512. */
const screens = {
  'a desk': { width: 1280, height: 720 },
  'a phone': { width: 400, height: 844 },
  '200 %': { width: 640, height: 512 },
};

/** How far the elements with a scroll bar of their own can be scrolled, in pixels. */
const scrollable = (page: Page) =>
  page.evaluate(() =>
    [...document.querySelectorAll('html, main, main *')]
      .filter((each) => each.scrollHeight > each.clientHeight + 1)
      .filter((each) => /auto|scroll/.test(getComputedStyle(each).overflowY))
      .map((each) => each.className || each.tagName),
  );

const footerOf = (page: Page) => ({
  back: page.getByRole('button', { name: 'Back' }),
  next: page.getByRole('button', { name: 'Next' }),
});

for (const [name, size] of Object.entries(screens)) {
  test(`on ${name} only the step's body scrolls: where one is, and what leads on, stay`, async ({
    page,
    signIn,
    accessibilityProblems,
  }) => {
    await page.setViewportSize(size);
    await signIn('kubeadmin', '/migration-prep?step=connection');
    const step = new ConnectionPage(page);
    await step.address.waitFor();
    // The lists of steps: beside the step, or behind the button above it.
    const steps =
      size.width < 992
        ? page.getByRole('button', { name: '2 Connection' })
        : page.getByRole('navigation', { name: 'Steps' }).getByRole('button', { name: 'Summary' });
    expect(await scrollable(page)).toEqual(['pf-v6-c-wizard__main']);
    const { back, next } = footerOf(page);
    await page.getByRole('button', { name: 'Preview' }).scrollIntoViewIfNeeded();
    await expect(step.address).not.toBeInViewport();
    for (const each of [steps, back, next]) await expect(each).toBeInViewport({ ratio: 1 });
    expect(await accessibilityProblems()).toEqual([]);

    // The next step begins at its beginning.
    await next.click();
    await expect(page.getByRole('heading', { level: 2, name: 'VDDK' })).toBeInViewport({ ratio: 1 });
    await expect(page.getByRole('link', { name: 'Help with this step' })).toBeInViewport();
  });
}

test('on a very low screen nothing is lost: the console’s area scrolls as well', async ({ page, signIn }) => {
  await page.setViewportSize({ width: 640, height: 320 });
  await signIn('kubeadmin', '/migration-prep?step=connection');
  const step = new ConnectionPage(page);
  await step.name.scrollIntoViewIfNeeded();
  await expect(step.name).toBeInViewport();
  const { next } = footerOf(page);
  await next.scrollIntoViewIfNeeded();
  await expect(next).toBeInViewport({ ratio: 1 });
});

test('forms are as wide as those of MTV', async ({ page, signIn }) => {
  await signIn('kubeadmin', '/migration-prep?step=connection');
  const step = new ConnectionPage(page);
  await step.address.waitFor();
  expect((await step.address.boundingBox())?.width).toBeLessThanOrEqual(600);
  expect((await step.connect.boundingBox())?.width).toBeLessThan(200);
});

test('the whole step goes by keyboard: from the steps through the body to the footer, and on', async ({
  page,
  signIn,
}) => {
  await signIn('kubeadmin', '/migration-prep?step=connection');
  await page.getByRole('textbox', { name: 'Address of the vCenter' }).waitFor();
  const steps = page.getByRole('navigation', { name: 'Steps' });
  await steps.getByRole('button', { name: 'Summary' }).focus();
  const next = page.getByRole('button', { name: 'Next' });
  const way: string[] = [];
  for (let at = 0; at < 30 && !(await next.evaluate((each) => each === document.activeElement)); at += 1) {
    await page.keyboard.press('Tab');
    way.push(await page.evaluate(() => document.activeElement?.id ?? ''));
  }
  expect(way.filter((id) => id !== '')).toEqual(
    expect.arrayContaining(['vcenter-url', 'vcenter-user', 'vcenter-password', 'provider-name']),
  );
  await expect(next).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 2, name: 'VDDK' })).toBeVisible();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Help with this step' })).toBeFocused();
});
