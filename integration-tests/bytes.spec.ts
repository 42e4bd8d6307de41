import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { measureOpenings } from './loaded-bytes';
import { expect, test } from './test';

test.use({ scenario: 'prepared' });

test('the shell shares what console 4.22 shares, in its versions, and nothing more', async ({ page, signIn }) => {
  await signIn('kubeadmin', '/dashboards');
  await page.getByText('Migration readiness').waitFor();
  const recorded = JSON.parse(
    readFileSync(join(import.meta.dirname, '../sandbox/recorded/console-4.22-shared-modules.json'), 'utf8'),
  ) as Record<string, string | string[]>;
  const versions = Object.fromEntries(
    Object.entries(recorded).map(([name, version]) => [name, [version].flat().sort()]),
  );
  const shared = await page.evaluate(
    () => (window as unknown as { readonly sandboxShared: Record<string, string[]> }).sandboxShared,
  );
  expect(Object.fromEntries(Object.entries(shared).map(([name, each]) => [name, [...each].sort()]))).toEqual(versions);
});

test('no visit loads more of ours than its budget, everything counted that the console does not share', async ({
  page,
  signIn,
}) => {
  const measured = await measureOpenings(page, signIn);
  const tooMuch = measured.filter(({ bytes, budget }) => bytes > budget);
  expect(tooMuch).toEqual([]);
  expect(
    measured.every(({ bytes }) => bytes > 0),
    'every opening loads something',
  ).toBe(true);
});
