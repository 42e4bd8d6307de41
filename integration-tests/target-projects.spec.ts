import { networksExist, networksStep } from './network-objects';
import { NetworksPage } from './pages/networks-page';
import { expect, test } from './test';
import { countOf, writeFaults } from './write-faults';

interface Named {
  readonly metadata: { readonly name: string; readonly labels?: Record<string, string> };
}
interface Map extends Named {
  readonly spec: { readonly map: readonly { readonly destination: { readonly namespace: string } }[] };
  readonly status?: { readonly conditions?: readonly { readonly type: string }[] };
}

const projects = ['migration-target', 'team-b', 'team-c'];
const nadsOf = (project: string) => `/apis/k8s.cni.cncf.io/v1/namespaces/${project}/network-attachment-definitions`;
const maps = '/apis/forklift.konveyor.io/v1beta1/namespaces/openshift-mtv/networkmaps';

test.use({ scenario: 'prepared' });

test.beforeEach(async ({ page, cluster, signIn }) => {
  for (const name of projects.slice(1))
    await cluster.send('POST', '/api/v1/namespaces', { apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
  await signIn('kubeadmin', networksStep);
  const networks = new NetworksPage(page);
  await networks.attachAll('br-vms');
  await networks.answerAll('Skip this port group');
  await networks.row('VM Network').getByRole('checkbox').click();
  await page.getByRole('button', { name: 'Add further projects' }).click();
  const field = page.getByRole('combobox', { name: 'Further project' });
  for (const name of projects.slice(1)) {
    await field.fill(name);
    await page.getByRole('option', { name, exact: true }).click();
  }
  await expect(page.getByRole('list', { name: 'Further projects' }).getByRole('listitem')).toHaveCount(2);
});

test('three target projects get their networks in one go, and a network map each', async ({
  page,
  cluster,
  accessibilityProblems,
}) => {
  await expect(page.getByRole('list', { name: 'Further projects' }).getByRole('listitem')).toHaveText([
    /^team-b Will be created: 3\. Already there: 0\./,
    /^team-c Will be created: 3\. Already there: 0\./,
  ]);
  expect(await accessibilityProblems()).toEqual([]);
  await new NetworksPage(page).create.click();
  await expect(page.getByText(networksExist)).toBeVisible();
  for (const project of projects) {
    const made = (await cluster.list<Named>(nadsOf(project))).filter(({ metadata }) => metadata.labels);
    // In the first project, a network by hand is there for app-100.
    const expected = project === 'migration-target' ? ['db-200', 'std-300'] : ['app-100', 'db-200', 'std-300'];
    expect(made.map(({ metadata }) => metadata.name)).toEqual(expected);
  }

  await page.getByRole('button', { name: 'Create NetworkMaps' }).click();
  await expect(page.getByText(/MTV accepts it\. Migration plans can use it/)).toHaveCount(3);
  const created = await cluster.list<Map>(maps);
  expect(
    created.map(({ metadata, spec, status }) => [
      metadata.name,
      [...new Set(spec.map.map(({ destination }) => destination.namespace))],
      status?.conditions?.map(({ type }) => type),
    ]),
  ).toEqual(projects.map((project) => [`vcenter-${project}`, [project], ['Ready']]));

  // The page that is opened again has all of them.
  await page.reload();
  await expect(page.getByRole('list', { name: 'Further projects' }).getByRole('listitem')).toHaveCount(2);
});

test.describe('writes that are broken', () => {
  test.use({ allowedErrors: /^Failed to load resource/ });
  for (const [happens, fault] of Object.entries(writeFaults)) {
    test(`a network of the second project: ${happens}; afterwards each is there once`, async ({
      page,
      cluster,
      breakRequests,
    }) => {
      await breakRequests({ method: 'POST', path: 'team-b/network-attach.*$', ...fault, count: countOf(fault) });
      await new NetworksPage(page).create.click();
      const done = page.getByText(networksExist);
      const retry = page.getByRole('button', { name: 'Retry' });
      await expect(done.or(retry).first()).toBeVisible();
      if (await retry.isVisible()) await retry.click();
      await expect(done).toBeVisible();
      for (const project of ['team-b', 'team-c'])
        expect((await cluster.list<Named>(nadsOf(project))).map(({ metadata }) => metadata.name)).toEqual([
          'app-100',
          'db-200',
          'std-300',
        ]);
    });
  }
});
