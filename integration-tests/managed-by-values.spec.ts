import { join } from 'node:path';
import { controller } from './build-objects';
import { providers } from './connection-objects';
import { expect, test } from './test';

const pictures = join(import.meta.dirname, '../.build/pictures');

test.use({ scenario: 'prepared' });

const looks = {
  light: { size: { width: 1280, height: 900 }, colorScheme: 'light' },
  dark: { size: { width: 1280, height: 900 }, colorScheme: 'dark' },
  narrow: { size: { width: 390, height: 844 }, colorScheme: 'light' },
} as const;

for (const [look, { size, colorScheme }] of Object.entries(looks)) {
  test(`${look}: what values declare says so, and offers no writing`, async ({
    page,
    signIn,
    cluster,
    accessibilityProblems,
  }) => {
    const declared = {
      metadata: {
        labels: { 'app.kubernetes.io/managed-by': 'migration-prep', 'app.kubernetes.io/part-of': 'migration-prep' },
        annotations: { 'migration-prep/declared-by': 'prep/migration-prep' },
      },
    };
    await cluster.send('PATCH', `${providers}/vcenter`, declared);
    await cluster.send('PATCH', controller, { metadata: { annotations: declared.metadata.annotations } });
    await page.setViewportSize(size);
    await page.emulateMedia({ colorScheme });
    await signIn('kubeadmin', '/migration-prep?step=connection');
    for (const step of ['connection', 'vddk']) {
      await page.goto(`/migration-prep?step=${step}`);
      await expect(page.getByText('Managed by values').first()).toBeVisible();
      await expect(page.getByText(/release migration-prep in prep/).first()).toBeVisible();
      expect(await accessibilityProblems(), step).toEqual([]);
      await page.screenshot({ path: join(pictures, `managed-${step}-${look}.png`), fullPage: true });
    }
    await expect(page.getByRole('main').getByRole('button', { name: /use|build|upload/i })).toHaveCount(0);
  });
}
