import type { Page } from '@playwright/test';
import { ConnectionPage } from './pages/connection-page';
import { NetworksPage } from './pages/networks-page';
import type { SandboxInfo } from './sandbox';
import { expect } from './test';

export const image = `registry.example.com/migration/vddk@sha256:${'cd'.repeat(32)}`;

/** Takes a cluster from "MTV is installed" to "ready", as a user does; ends on the Summary. */
export const walkTheWholeWay = async (page: Page, vcenter: SandboxInfo['vcenter']) => {
  const goTo = (step: string) => page.getByRole('navigation', { name: 'Steps' }).getByRole('button', { name: step }).click();

  const connection = new ConnectionPage(page);
  await connection.fill(vcenter);
  await connection.connect.click();
  await expect(connection.providers.getByRole('listitem')).toHaveText(/vcenter.*Connected/);

  await goTo('VDDK');
  await page.getByRole('textbox', { name: 'Image' }).fill(image);
  await page.getByRole('button', { name: 'Use this image' }).click();
  await expect(page.getByText('MTV uses this image')).toBeVisible();

  await goTo('Networks');
  const networks = new NetworksPage(page);
  await networks.bridge.fill('br-vms');
  await networks.answerAll('Untagged');
  await networks.create.click();
  await expect(page.getByText('The networks are there: migration plans can use them.')).toBeVisible();

  await goTo('Summary');
  await expect(page.getByText('This cluster is ready to receive virtual machines')).toBeVisible();
};
