import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';

/** Chooses an entry of the console's navigation; its section is closed until somebody opens it, and comes when its plugin does. */
const choose = async (page: Page, section: RegExp, entry: string) => {
  const navigation = page.getByRole('navigation', { name: 'Main' });
  const heading = navigation.getByRole('button', { name: section });
  await expect(async () => {
    if ((await heading.getAttribute('aria-expanded', { timeout: 1000 })) !== 'true')
      await heading.click({ timeout: 1000 });
    await navigation.getByRole('link', { name: entry, exact: true }).click({ timeout: 1000 });
  }).toPass();
};

/** In MTV's section, or in ours. */
export const goToMigrationPrep = (page: Page) => choose(page, /^Migration/, 'Migration Prep');
export const goToOverview = (page: Page) => choose(page, /^Home$/, 'Overview');
