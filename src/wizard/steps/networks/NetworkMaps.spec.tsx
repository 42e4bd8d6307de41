import { act, screen, within } from '@testing-library/react';
import { axe } from 'jest-axe';
import badSource from '../../../../sandbox/recorded/networkmap-bad-source.json';
import missingNad from '../../../../sandbox/recorded/networkmap-missing-nad.json';
import type { FailureCode } from '../../../domain/failure';
import type { NetworksWish } from '../../../domain/networks/arrange-nads';
import type { Condition } from '../../../domain/objects';
import { ok } from '../../../domain/result';
import { dbInventory } from '../../../testing/db-inventory';
import { memoryCluster } from '../../../testing/memory-cluster';
import type { MemoryCluster } from '../../../testing/memory-cluster';
import { renderStep } from '../../../testing/render-step';
import { NetworkMaps } from './NetworkMaps';
import { NetworksStep } from './NetworksStep';

const mtv = 'openshift-mtv';
const provider = {
  metadata: { name: 'vcenter', namespace: mtv, uid: 'u' },
  spec: { type: 'vsphere' },
  status: { phase: 'Ready' },
};

const wishFor = (project: string): NetworksWish => ({
  project,
  provider: `${mtv}/vcenter`,
  portGroups: [
    {
      id: 'dvportgroup-1',
      name: 'db',
      vlan: 200,
      network: { attachment: { kind: 'linux-bridge', bridge: 'br1' }, tag: 200, mtu: undefined, anyMac: false },
      copies: 1,
    },
  ],
});

const world = (...projects: readonly string[]): MemoryCluster => {
  const cluster = memoryCluster(mtv, ...projects);
  cluster.put('providers', provider);
  cluster.put('providers', { metadata: { name: 'host', namespace: mtv }, spec: { type: 'openshift', url: '' } });
  for (const namespace of projects)
    cluster.put('networkAttachmentDefinitions', {
      metadata: { name: 'db-200', namespace },
      spec: { config: JSON.stringify({ type: 'bridge', bridge: 'br1', vlan: 200 }) },
    });
  return cluster;
};
const shown = (cluster: MemoryCluster, ...projects: readonly string[]) =>
  renderStep(<NetworkMaps provider={provider} wishes={projects.map(wishFor)} />, { cluster });
/** MTV says this of the map of that name. */
const say = (cluster: MemoryCluster, name: string, conditions: readonly Condition[] | undefined) => {
  const map = cluster.all('networkMaps').find(({ metadata }) => metadata.name === name);
  if (!map) throw new Error(`no map ${name}`);
  act(() => {
    cluster.put('networkMaps', { ...map, status: { conditions: conditions ?? [], observedGeneration: 1 } });
  });
};
const accepted: readonly Condition[] = [{ type: 'Ready', status: 'True', category: 'Required' }];
const create = { name: 'Create a NetworkMap' };
const name = { name: 'Name of the NetworkMap for vms' };

test('is offered once every port group has its network', async () => {
  const cluster = world('vms');
  cluster.remove('networkAttachmentDefinitions', 'db-200', 'vms');
  const { user, container } = renderStep(<NetworksStep />, {
    cluster,
    project: 'vms',
    services: { fetchInventory: () => Promise.resolve(ok(dbInventory)) },
  });
  await user.click(await screen.findByRole('combobox', { name: /Name of the bridge/ }));
  await user.paste('br1');
  expect(screen.queryByRole('button', create)).toBeNull();
  await user.click(screen.getByRole('button', { name: 'Create networks' }));
  expect(await screen.findByRole('button', create)).toBeVisible();
  expect(screen.getByRole('textbox', name)).toHaveValue('vcenter-vms');
  expect(await axe(container)).toHaveNoViolations();
});

test("creates it, follows what MTV says of it, and leads to the map and to MTV's wizard", async () => {
  const cluster = world('vms');
  const { user, container } = shown(cluster, 'vms');
  await user.click(screen.getByRole('button', create));
  expect(await screen.findByText('The NetworkMap maps every selected port group.')).toBeVisible();
  expect(screen.getByText(/MTV has not looked at it yet/)).toBeVisible();
  expect(screen.queryByRole('link', { name: 'Create a migration plan' })).toBeNull();

  say(cluster, 'vcenter-vms', missingNad[0]?.conditions);
  expect(within(screen.getByRole('list', { name: 'What MTV says' })).getByRole('listitem')).toHaveTextContent(
    'These networks are not there: vms/app-100b. Create them again.',
  );
  expect(await axe(container)).toHaveNoViolations();
  say(cluster, 'vcenter-vms', badSource[0]?.conditions);
  expect(screen.getByText(/MTV accepts it, with a warning/)).toBeVisible();
  say(cluster, 'vcenter-vms', accepted);
  expect(screen.getByText(/MTV accepts it\. Migration plans can use it/)).toBeVisible();
  expect(screen.getByRole('link', { name: 'NetworkMap vcenter-vms' })).toHaveAttribute(
    'href',
    `/k8s/ns/${mtv}/forklift.konveyor.io~v1beta1~NetworkMap/vcenter-vms`,
  );
  expect(screen.getByRole('link', { name: 'Create a migration plan' })).toHaveAttribute(
    'href',
    `/k8s/ns/${mtv}/forklift.konveyor.io~v1beta1~Plan/~new`,
  );
  expect(screen.getByText(/an existing network map: vcenter-vms/)).toBeVisible();
  expect(await axe(container)).toHaveNoViolations();

  await user.click(screen.getByRole('button', { name: 'Update the NetworkMap' }));
  expect(await screen.findByText(/Nothing to do: the NetworkMap already maps/)).toBeVisible();
  expect(cluster.writes).toHaveLength(1);
});

test('a name that somebody else has is said before anything is written, and another one is taken', async () => {
  const cluster = world('vms');
  cluster.put('networkMaps', { metadata: { name: 'vcenter-vms', namespace: mtv } });
  const { user } = shown(cluster, 'vms');
  await user.click(screen.getByRole('button', create));
  const field = screen.getByRole('textbox', name);
  expect(field).toHaveFocus();
  expect(field).toHaveAccessibleDescription(/was not created by Migration Prep and is left as it is/);
  expect(cluster.writes).toEqual([]);
  await user.clear(field);
  expect(field).toHaveAccessibleDescription(/^Enter a name\./);
  await user.type(field, 'mine');
  await user.click(screen.getByRole('button', create));
  expect(await screen.findByText('The NetworkMap maps every selected port group.')).toBeVisible();
  expect(cluster.all('networkMaps').map(({ metadata }) => metadata.name)).toEqual(['vcenter-vms', 'mine']);
});

test('several projects get a map each in one go, under different names', async () => {
  const cluster = world('vms', 'team-b');
  const { user } = shown(cluster, 'vms', 'team-b');
  const other = screen.getByRole('textbox', { name: 'Name of the NetworkMap for team-b' });
  await user.clear(other);
  await user.type(other, 'vcenter-vms');
  await user.click(screen.getByRole('button', { name: 'Create NetworkMaps' }));
  expect(other).toHaveAccessibleDescription(/Each project needs a NetworkMap of its own/);
  await user.type(other, '-b');
  await user.click(screen.getByRole('button', { name: 'Create NetworkMaps' }));
  expect(await screen.findByText('The NetworkMap maps every selected port group.')).toBeVisible();
  expect(cluster.all('networkMaps').map(({ metadata }) => metadata.name)).toEqual(['vcenter-vms', 'vcenter-vms-b']);
  for (const each of ['vcenter-vms', 'vcenter-vms-b']) say(cluster, each, accepted);
  expect(screen.getByText(/vcenter-vms → vms, vcenter-vms-b → team-b/)).toBeVisible();
});

test('a preview shows it and writes nothing', async () => {
  const cluster = world('vms');
  const { user } = shown(cluster, 'vms');
  await user.click(screen.getByRole('button', { name: 'Preview' }));
  const dialog = within(await screen.findByRole('dialog', { name: 'Preview' }));
  expect(await dialog.findByText('Plan: 1 to create, 0 to change, 0 to delete.')).toBeVisible();
  expect(cluster.writes).toEqual([]);
});

test('what MTV says is not known where maps may not be listed', () => {
  const cluster = world('vms');
  cluster.forbid('list', 'networkMaps');
  shown(cluster, 'vms');
  expect(screen.getByText(/What MTV says of network maps is not known\. You are not permitted to list/)).toBeVisible();
});

test.each<[string, FailureCode, 'before' | 'after', boolean]>([
  ['the answer is lost', 'Unreachable', 'after', true],
  ['403', 'Forbidden', 'before', false],
  ['409', 'Conflict', 'before', true],
  ['429', 'TooManyRequests', 'before', true],
  ['500', 'ServerError', 'before', true],
])('%s: it passes or is said, and afterwards the map is there once', async (_, failure, when, passes) => {
  const cluster = world('vms');
  cluster.fail({ verb: 'create', kind: 'networkMaps', failure, when });
  const { user } = shown(cluster, 'vms');
  await user.click(screen.getByRole('button', create));
  if (!passes) {
    expect(await screen.findByText(/You are not permitted to create NetworkMap in openshift-mtv/)).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Retry' }));
  }
  expect(
    await screen.findByText('The NetworkMap maps every selected port group.', {}, { timeout: 5000 }),
  ).toBeVisible();
  expect(cluster.all('networkMaps')).toHaveLength(1);
});
