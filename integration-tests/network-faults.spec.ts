import { NetworksPage } from './pages/networks-page';
import { nads } from './network-objects';
import { expect, test } from './test';
import type { KubeApi } from './test';
import { countOf, writeFaults } from './write-faults';

// All networks are created in one go; the first, one in the middle and the last are broken.
const writes = { first: 0, second: 1, last: 3 };
const wanted = ['app-100', 'app-100-2', 'db-200', 'std-300'];

const created = async (cluster: KubeApi) => {
  const list = await cluster.list<{ metadata: { name: string; labels?: Record<string, string> } }>(nads);
  return list.map(({ metadata }) => ({
    name: metadata.name,
    owner: metadata.labels?.['app.kubernetes.io/managed-by'],
  }));
};
const exactly = wanted.map((name) => ({ name, owner: 'migration-prep' }));

test.use({ allowedErrors: /^Failed to load resource/, scenario: 'prepared' });

test.beforeEach(async ({ cluster, signIn }) => {
  await cluster.send('DELETE', `${nads}/by-hand-vlan-100`);
  await signIn('prep', '/migration-prep?step=networks&project=migration-target');
});

const decide = async (networks: NetworksPage) => {
  await networks.attachAll('br-vms');
  await networks.answerAll('Skip this port group');
  await expect(networks.row('app-100')).toContainText('app-100, app-100-2: will be created');
  // It has no VLAN, and which of the untagged ones it shares a network with is not the matter here.
  await networks.row('VM Network').getByRole('checkbox').click();
};

for (const [write, skip] of Object.entries(writes)) {
  for (const [happens, fault] of Object.entries(writeFaults)) {
    test(`the ${write} network: ${happens}; afterwards each is there once`, async ({
      page,
      cluster,
      breakRequests,
    }) => {
      const networks = new NetworksPage(page);
      await decide(networks);
      await breakRequests({
        method: 'POST',
        path: 'network-attachment-definitions$',
        ...fault,
        skip,
        count: countOf(fault),
      });
      await networks.create.click();
      const done = page.getByText('The networks exist. Migration plans can use them.');
      const retry = page.getByRole('button', { name: 'Retry' });
      await expect(done.or(retry).first()).toBeVisible();
      if (await retry.isVisible()) await retry.click();
      await expect(done).toBeVisible();
      expect(await created(cluster)).toEqual(exactly);
    });
  }

  test(`the tab is closed after the ${write} network was sent; opened again, it continues`, async ({
    page,
    context,
    cluster,
    breakRequests,
  }) => {
    const networks = new NetworksPage(page);
    await decide(networks);
    await breakRequests({
      method: 'POST',
      path: 'network-attachment-definitions$',
      action: 'drop-after',
      skip,
      count: 1,
    });
    await networks.create.click();
    await expect.poll(async () => (await created(cluster)).length).toBeGreaterThan(skip);
    await page.close();

    const again = await context.newPage();
    await again.goto('/migration-prep?step=networks&project=migration-target');
    const reopened = new NetworksPage(again);
    await reopened.attachAll('br-vms');
    await reopened.answerAll('Skip this port group');
    await reopened.row('VM Network').getByRole('checkbox').click();
    await reopened.create.click();
    await expect(again.getByText(/The networks exist|Nothing to do: every selected port group/)).toBeVisible();
    expect(await created(cluster)).toEqual(exactly);
  });
}
