import { screen, within } from '@testing-library/react';
import { axe } from 'jest-axe';
import { memoryCluster } from '../testing/memory-cluster';
import { PrepWizard } from './PrepWizard';
import { renderStep } from '../testing/render-step';

const steps = () => within(screen.getByRole('navigation', { name: 'Steps of Migration Prep' }));

describe('The wizard', () => {
  test('begins with the connection and keeps what is typed when another step is visited', async () => {
    const { user, container } = renderStep(<PrepWizard />, { cluster: memoryCluster('openshift-mtv') });
    await user.type(await screen.findByRole('textbox', { name: /Address of the vCenter/ }), 'vcenter.example.com');
    await user.click(steps().getByRole('button', { name: /Summary/ }));
    expect(await screen.findByRole('heading', { level: 2, name: 'Summary' })).toBeVisible();
    await user.click(steps().getByRole('button', { name: /Connection/ }));
    expect(await screen.findByRole('textbox', { name: /Address of the vCenter/ })).toHaveValue('vcenter.example.com');
    expect(await axe(container)).toHaveNoViolations();
  });

  test('opens the step of the address', async () => {
    renderStep(<PrepWizard />, { cluster: memoryCluster('openshift-mtv'), step: 'summary' });
    expect(await screen.findByText('None in openshift-mtv')).toBeVisible();
    expect(screen.getByRole('heading', { level: 2, name: 'Summary' })).toBeVisible();
  });

  test('a step that is chosen goes on from its beginning by keyboard; the page that opens takes no focus', async () => {
    const cluster = memoryCluster('openshift-mtv');
    cluster.put('forkliftControllers', {
      metadata: { name: 'forklift-controller', namespace: 'openshift-mtv' },
      spec: {},
    });
    const { user } = renderStep(<PrepWizard />, { cluster });
    expect(document.body).toHaveFocus();
    steps().getByRole('button', { name: /VDDK/ }).focus();
    await user.keyboard('{Enter}');
    expect(await screen.findByRole('radio', { name: 'Upload the archive from VMware' })).toBeVisible();
    await user.tab();
    expect(screen.getByRole('radio', { name: 'Upload the archive from VMware' })).toHaveFocus();
  });

  test('marks a step done when the cluster says so', () => {
    const cluster = memoryCluster('openshift-mtv');
    cluster.put('providers', {
      metadata: { name: 'vc', namespace: 'openshift-mtv' },
      spec: { type: 'vsphere' },
      status: { phase: 'Ready' },
    });
    renderStep(<PrepWizard />, { cluster });
    expect(steps().getByRole('button', { name: /Connection.*success|success.*Connection/i })).toBeVisible();
    expect(steps().queryByRole('button', { name: /Summary.*success|success.*Summary/i })).toBeNull();
  });
});
