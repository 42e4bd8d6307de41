import type { Page } from '@playwright/test';
import { expect, test } from './test';
import type { KubeApi } from './test';

const perspectives = ['Core platform', 'Virtualization'];

/** Sections of the console's navigation, in both perspectives: closed until they are opened. */
const sectionsOf = (page: Page) => {
  const navigation = page.getByRole('navigation', { name: 'Main' });
  const section = (name: string) => navigation.getByRole('button', { name, exact: true });
  return {
    section,
    entry: navigation.getByRole('link', { name: 'Migration Prep' }),
    all: navigation.getByRole('button'),
  };
};

/** As an administrator enables and disables console plugins. */
const enablePlugins = (cluster: KubeApi, ...plugins: string[]) =>
  cluster.send('PATCH', '/apis/operator.openshift.io/v1/consoles/cluster', { spec: { plugins } });

test('Migration Prep stands in the Migration section of both perspectives, and its page opens', async ({
  page,
  signIn,
}) => {
  await signIn('kubeadmin', '/dashboards');
  for (const perspective of perspectives) {
    await page.getByRole('combobox', { name: 'Perspective' }).selectOption(perspective);
    const { section, entry } = sectionsOf(page);
    await section('Migration for Virtualization').click();
    await expect(entry).toHaveCount(1);
    await expect(section('Migration')).toHaveCount(0);
    await entry.click();
    await expect(page.getByRole('heading', { level: 1, name: 'Migration Prep' })).toBeVisible();
  }
});

for (const { given, plugins } of [
  { given: 'MTV is installed and its console plugin is not enabled', plugins: ['migration-prep'] },
  { given: 'no plugin is said to be enabled', plugins: [] },
]) {
  test(`${given}: Migration Prep has a section of its own, where MTV's would be`, async ({ page, signIn, cluster }) => {
    await enablePlugins(cluster, ...plugins);
    await signIn('kubeadmin', '/dashboards');
    for (const [perspective, before] of [
      ['Core platform', 'Workloads'],
      ['Virtualization', 'Cluster'],
    ] as const) {
      await page.getByRole('combobox', { name: 'Perspective' }).selectOption(perspective);
      const { section, entry, all } = sectionsOf(page);
      await section('Migration').click();
      await expect(entry).toHaveCount(1);
      await expect(section('Migration for Virtualization')).toHaveCount(0);
      const names = await all.allInnerTexts();
      expect(names[names.indexOf('Migration') - 1]).toBe(before);
      await entry.click();
      await expect(page.getByRole('heading', { level: 1, name: 'Migration Prep' })).toBeVisible();
    }
  });
}

test.describe('without MTV', () => {
  // What a cluster is like whose API server knows nothing of MTV.
  test.beforeEach(async ({ breakRequests, cluster }) => {
    await enablePlugins(cluster, 'migration-prep');
    await breakRequests({ path: '/apis/forklift\\.konveyor\\.io/', action: 'status', status: 404 });
  });

  test('it has a section of its own, and no item on the Status card', async ({ page, signIn }) => {
    await signIn('kubeadmin', '/dashboards');
    for (const perspective of perspectives) {
      await page.getByRole('combobox', { name: 'Perspective' }).selectOption(perspective);
      const { section, entry } = sectionsOf(page);
      await section('Migration').click();
      await expect(entry).toHaveCount(1);
    }
    await expect(page.getByRole('heading', { level: 2, name: 'Status' })).toBeVisible();
    await expect(page.getByText('Migration readiness')).toHaveCount(0);
  });

  test('every step says what to install, and none asks for a password', async ({
    page,
    signIn,
    accessibilityProblems,
  }) => {
    await signIn('kubeadmin');
    for (const step of ['connection', 'vddk', 'networks']) {
      await page.goto(`/migration-prep?step=${step}`);
      await expect(page.getByText('Migration Toolkit for Virtualization is not installed').first()).toBeVisible();
      await expect(page.getByText(/Install its operator/).first()).toBeVisible();
      await expect(page.getByLabel(/^Password/)).toHaveCount(0);
      expect(await accessibilityProblems()).toEqual([]);
    }
    await page.goto('/migration-prep?step=summary');
    // The provider, the VDDK image and the operator itself.
    await expect(page.getByText('Migration Toolkit for Virtualization is not installed.')).toHaveCount(3);
  });
});

test('a step that is chosen, before the page has found out which to open, is built up once, by keyboard too', async ({
  page,
  signIn,
  breakRequests,
}) => {
  await breakRequests({ method: 'GET', path: '[?&]limit=', action: 'delay', milliseconds: 1000 });
  await signIn('kubeadmin');
  const lists: string[] = [];
  page.on('request', (request) => {
    const { pathname, searchParams } = new URL(request.url());
    if (request.resourceType() === 'fetch' && pathname.endsWith('/builds') && !searchParams.has('watch'))
      lists.push(pathname);
  });
  const steps = page.getByRole('navigation', { name: 'Steps' });
  await steps.getByRole('button', { name: 'VDDK' }).press('Enter');
  await expect(page.getByRole('button', { name: 'Choose archive' })).toBeVisible();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Help with this step' })).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('radio', { name: 'Upload the archive from VMware' })).toBeFocused();
  expect(lists).toEqual(['/api/kubernetes/apis/build.openshift.io/v1/builds']);
  await page.goBack();
  await expect(page.getByRole('heading', { level: 2, name: 'Connection' })).toBeVisible();
  await expect(steps.getByRole('button', { name: 'Connection' })).toHaveAttribute('aria-current', 'step');
});

test('the Status card tells how much is ready, and its popup leads to the steps', async ({ page, signIn, cluster }) => {
  await signIn('kubeadmin', '/dashboards');
  await expect(page.getByText('0 of 3 ready')).toBeVisible();
  await page.getByRole('button', { name: 'Migration readiness' }).click();
  const popup = page.getByRole('dialog', { name: 'Migration readiness' });
  await expect(popup.getByRole('link')).toHaveText(['vSphere provider', 'VDDK image', 'Networks']);
  await expect(popup.getByText('No network for virtual machines is set up.')).toBeVisible();
  await cluster.send('POST', '/apis/k8s.cni.cncf.io/v1/namespaces/migration-target/network-attachment-definitions', {
    apiVersion: 'k8s.cni.cncf.io/v1',
    kind: 'NetworkAttachmentDefinition',
    metadata: { name: 'by-hand' },
    spec: { config: '{"type":"bridge","bridge":"br1"}' },
  });
  await expect(page.getByText('1 of 3 ready')).toBeVisible();
  await popup.getByRole('link', { name: 'VDDK image' }).click();
  await expect(page.getByRole('heading', { level: 2, name: 'VDDK' })).toBeVisible();
});

test('a viewer is told on the Status card what they may not see', async ({ page, signIn }) => {
  await signIn('viewer', '/dashboards');
  await expect(page.getByText('Not permitted to check')).toBeVisible();
});
