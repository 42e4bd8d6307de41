import { controller } from './build-objects';
import { NetworksPage } from './pages/networks-page';
import { expect, test } from './test';

const providers = '/apis/forklift.konveyor.io/v1beta1/namespaces/openshift-mtv/providers';

test.use({ scenario: 'prepared' });

test('MTV restarts after its VDDK image is set: Networks keeps form, typing and focus, says so, and goes on', async ({ page, signIn, cluster }) => {
  await signIn('prep', '/migration-prep?step=networks&project=migration-target');
  const networks = new NetworksPage(page);
  await networks.bridge.fill('br-v');
  const form = await networks.bridge.elementHandle();
  // A restart is short here: what is said for a moment is noted where it appears.
  await page.evaluate(() => {
    const page = window as { said?: string };
    new MutationObserver(() => {
      page.said = (page.said ?? '') + document.body.innerText;
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
  });
  const phases = new Set<string>();
  const look = async () => {
    for (const { spec, status } of await cluster.list<{ spec: { type: string }; status?: { phase: string } }>(providers)) {
      if (spec.type === 'vsphere') phases.add(status?.phase ?? '');
    }
    return [...phases];
  };
  await cluster.send('PATCH', controller, { spec: { vddk_image: `registry.example.com/vddk@sha256:${'ab'.repeat(32)}` } });
  await expect.poll(look, { intervals: [50], timeout: 20_000 }).toContain('Staging');
  await page.keyboard.type('ms');
  await expect.poll(() => page.evaluate(() => (window as { said?: string }).said ?? '')).toContain('MTV is restarting');
  await expect(page.getByText('MTV is restarting')).toBeHidden({ timeout: 20_000 });
  await expect(networks.bridge).toHaveValue('br-vms');
  await expect(networks.bridge).toBeFocused();
  expect(await form.evaluate((input) => input.isConnected)).toBe(true);
  await networks.attachAll('br-vms');
  await networks.answerAll('Skip this port group');
  await networks.create.click();
  await expect(page.getByText('The networks are there: migration plans can use them.')).toBeVisible();
});
