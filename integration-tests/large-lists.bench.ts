import type { Page } from '@playwright/test';
import { test } from './test';

test.use({ scenario: 'prepared' });

/** What MTV's inventory would answer of so many port groups on so many distributed switches; each VM has two NICs. */
const inventoryOf = (portGroups: number, switches: number, vms: number) => {
  const dvs = (at: number) => `dvs-${String(at % switches)}`;
  const networks = Array.from({ length: portGroups }, (_, at) => ({
    id: `dvportgroup-${String(at)}`,
    name: `pg-${String(at).padStart(5, '0')}`,
    path: `/DC0/network/pg-${String(at)}`,
    variant: 'DvPortGroup',
    vlanId: at % 50 === 0 ? '10-20' : String((at % 4000) + 1),
    dvSwitch: { kind: 'DistributedVirtualSwitch', id: dvs(at) },
  }));
  const machines = Array.from({ length: vms }, (_, at) => ({
    id: `vm-${String(at)}`,
    name: `vm-${String(at)}`,
    networks: [0, 1].map((nic) => ({ kind: 'Network', id: `dvportgroup-${String((at * 2 + nic) % portGroups)}` })),
  }));
  const hosts = [
    { id: 'host-1', name: 'esxi-1', networking: { vSwitches: [], portGroups: [], pNICs: [] }, networks: [] },
  ];
  return {
    networks: [
      ...Array.from({ length: switches }, (_, at) => ({
        id: dvs(at),
        name: dvs(at),
        variant: 'DistributedVirtualSwitch',
        path: '',
        host: [],
      })),
      ...networks,
    ],
    hosts,
    vms: machines,
  };
};

const serve = async (page: Page, inventory: ReturnType<typeof inventoryOf>): Promise<void> => {
  await page.unrouteAll();
  for (const list of ['networks', 'hosts', 'vms'] as const)
    await page.route(new RegExp(`/providers/vsphere/[^/]+/${list}\\?`), (route) =>
      route.fulfill({ json: inventory[list] }),
    );
};

/** The longest task of the main thread while something is done, in milliseconds: 0 when none took 50. */
const longestTaskOf = async (page: Page, act: () => Promise<void>): Promise<number> => {
  await page.evaluate(() => {
    const seen: number[] = [];
    Object.assign(window, { longTasks: seen });
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) seen.push(duration);
    }).observe({ type: 'longtask' });
  });
  await act();
  await page.waitForTimeout(500);
  return page.evaluate(() => Math.round(Math.max(0, ...(window as unknown as { longTasks: number[] }).longTasks)));
};

test('Networks with many port groups: until the table is there, a keystroke, a page of the table', async ({
  page,
  signIn,
}) => {
  test.setTimeout(180_000);
  await signIn('kubeadmin', '/nowhere');
  const rows: Record<string, string | number>[] = [];
  for (const [portGroups, switches, vms] of [
    [100, 4, 50],
    [1_000, 10, 500],
    [10_000, 40, 2_000],
  ] as const) {
    await serve(page, inventoryOf(portGroups, switches, vms));
    await page.goto('/migration-prep?step=connection&project=migration-target');
    await page.getByRole('heading', { level: 2, name: 'Connection' }).waitFor();
    const began = performance.now();
    await page.getByRole('button', { name: /^Networks/ }).click();
    await page.getByText(/^\d+ of \d+ port groups shown/).waitFor();
    const shown = Math.round(performance.now() - began);
    await page.getByRole('checkbox', { name: /without virtual machines/ }).check();
    const filter = page.getByRole('textbox', { name: 'Filter by name' });
    rows.push({
      'port groups': portGroups,
      'ms until shown': shown,
      'longest task of a keystroke in the filter (ms)': await longestTaskOf(page, () => filter.pressSequentially('pg')),
      'of the next page (ms)': await longestTaskOf(page, () => page.getByRole('button', { name: 'Next page' }).click()),
    });
  }
  console.table(rows);
});
