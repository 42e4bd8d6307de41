import { NetworksPage } from './pages/networks-page';
import { expect, test } from './test';

interface Nad {
  readonly metadata: { readonly name: string; readonly labels?: Record<string, string>; readonly annotations?: Record<string, string> };
  readonly spec: { readonly config: string };
}

const nads = (project: string) => `/apis/k8s.cni.cncf.io/v1/namespaces/${project}/network-attachment-definitions`;
const step = '/migration-prep?step=networks&project=migration-target';

test.use({ scenario: 'prepared' });

for (const user of ['kubeadmin', 'prep']) {
  test(`${user} gives the port groups their networks; the one that is there stays`, async ({ page, signIn, cluster, accessibilityProblems }) => {
    await signIn(user, step);
    const networks = new NetworksPage(page);
    await networks.bridge.fill('br-vms');
    await expect(networks.row('app-100')).toContainText('by-hand-vlan-100: there');
    await expect(networks.row('db-200')).toContainText('db-200: will be created');
    expect(await accessibilityProblems()).toEqual([]);
    await networks.create.click();
    await expect(page.getByText('Answer which VLAN it is, or skip this port group.').first()).toBeVisible();
    await networks.answerAll('Skip this port group');
    await networks.create.click();
    await expect(page.getByText('The networks are there: migration plans can use them.')).toBeVisible();

    const made = await cluster.list<Nad>(nads('migration-target'));
    const db = made.find(({ metadata }) => metadata.name === 'db-200');
    expect(JSON.parse(db?.spec.config ?? '')).toEqual({
      cniVersion: '0.3.1',
      name: 'db-200',
      type: 'bridge',
      bridge: 'br-vms',
      macspoofchk: true,
      vlan: 200,
      preserveDefaultVlan: false,
    });
    expect(db?.metadata.labels).toMatchObject({ 'app.kubernetes.io/managed-by': 'migration-prep' });
    expect(db?.metadata.annotations).toMatchObject({ 'k8s.v1.cni.cncf.io/resourceName': 'bridge.network.kubevirt.io/br-vms' });
    const byHand = made.find(({ metadata }) => metadata.name === 'by-hand-vlan-100');
    expect(byHand?.metadata.labels).toBeUndefined();

    await networks.create.click();
    await expect(page.getByText(/Nothing to do/)).toBeVisible();
    expect(await cluster.list<Nad>(nads('migration-target'))).toHaveLength(made.length);
  });
}

test('a project that does not exist is said, and nothing is made', async ({ page, signIn }) => {
  await signIn('kubeadmin', step.replace('migration-target', 'no-such-project'));
  const networks = new NetworksPage(page);
  await networks.bridge.fill('br-vms');
  await networks.answerAll('Skip this port group');
  await networks.create.click();
  await expect(page.getByText('Project no-such-project does not exist. Create it or choose another.')).toBeVisible();
});

test('a project where prep has no rights is said', async ({ page, signIn, cluster }) => {
  await signIn('prep', step.replace('migration-target', 'default'));
  const networks = new NetworksPage(page);
  await networks.bridge.fill('br-vms');
  await networks.answerAll('Skip this port group');
  await networks.create.click();
  await expect(page.getByText(/You may not (list|create) NetworkAttachmentDefinition in default/)).toBeVisible();
  expect(await cluster.list<Nad>(nads('default'))).toEqual([]);
});

test.describe('when creating a network fails', () => {
  test.use({ allowedErrors: /^Failed to load resource/ });

  for (const [happens, fault] of Object.entries({
    'the answer is lost': { action: 'drop-after' as const, count: 1 },
    'the server fails (500)': { action: 'status' as const, status: 500, count: 1 },
    'it is forbidden (403)': { action: 'status' as const, status: 403, count: 1 },
    'it conflicts (409)': { action: 'status' as const, status: 409, count: 1 },
    'there are too many requests (429)': { action: 'status' as const, status: 429, count: 3 },
  })) {
    test(`${happens}; afterwards each network is there once`, async ({ page, signIn, cluster, breakRequests }) => {
      await signIn('prep', step);
      const networks = new NetworksPage(page);
      await networks.bridge.fill('br-vms');
      await networks.answerAll('Skip this port group');
      await breakRequests({ method: 'POST', path: 'network-attachment-definitions$', ...fault });
      await networks.create.click();
      const done = page.getByText('The networks are there: migration plans can use them.');
      const retry = page.getByRole('button', { name: 'Retry' });
      await expect(done.or(retry).first()).toBeVisible();
      if (await retry.isVisible()) await retry.click();
      await expect(done).toBeVisible();
      const names = (await cluster.list<Nad>(nads('migration-target'))).map(({ metadata }) => metadata.name);
      expect(new Set(names).size).toBe(names.length);
      expect(names).toContain('db-200');
    });
  }
});
