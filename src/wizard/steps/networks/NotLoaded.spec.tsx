import { screen } from '@testing-library/react';
import { ok } from '../../../domain/result';
import { dbInventory } from '../../../testing/db-inventory';
import { memoryCluster } from '../../../testing/memory-cluster';
import { renderStep } from '../../../testing/render-step';
import { NetworksStep } from './NetworksStep';

// The console's server has other files by now: the plugin was updated.
jest.mock('../../../domain/networks/plan-nads', () => {
  throw new Error('Loading chunk 9 failed');
});

test('what plans the networks cannot be fetched: that is said, nothing is written, and what was typed stays', async () => {
  const cluster = memoryCluster('openshift-mtv', 'vms');
  cluster.put('providers', {
    metadata: { name: 'vcenter', namespace: 'openshift-mtv' },
    spec: { type: 'vsphere' },
    status: { phase: 'Ready' },
  });
  const services = { fetchInventory: () => Promise.resolve(ok(dbInventory)) };
  const { user } = renderStep(<NetworksStep />, { cluster, services, project: 'vms' });
  const bridge = await screen.findByRole('combobox', { name: /Name of the bridge/ });
  await user.type(bridge, 'br1');
  await user.click(screen.getByRole('button', { name: 'Create networks' }));
  expect(await screen.findByText('This part of the page could not be loaded', { exact: false })).toBeVisible();
  expect(screen.getByRole('button', { name: 'Retry' })).toBeVisible();
  expect(screen.getByRole('button', { name: 'Create networks' })).toBeEnabled();
  expect(bridge).toHaveValue('br1');
  expect(cluster.writes).toEqual([]);
});
