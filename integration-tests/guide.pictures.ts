import { join } from 'node:path';
import { test } from './test';

const folder = join(import.meta.dirname, '../docs/pictures');

/** The pictures of docs/guide.md and README, each of a state that its text tells of. */
const pictures = [
  { name: 'prerequisites', scenario: 'empty', path: '?step=prerequisites', shows: 'Set up here what is missing' },
  { name: 'connection-form', scenario: 'fresh', path: '?step=connection', shows: 'Address of the vCenter' },
  { name: 'connection', scenario: 'prepared', path: '?step=connection', shows: 'Connect another vCenter' },
  { name: 'vddk', scenario: 'prepared', path: '?step=vddk', shows: 'MTV uses this image' },
  {
    name: 'networks',
    scenario: 'nodes-even',
    path: '?step=networks&project=migration-target',
    shows: 'port groups shown',
  },
  {
    name: 'summary',
    scenario: 'prepared',
    path: '?step=summary&project=migration-target',
    shows: 'This cluster is ready to receive virtual machines',
  },
] as const;

for (const { name, scenario, path, shows } of pictures)
  test.describe(name, () => {
    test.use({ scenario });

    test('is drawn', async ({ page, signIn }) => {
      await page.setViewportSize({ width: 1280, height: 860 });
      await signIn('kubeadmin', `/migration-prep${path}`);
      await page.getByText(shows).first().waitFor();
      await page.waitForLoadState('networkidle');
      await page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled' });
    });
  });
