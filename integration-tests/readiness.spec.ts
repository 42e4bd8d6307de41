import type { Page } from '@playwright/test';
import { forbidden, readinessOf, scenarios, users, withoutMadeUpNames } from './readiness-table';
import { expect, test } from './test';

type Said = Readonly<Record<string, string>>;

const saidOnSummary = async (page: Page): Promise<Said> => {
  const rows = await page
    .getByRole('list', { name: 'Checks' })
    .getByRole('listitem')
    .evaluateAll((items) =>
      items.map((item) => {
        const state = item.querySelector('[role=img]')?.getAttribute('aria-label') ?? '';
        const title = item.querySelector('strong, a')?.textContent ?? '';
        return [title, `${state}: ${item.textContent.replace(title, '')}`] as const;
      }),
    );
  return Object.fromEntries(rows.map(([title, said]) => [title, withoutMadeUpNames(said)]));
};

const saidOnStatusCard = (page: Page): Promise<Said> =>
  page.getByRole('dialog', { name: 'Migration readiness' }).evaluate((dialog) =>
    Object.fromEntries(
      [...dialog.querySelectorAll('p')].map((sentence) => {
        const item = sentence.previousElementSibling;
        const state = item?.querySelector('.co-status-popup__status')?.textContent.trim() ?? '';
        return [item?.querySelector('a')?.textContent ?? '', `${state}: ${sentence.textContent}`];
      }),
    ),
  );

/** Each step with its state in words. */
const saidOfSteps = (page: Page): Promise<Said> =>
  page.getByRole('navigation', { name: 'Steps of Migration Prep' }).evaluate((nav) =>
    Object.fromEntries(
      [...nav.querySelectorAll('button')].map((button) => {
        const said = (attribute: string) =>
          document.getElementById(button.getAttribute(attribute) ?? '')?.textContent.trim() ?? '';
        return [said('aria-labelledby') || button.textContent, said('aria-describedby')];
      }),
    ),
  );

// Whoever may not look at something is refused, in requests and in watches.
test.use({ allowedErrors: /^Failed to load resource|^WebSocket connection to .* failed/ });

for (const scenario of scenarios) {
  test.describe(scenario, () => {
    test.use({ scenario });
    for (const user of users) {
      test(`page and Status card say to ${user} what the table says`, async ({ page, signIn }) => {
        const { checks, steps } = readinessOf(scenario, user);
        await signIn(user, '/migration-prep?step=summary&project=migration-target');
        await expect.poll(() => saidOnSummary(page)).toEqual(checks);
        await expect.poll(() => saidOfSteps(page)).toEqual(steps);
        await page.goto('/dashboards');
        const item = page.getByRole('button', { name: 'Migration readiness' });
        if (scenario === 'empty') {
          // Without MTV the cluster receives no virtual machines, and its Status card says nothing about that.
          await page.getByRole('heading', { name: 'Status' }).waitFor();
          await expect(item).toHaveCount(0);
          return;
        }
        await item.click();
        const onCard = ['vSphere provider', 'VDDK image', 'Networks'];
        await expect
          .poll(() => saidOnStatusCard(page))
          .toEqual(
            Object.fromEntries(onCard.map((title) => [title, user === 'kubeadmin' ? checks[title] : forbidden])),
          );
      });
    }
  });
}
