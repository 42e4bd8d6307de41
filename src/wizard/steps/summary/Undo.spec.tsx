import { act, screen, within } from '@testing-library/react';
import { axe } from 'jest-axe';
import { ownLabels } from '../../../domain/ownership';
import { memoryCluster } from '../../../testing/memory-cluster';
import type { MemoryCluster } from '../../../testing/memory-cluster';
import { renderStep } from '../../../testing/render-step';
import { SummaryStep } from './SummaryStep';

const mtv = 'openshift-mtv';

const prepared = (): MemoryCluster => {
  const cluster = memoryCluster(mtv, 'vms');
  cluster.put('providers', { metadata: { name: 'vc', namespace: mtv, labels: ownLabels }, spec: { type: 'vsphere' } });
  for (const name of ['free', 'used'])
    cluster.put('networkAttachmentDefinitions', { metadata: { name, namespace: 'vms', labels: ownLabels } });
  cluster.put('virtualMachines', {
    metadata: { name: 'vm', namespace: 'vms' },
    spec: { template: { spec: { networks: [{ name: 'n', multus: { networkName: 'used' } }] } } },
  });
  return cluster;
};

const listed = async (cluster: MemoryCluster) => {
  const { user } = renderStep(<SummaryStep />, { cluster, project: 'vms' });
  await act(() => Promise.resolve());
  await user.click(screen.getByRole('button', { name: 'Undo…' }));
  const dialog = await screen.findByRole('dialog', { name: 'Undo' });
  return {
    user,
    dialog,
    within: within(dialog),
    confirm: () => within(dialog).findByRole('button', { name: 'Undo what is listed' }),
  };
};

test('lists what goes and what stays, with the reason; cancelled, nothing has happened', async () => {
  const cluster = prepared();
  const { user, dialog, within: inside } = await listed(cluster);
  const going = within(await inside.findByRole('list', { name: 'What goes' }));
  expect(going.getAllByRole('listitem').map(({ textContent }) => textContent)).toEqual([
    'Delete NetworkAttachmentDefinition free in vms Migration Prep created it, and nothing needs it anymore.',
    'Delete Provider vc in openshift-mtv Migration Prep created it, and nothing needs it anymore.',
  ]);
  const staying = within(inside.getByRole('list', { name: 'What stays' }));
  expect(staying.getByRole('listitem')).toHaveTextContent(
    'NetworkAttachmentDefinition used VirtualMachine vms/vm needs it.',
  );
  expect(await axe(dialog)).toHaveNoViolations();
  await user.click(inside.getByRole('button', { name: 'Cancel' }));
  expect(screen.queryByRole('dialog')).toBeNull();
  expect(cluster.writes).toEqual([]);
});

test('undoes it object by object and says what came of it; then there is nothing to undo', async () => {
  const cluster = prepared();
  const { user, dialog, within: inside, confirm } = await listed(cluster);
  await user.click(await confirm());
  expect(await inside.findByText(/Done: what was listed is gone or set back\./)).toBeVisible();
  const steps = within(inside.getByRole('list', { name: 'Changes on the cluster' }));
  expect(steps.getByText('Delete Provider vc')).toBeVisible();
  expect(await axe(dialog)).toHaveNoViolations();
  await user.click(inside.getByRole('button', { name: 'List what is left' }));
  expect(await inside.findByText('There is nothing to undo.')).toBeVisible();
  expect(inside.getByRole('button', { name: 'Undo what is listed' })).toBeDisabled();
  expect(cluster.all('networkAttachmentDefinitions').map(({ metadata }) => metadata.name)).toEqual(['used']);
});

test('what fails is said with its remedy, and a retry goes on', async () => {
  const cluster = prepared();
  const { user, within: inside, confirm } = await listed(cluster);
  const button = await confirm();
  cluster.forbid('delete', 'providers');
  await user.click(button);
  expect(await inside.findByText(/You are not permitted to delete Provider/)).toBeVisible();
  cluster.permit('delete', 'providers');
  await user.click(inside.getByRole('button', { name: 'Retry' }));
  expect(await inside.findByText(/Done: what was listed/)).toBeVisible();
  expect(cluster.all('providers')).toEqual([]);
});

test('what somebody has begun to use since is said, and stays', async () => {
  const cluster = prepared();
  const { user, within: inside, confirm } = await listed(cluster);
  const button = await confirm();
  act(() => {
    cluster.put('networkMaps', {
      metadata: { name: 'map', namespace: mtv },
      spec: { map: [{ source: { id: 'a' }, destination: { type: 'multus', name: 'free', namespace: 'vms' } }] },
    });
  });
  await user.click(button);
  expect(await inside.findByText(/^free: NetworkMap openshift-mtv\/map needs it\./)).toBeVisible();
  expect(inside.getByText(/Done: the rest is gone or set back\./)).toBeVisible();
});

test('a viewer reads what is missing, and can undo nothing', async () => {
  const cluster = prepared();
  for (const kind of ['providers', 'networkAttachmentDefinitions'] as const) cluster.forbid('delete', kind);
  const { within: inside, confirm } = await listed(cluster);
  expect(await confirm()).toBeDisabled();
  expect(inside.getByText(/You are not permitted to delete Provider in openshift-mtv/)).toBeVisible();
  expect(inside.getByText('There is nothing to undo.')).toBeVisible();
});

test('who sees only some projects reads which were looked at', async () => {
  const cluster = prepared();
  cluster.confine('vms');
  const { within: inside } = await listed(cluster);
  expect(await inside.findByText(/only this was looked at: .*vms/)).toBeVisible();
  expect(inside.getByText('Delete NetworkAttachmentDefinition free in vms')).toBeVisible();
});
