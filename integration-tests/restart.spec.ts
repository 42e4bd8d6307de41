import { controller } from './build-objects';
import { NetworksPage } from './pages/networks-page';
import { expect, test } from './test';

const providers = '/apis/forklift.konveyor.io/v1beta1/namespaces/openshift-mtv/providers';

test.use({ scenario: 'prepared' });

test('MTV restarts after its VDDK image is set: Networks says so, and keeps form, typing and focus', async ({
  page,
  request,
  sandbox,
  signIn,
  cluster,
}) => {
  await signIn('prep', '/migration-prep?step=networks&project=migration-target');
  const networks = new NetworksPage(page);
  await networks.bridge.fill('br-v');
  const form = await networks.bridge.elementHandle();
  const phases = new Set<string>();
  const look = async () => {
    for (const { spec, status } of await cluster.list<{ spec: { type: string }; status?: { phase: string } }>(
      providers,
    )) {
      if (spec.type === 'vsphere') phases.add(status?.phase ?? '');
    }
    return [...phases];
  };
  // Long enough for the console, which holds events back for half a second.
  const slow = await request.put(`${sandbox.info.console}/_sandbox/mtv/slow-restart?seconds=4`);
  expect(slow.ok()).toBe(true);
  await cluster.send('PATCH', controller, {
    spec: { vddk_image: `registry.example.com/vddk@sha256:${'ab'.repeat(32)}` },
  });
  await expect.poll(look, { intervals: [50], timeout: 20_000 }).toContain('Staging');
  await expect(page.getByText('MTV is restarting')).toBeVisible({ timeout: 10_000 });
  await page.keyboard.type('ms');
  await expect(page.getByText('MTV is restarting')).toBeHidden({ timeout: 20_000 });
  await expect(networks.bridge).toHaveValue('br-vms');
  await expect(networks.bridge).toBeFocused();
  expect(await form.evaluate((input) => input.isConnected)).toBe(true);
});
