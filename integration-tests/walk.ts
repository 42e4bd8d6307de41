import type { Page } from '@playwright/test';
import { ConnectionPage } from './pages/connection-page';
import { NetworksPage } from './pages/networks-page';
import { VddkPage } from './pages/vddk-page';
import type { SandboxInfo } from './sandbox';
import { expect } from './test';

/** Takes a cluster from "MTV is installed" to "ready", as a user does, who answers every open question alike; ends on the Summary. */
export const walkTheWholeWay = async (
  page: Page,
  vcenter: SandboxInfo['vcenter'],
  answer: 'Untagged' | 'Skip this port group' = 'Untagged',
) => {
  const goTo = (step: string) =>
    page.getByRole('navigation', { name: 'Steps' }).getByRole('button', { name: step }).click();

  const connection = new ConnectionPage(page);
  await connection.fill(vcenter);
  await connection.connect.click();
  await expect(connection.providers.getByRole('listitem')).toHaveText(/vcenter.*Connected/);

  await goTo('VDDK');
  const vddk = new VddkPage(page);
  await vddk.chooseArchive();
  await vddk.upload.click();
  await expect(vddk.done).toBeVisible({ timeout: 30_000 });

  await goTo('Networks');
  const networks = new NetworksPage(page);
  await networks.attachAll('br-vms');
  await networks.answerAll(answer);
  await networks.create.click();
  await expect(page.getByText('The networks exist. Migration plans can use them.')).toBeVisible();

  await goTo('Summary');
  await expect(page.getByText('This cluster is ready to receive virtual machines')).toBeVisible();
};
