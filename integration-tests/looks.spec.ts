import { join } from 'node:path';
import { expect, test } from './test';

const pictures = join(import.meta.dirname, '../.build/pictures');

test.use({ scenario: 'prepared' });

/** 200 % on a screen of 1280 × 1024 leaves a page of 640 × 512. */
const looks = {
  light: { size: { width: 1280, height: 900 }, colorScheme: 'light' },
  dark: { size: { width: 1280, height: 900 }, colorScheme: 'dark' },
  narrow: { size: { width: 390, height: 844 }, colorScheme: 'light' },
  'zoomed to 200 %': { size: { width: 640, height: 512 }, colorScheme: 'light' },
} as const;

const pages = {
  prerequisites: { path: '/migration-prep?step=prerequisites', shows: 'NMState is ready' },
  connection: { path: '/migration-prep?step=connection', shows: 'Connect another vCenter' },
  vddk: { path: '/migration-prep?step=vddk', shows: 'MTV uses this image' },
  networks: { path: '/migration-prep?step=networks&project=migration-target', shows: 'port groups shown' },
  summary: {
    path: '/migration-prep?step=summary&project=migration-target',
    shows: 'This cluster is ready to receive virtual machines',
  },
} as const;

for (const [look, { size, colorScheme }] of Object.entries(looks)) {
  test(`${look}: every page is readable and nothing is cut off`, async ({ page, signIn, accessibilityProblems }) => {
    // Every page is drawn twice, the second time as a whole.
    test.setTimeout(180_000);
    await page.setViewportSize(size);
    await page.emulateMedia({ colorScheme });
    await signIn('kubeadmin', '/dashboards');
    for (const [name, { path, shows }] of Object.entries(pages)) {
      await page.goto(path);
      await expect(page.getByText(shows).first()).toBeVisible();
      expect(await accessibilityProblems(), name).toEqual([]);
      const cutOff = await page.evaluate(() => {
        const main = document.querySelector('main');
        const edge = main?.getBoundingClientRect().right ?? 0;
        return [...(main?.querySelectorAll('*') ?? [])]
          .filter((each) => each.getBoundingClientRect().right > edge + 1)
          .map((each) => each.outerHTML.slice(0, 120));
      });
      expect(cutOff, `${name} is wider than its place`).toEqual([]);
      // The picture has the whole page: as much taller as there is to scroll.
      const below = await page.evaluate(() =>
        Math.max(
          ...[...document.querySelectorAll('main, main *')].map((each) => each.scrollHeight - each.clientHeight),
        ),
      );
      await page.setViewportSize({ ...size, height: size.height + below });
      await page.screenshot({ path: join(pictures, `${name}-${look.replaceAll(/\W+/g, '-')}.png`) });
      await page.setViewportSize(size);
    }
  });
}
