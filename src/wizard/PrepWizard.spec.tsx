import { screen, within } from '@testing-library/react';
import { axe } from 'jest-axe';
import { memoryCluster } from '../testing/memory-cluster';
import { PrepWizard } from './PrepWizard';
import { renderPage } from '../testing/render-step';

const mtv = 'openshift-mtv';
const steps = () => within(screen.getByRole('navigation', { name: 'Steps of Migration Prep' }));
const footer = (name: string) => screen.getByRole('button', { name });
const stateOf = (name: string) => steps().getByRole('button', { name });

/** With MTV, and a vCenter whose Provider is in this phase. */
const withProvider = (phase?: string) => {
  const cluster = memoryCluster(mtv);
  cluster.put('forkliftControllers', { metadata: { name: 'forklift-controller', namespace: mtv }, spec: {} });
  if (phase !== undefined) {
    cluster.put('providers', {
      metadata: { name: 'vc', namespace: mtv },
      spec: { type: 'vsphere' },
      status: { phase },
    });
  }
  return cluster;
};

/** What only the prerequisites are judged by. */
const lookedAt = [
  'subscriptions',
  'clusterExtensions',
  'clusterServiceVersions',
  'operatorGroups',
  'lvmClusters',
  'nmStates',
  'hyperConvergeds',
  'daemonSets',
  'deployments',
  'imageRegistryConfigs',
  'imageConfigs',
  'consolePlugins',
] as const;

describe('The wizard', () => {
  test('keeps what is typed when another step is visited', async () => {
    const { user, container } = renderPage(<PrepWizard />, { cluster: memoryCluster(mtv), step: 'connection' });
    await user.type(await screen.findByRole('textbox', { name: /Address of the vCenter/ }), 'vcenter.example.com');
    await user.click(steps().getByRole('button', { name: /Summary/ }));
    expect(await screen.findByRole('heading', { level: 2, name: 'Summary' })).toBeVisible();
    await user.click(steps().getByRole('button', { name: /Connection/ }));
    expect(await screen.findByRole('textbox', { name: /Address of the vCenter/ })).toHaveValue('vcenter.example.com');
    expect(await axe(container)).toHaveNoViolations();
  });

  test('opens the first step in which something is to be done, and leaves the focus where it is', async () => {
    const cluster = withProvider();
    renderPage(<PrepWizard />, { cluster });
    expect(await screen.findByRole('heading', { level: 2, name: 'Prerequisites' })).toBeVisible();
    expect(await screen.findByText('OpenShift Virtualization is not installed.')).toBeVisible();
    expect(document.body).toHaveFocus();
  });

  test('opens the connection for those who may not look at the prerequisites, and does not wait for them', async () => {
    const cluster = withProvider();
    cluster.put('providers', {
      metadata: { name: 'host', namespace: mtv },
      spec: { type: 'openshift', url: '' },
      status: { phase: 'Ready' },
    });
    for (const kind of [...lookedAt, 'storageClasses', 'buildConfigs'] as const) cluster.forbid('list', kind);
    renderPage(<PrepWizard />, { cluster });
    expect(await screen.findByRole('heading', { level: 2, name: 'Connection' })).toBeVisible();
    expect(stateOf('Prerequisites')).toHaveAccessibleDescription('No permission');
    expect(stateOf('Summary')).toHaveAccessibleDescription('Waiting for Connection');
    expect(document.body).toHaveFocus();
  });

  test('opens the step of the address', async () => {
    renderPage(<PrepWizard />, { cluster: memoryCluster(mtv), step: 'summary' });
    expect(await screen.findByText('None in openshift-mtv')).toBeVisible();
    expect(screen.getByRole('heading', { level: 2, name: 'Summary' })).toBeVisible();
  });

  test('a step that is chosen goes on from its beginning by keyboard; the page that opens takes no focus', async () => {
    const { user } = renderPage(<PrepWizard />, { cluster: withProvider() });
    expect(document.body).toHaveFocus();
    steps().getByRole('button', { name: /VDDK/ }).focus();
    await user.keyboard('{Enter}');
    expect(await screen.findByRole('radio', { name: 'Upload the archive from VMware' })).toBeVisible();
    await user.tab();
    expect(screen.getByRole('link', { name: 'Help with this step' })).toHaveFocus();
    await user.tab();
    expect(screen.getByRole('radio', { name: 'Upload the archive from VMware' })).toHaveFocus();
  });

  test('leads on and back by its footer: from the first step nowhere back, from the last one nowhere on', async () => {
    const { user } = renderPage(<PrepWizard />, { cluster: withProvider() });
    expect(await screen.findByRole('heading', { level: 2, name: 'Prerequisites' })).toBeVisible();
    expect(footer('Back')).toBeDisabled();
    for (const name of ['Connection', 'VDDK', 'ESXi hosts', 'Networks', 'Summary']) {
      await user.click(footer('Next'));
      expect(await screen.findByRole('heading', { level: 2, name })).toBeVisible();
    }
    expect(screen.queryByRole('button', { name: 'Next' })).toBeNull();
    await user.click(footer('Back'));
    expect(await screen.findByRole('heading', { level: 2, name: 'Networks' })).toBeVisible();
    expect(stateOf('Networks')).toHaveAttribute('aria-current', 'step');
  });

  test.each([
    [undefined, 'Needs attention', 'Waiting for Connection'],
    ['Ready', 'Done', 'Needs attention'],
    ['ConnectionFailed', 'Needs attention', 'Waiting for Connection'],
    ['Staging', 'Under way', 'Waiting for Connection'],
  ])('with a provider that is %s says of the connection: %s', async (phase, connection, networks) => {
    renderPage(<PrepWizard />, { cluster: withProvider(phase), step: 'connection' });
    await steps().findByRole('button', { name: 'Prerequisites', description: 'Needs attention' });
    expect(await steps().findByRole('button', { name: 'Connection', description: connection })).toBeVisible();
    expect(stateOf('Networks')).toHaveAccessibleDescription(networks);
    expect(stateOf('Summary')).toHaveAccessibleDescription('Waiting for Prerequisites');
    expect(screen.getByRole('button', { name: '2 Connection', expanded: false })).toHaveAccessibleDescription(
      connection,
    );
  });
});
