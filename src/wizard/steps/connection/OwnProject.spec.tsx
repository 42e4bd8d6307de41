import { screen, waitFor, within } from '@testing-library/react';
import { axe } from 'jest-axe';
import { memoryCluster } from '../../../testing/memory-cluster';
import { ownLabels } from '../../../domain/ownership';
import { ok } from '../../../domain/result';
import { PrepWizard } from '../../PrepWizard';
import { renderPage, renderStep } from '../../../testing/render-step';
import { ConnectionStep } from './ConnectionStep';
import { connect, correct, fillForm, provideRandomUuid } from '../../../testing/fill-form';

const mtv = 'openshift-mtv';
const projectField = () => screen.getByRole('combobox', { name: /Project of the provider/ });

beforeAll(provideRandomUuid);

/** What the chart knew of MTV: the user may not look there. */
const fetchSettings = () => Promise.resolve({ mtvNamespace: mtv });

/** A cluster whose user is an administrator of `team` and sees nothing else. */
const confined = () => {
  const cluster = memoryCluster(mtv, 'team');
  cluster.confine('team');
  return cluster;
};

const ready = { phase: 'Ready' };
const provider = (namespace: string) => ({
  metadata: { name: `vc-of-${namespace}`, namespace, labels: ownLabels },
  spec: {
    type: 'vsphere',
    url: 'https://vcenter.example.com/sdk',
    secret: { name: `vc-of-${namespace}-credentials`, namespace },
  },
  status: ready,
});

test("a Provider in the chosen project is found without rights in MTV's, by every step", async () => {
  const cluster = confined();
  cluster.put('providers', provider('team'));
  cluster.put('secrets', { metadata: { name: 'vc-of-team-credentials', namespace: 'team' } });
  cluster.put('providers', provider(mtv));
  const asked: string[] = [];
  const fetchInventory = (uid: string) => {
    asked.push(uid);
    return Promise.resolve(ok({ networks: [], hosts: [], vms: [] }));
  };
  const { user } = renderPage(<PrepWizard />, {
    cluster,
    step: 'connection',
    project: 'team',
    services: { fetchInventory, fetchSettings },
  });
  const list = await screen.findByRole('list', { name: 'vSphere providers' });
  expect(
    within(list)
      .getAllByRole('listitem')
      .map(({ textContent }) => textContent),
  ).toEqual([expect.stringMatching(/vc-of-team.*Connected.*Project.*team/)]);
  const steps = within(screen.getByRole('navigation', { name: 'Steps of Migration Prep' }));
  expect(await steps.findByRole('button', { name: 'Connection', description: 'Done' })).toBeVisible();
  await user.click(steps.getByRole('button', { name: /Networks/ }));
  expect(await screen.findByRole('heading', { name: 'Networks' })).toBeVisible();
  expect(asked).toEqual([cluster.all('providers').find(({ metadata }) => metadata.namespace === 'team')?.metadata.uid]);
});

test('without rights beside MTV, a vCenter is connected in a project of one’s own', async () => {
  const cluster = confined();
  const { user, container } = renderStep(<ConnectionStep />, { cluster, services: { fetchSettings } });
  expect(await screen.findByText(/You are not permitted to list Provider in openshift-mtv/)).toBeVisible();
  await fillForm(user);
  await connect(user);
  expect(projectField()).toHaveFocus();
  expect(projectField()).toHaveAccessibleDescription(/Enter a project in which you are an administrator/);
  expect(cluster.writes).toEqual([]);
  await user.type(projectField(), 'team');
  await connect(user);
  expect(await screen.findByText(/Saved\. MTV is connecting/)).toBeVisible();
  expect(cluster.all('providers').map(({ metadata }) => metadata.namespace)).toEqual(['team']);
  expect(cluster.all('secrets').map(({ metadata }) => metadata.namespace)).toEqual(['team']);
  expect(await axe(container)).toHaveNoViolations();
});

test('a Provider elsewhere is corrected where it is', async () => {
  const cluster = memoryCluster(mtv, 'team');
  cluster.put('providers', provider('team'));
  const { user } = renderStep(<ConnectionStep />, { cluster });
  await user.click(screen.getByRole('button', { name: 'Edit vc-of-team' }));
  await correct(user);
  expect(await screen.findByText(/Saved\. MTV is connecting/)).toBeVisible();
  expect(cluster.all('secrets').map(({ metadata }) => metadata.namespace)).toEqual(['team']);
  expect(cluster.all('providers')).toHaveLength(1);
  expect(screen.queryByRole('combobox', { name: /Project of the provider/ })).toBeNull();
});

test("what may be in MTV's project is not called absent by who may not look there", async () => {
  const cluster = confined();
  cluster.put('providers', provider('team'));
  renderPage(<PrepWizard />, { cluster, services: { fetchSettings }, project: 'team', step: 'summary' });
  const checks = within(await screen.findByRole('list', { name: 'Checks' }));
  const target = () =>
    checks.getAllByRole('listitem').find((item) => item.textContent.includes('This cluster as target'));
  await waitFor(() => {
    expect(target()).toHaveTextContent('You are not permitted to check this.');
  });
});
