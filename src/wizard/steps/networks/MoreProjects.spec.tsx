import { screen, within } from '@testing-library/react';
import { axe } from 'jest-axe';
import { ok } from '../../../domain/result';
import { dbInventory } from '../../../testing/db-inventory';
import { memoryCluster } from '../../../testing/memory-cluster';
import type { MemoryCluster } from '../../../testing/memory-cluster';
import { renderStep } from '../../../testing/render-step';
import { MoreProjects } from './MoreProjects';
import { NetworksStep } from './NetworksStep';

const project = 'migration-target';

const world = (): MemoryCluster => {
  const cluster = memoryCluster('openshift-mtv', project, 'team-b', 'team-c');
  cluster.put('providers', {
    metadata: { name: 'vcenter', namespace: 'openshift-mtv' },
    spec: { type: 'vsphere' },
    status: { phase: 'Ready' },
  });
  cluster.put('providers', {
    metadata: { name: 'host', namespace: 'openshift-mtv' },
    spec: { type: 'openshift', url: '' },
  });
  return cluster;
};

const opened = async (cluster: MemoryCluster) => {
  const rendered = renderStep(<NetworksStep />, {
    cluster,
    project,
    services: { fetchInventory: () => Promise.resolve(ok(dbInventory)) },
  });
  const { user } = rendered;
  await user.click(await screen.findByRole('combobox', { name: /Name of the bridge/ }));
  await user.paste('br1');
  await user.click(screen.getByRole('button', { name: 'Add further projects' }));
  const field = await screen.findByRole('combobox', { name: 'Further project' });
  const add = async (name: string) => {
    await user.click(field);
    await user.click(await screen.findByRole('option', { name }));
  };
  return { ...rendered, field, add };
};
const rows = () =>
  within(screen.getByRole('list', { name: 'Further projects' }))
    .getAllByRole('listitem')
    .map(({ textContent }) => textContent);
const made = (cluster: MemoryCluster) =>
  cluster.all('networkAttachmentDefinitions').map(({ metadata }) => `${metadata.namespace ?? ''}/${metadata.name}`);

test('three projects get the same networks in one go, and a network map each', async () => {
  const cluster = world();
  cluster.put('networkAttachmentDefinitions', {
    metadata: { name: 'by-hand', namespace: 'team-c' },
    spec: { config: JSON.stringify({ type: 'bridge', bridge: 'br1', vlan: 200 }) },
  });
  const { user, field, add, container } = await opened(cluster);
  expect(field).toHaveFocus();
  await add('team-b');
  await add('team-c');
  expect(rows()).toEqual([
    'team-b Will be created: 1. Already there: 0. Leave out team-b',
    'team-c Will be created: 0. Already there: 1. Leave out team-c',
  ]);
  expect(await axe(container)).toHaveNoViolations();
  await user.click(screen.getByRole('button', { name: 'Create networks' }));
  expect(await screen.findByText(/The networks exist/)).toBeVisible();
  const steps = within(screen.getByRole('list', { name: 'Changes on the cluster' }));
  expect(steps.getByText('Create NetworkAttachmentDefinition db-vlan-200 in team-b')).toBeVisible();
  expect(made(cluster)).toEqual(['team-c/by-hand', `${project}/db-vlan-200`, 'team-b/db-vlan-200']);

  await user.click(await screen.findByRole('button', { name: 'Create NetworkMaps' }));
  expect(await screen.findByText('The NetworkMap maps every selected port group.')).toBeVisible();
  expect(
    cluster.all('networkMaps').map(({ metadata, spec }) => [metadata.name, spec?.map?.[0]?.destination?.namespace]),
  ).toEqual([
    [`vcenter-${project}`, project],
    ['vcenter-team-b', 'team-b'],
    ['vcenter-team-c', 'team-c'],
  ]);
});

test('a project that is chosen already is said; one that is left out gets nothing', async () => {
  const cluster = world();
  const { user, field, add } = await opened(cluster);
  await add(project);
  expect(field).toHaveAccessibleDescription(/Project migration-target is chosen already\./);
  await add('team-b');
  await user.click(screen.getByRole('button', { name: 'Leave out team-b' }));
  expect(screen.queryByRole('list', { name: 'Further projects' })).toBeNull();
  expect(field).toHaveFocus();
  await user.click(screen.getByRole('button', { name: 'Create networks' }));
  expect(await screen.findByText(/The networks exist/)).toBeVisible();
  expect(made(cluster)).toEqual([`${project}/db-vlan-200`]);
});

test('names in the way in one project are told there, and nothing is written anywhere', async () => {
  const cluster = world();
  const names = ['db-vlan-200', 'db-vlan-200-br1', 'db-vlan-200-dvportgroup-1', 'db-vlan-200-dvportgroup-1-br1'];
  for (const name of names)
    cluster.put('networkAttachmentDefinitions', {
      metadata: { name, namespace: 'team-b' },
      spec: { config: JSON.stringify({ type: 'bridge', bridge: 'other', vlan: 200 }) },
    });
  const { user, add } = await opened(cluster);
  await add('team-b');
  expect(rows()[0]).toMatch(/Other networks have these names: db-vlan-200\./);
  await user.click(screen.getByRole('button', { name: 'Create networks' }));
  expect(await screen.findByText(/Project team-b already has another network named db-vlan-200/)).toBeVisible();
  expect(cluster.writes).toEqual([]);
});

test('nothing that was chosen is lost while the address lags behind', async () => {
  const cluster = world();
  const chosen: (readonly string[])[] = [];
  const wish = { project, provider: 'openshift-mtv/vcenter', portGroups: [] };
  const onChange = (projects: readonly string[]) => chosen.push(projects);
  const { user } = renderStep(<MoreProjects project={project} projects={[]} onChange={onChange} wish={wish} />, {
    cluster,
  });
  for (const name of ['team-b', 'team-c']) {
    await user.click(screen.getByRole('combobox', { name: 'Further project' }));
    await user.click(await screen.findByRole('option', { name }));
  }
  expect(chosen).toEqual([['team-b'], ['team-b', 'team-c']]);
});
