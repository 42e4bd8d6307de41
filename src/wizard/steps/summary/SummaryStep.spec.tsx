import { screen, within } from '@testing-library/react';
import { axe } from 'jest-axe';
import { memoryCluster } from '../../../cluster/memory-cluster';
import { ownLabels } from '../../../domain/ownership';
import { renderStep } from '../../render-step';
import { SummaryStep } from './SummaryStep';

const mtv = 'openshift-mtv';
const idle = {
  conditions: [
    { type: 'Successful', status: 'True' },
    { type: 'Running', status: 'True', reason: 'Successful' },
  ],
};

const preparedCluster = () => {
  const cluster = memoryCluster(mtv, 'vms');
  cluster.put('forkliftControllers', {
    metadata: { name: 'forklift-controller', namespace: mtv },
    spec: { vddk_image: 'registry/vddk@sha256:1' },
    status: idle,
  });
  cluster.put('providers', {
    metadata: { name: 'vc', namespace: mtv, labels: ownLabels },
    spec: { type: 'vsphere', secret: { name: 'vc-credentials', namespace: mtv } },
    status: { phase: 'Ready' },
  });
  cluster.put('networkAttachmentDefinitions', { metadata: { name: 'vlan-100', namespace: 'vms', labels: ownLabels } });
  return cluster;
};

const check = (name: string) => screen.getByText(name).closest('li') as HTMLElement;

describe('Summary', () => {
  test('says of an empty cluster what is to be done', () => {
    renderStep(<SummaryStep />, { cluster: memoryCluster(mtv) });
    expect(within(check('vSphere provider')).getByRole('img', { name: 'To be done' })).toBeVisible();
    expect(screen.getByText('No vSphere provider is connected.')).toBeVisible();
    expect(screen.getByText('No network for virtual machines is set up.')).toBeVisible();
    expect(screen.queryByRole('link', { name: 'Create a migration plan' })).toBeNull();
  });

  test('leads to a migration plan when everything is ready, and lists what we created and nothing else', async () => {
    const cluster = preparedCluster();
    cluster.put('providers', { metadata: { name: 'somebody-elses', namespace: mtv } });
    const { container } = renderStep(<SummaryStep />, { cluster, project: 'vms' });
    expect(screen.getByRole('link', { name: 'Create a migration plan' })).toHaveAttribute(
      'href',
      '/k8s/all-namespaces/forklift.konveyor.io~v1beta1~Plan/~new',
    );
    const created = screen.getByRole('region', { name: 'Created by Migration Prep' });
    expect(within(created).getByText('vc with Secret vc-credentials')).toBeVisible();
    expect(within(created).getByText('vlan-100')).toBeVisible();
    expect(within(created).queryByText(/somebody-elses/)).toBeNull();
    expect(await axe(container)).toHaveNoViolations();
  });

  test('does not call a roll-out ready that is under way', () => {
    const cluster = preparedCluster();
    cluster.put('forkliftControllers', {
      metadata: { name: 'forklift-controller', namespace: mtv },
      spec: { vddk_image: 'registry/vddk@sha256:1' },
      status: { conditions: [{ type: 'Running', status: 'True', reason: 'Running' }] },
    });
    renderStep(<SummaryStep />, { cluster });
    expect(within(check('VDDK image')).getByRole('img', { name: 'Under way' })).toBeVisible();
    expect(screen.queryByRole('link', { name: 'Create a migration plan' })).toBeNull();
  });

  test('says that it does not know what the user may not see', () => {
    const cluster = preparedCluster();
    cluster.forbid('list', 'providers');
    cluster.forbid('list', 'imageStreams');
    renderStep(<SummaryStep />, { cluster });
    expect(within(check('vSphere provider')).getByRole('img', { name: 'Not known' })).toBeVisible();
    expect(screen.getByText(/You may not list ImageStream in openshift-mtv/)).toBeVisible();
  });

  test('says that MTV is missing', () => {
    const cluster = memoryCluster(mtv);
    cluster.uninstall('providers');
    cluster.uninstall('forkliftControllers');
    renderStep(<SummaryStep />, { cluster });
    expect(screen.getAllByText('Migration Toolkit for Virtualization is not installed.')).toHaveLength(2);
  });
});
