import { act, screen, within } from '@testing-library/react';
import { axe } from 'jest-axe';
import { memoryCluster } from '../../../testing/memory-cluster';
import type { Services } from '../../../cluster/services';
import type { InventoryNetwork, InventorySnapshot } from '../../../domain/networks/inventory';
import { err, ok } from '../../../domain/result';
import { renderStep } from '../../../testing/render-step';
import { NetworksStep } from './NetworksStep';

const project = 'migration-target';
const group = (name: string, vlanId: string): InventoryNetwork => ({
  id: `dvportgroup-${name}`,
  name,
  path: `/DC0/network/${name}`,
  variant: 'DvPortGroup',
  vlanId,
  dvSwitch: { id: 'dvs-8' },
});
const on = (name: string) => ({ id: `vm-${name}`, name, networks: [{ id: `dvportgroup-${name}` }] });
const snapshot: InventorySnapshot = {
  networks: [group('app', '100'), group('db', '200'), group('trunk', '10-20'), group('idle', '7')],
  hosts: [],
  vms: [on('app'), on('db'), on('trunk')],
};

const world = (inventory: InventorySnapshot = snapshot) => {
  const cluster = memoryCluster('openshift-mtv', project);
  cluster.put('providers', {
    metadata: { name: 'vcenter', namespace: 'openshift-mtv' },
    spec: { type: 'vsphere' },
    status: { phase: 'Ready' },
  });
  return { cluster, services: { fetchInventory: () => Promise.resolve(ok(inventory)) } };
};
const existing = (name: string, vlan: number, bridge = 'br1') => ({
  metadata: { name, namespace: project },
  spec: { config: JSON.stringify({ type: 'bridge', bridge, vlan }) },
});
const row = (name: string) => screen.getByRole('row', { name: new RegExp(`Network for ${name} `) });
const create = { name: 'Create networks' };

describe('Networks', () => {
  test('creates what is missing, leaves what is there, asks what is in doubt', async () => {
    const { cluster, services } = world();
    cluster.put('networkAttachmentDefinitions', existing('by-hand', 100));
    const { user, container } = renderStep(<NetworksStep />, { cluster, services, project });
    await user.type(await screen.findByRole('combobox', { name: /Name of the bridge/ }), 'br1');
    expect(row('app')).toHaveTextContent('by-hand: already exists');
    expect(row('db')).toHaveTextContent('db-vlan-200: will be created');
    expect(screen.queryByText('idle')).not.toBeInTheDocument();

    await user.click(screen.getByRole('button', create));
    const question = screen.getByRole('combobox', { name: 'VLAN of trunk' });
    expect(within(row('trunk')).getByRole('alert')).toHaveTextContent('Choose the VLAN');
    expect(question).toHaveFocus();
    expect(question).toHaveAccessibleDescription(/A trunk carries several VLANs/);
    expect(cluster.writes).toEqual([]);

    await user.selectOptions(question, 'One VLAN');
    const number = screen.getByRole('textbox', { name: 'VLAN number of trunk' });
    await user.type(number, '4095');
    await user.click(screen.getByRole('button', create));
    expect(within(row('trunk')).getByText(/4095 means every VLAN/)).toBeVisible();
    await user.clear(number);
    await user.type(number, '15');
    expect(await axe(container)).toHaveNoViolations();
    await user.click(screen.getByRole('button', create));
    expect(await screen.findByText(/The networks exist/)).toBeVisible();
    expect(
      cluster
        .all('networkAttachmentDefinitions')
        .map(({ metadata }) => metadata.name)
        .sort(),
    ).toEqual(['by-hand', 'db-vlan-200', 'trunk-vlan-15']);

    await user.click(screen.getByRole('button', create));
    expect(await screen.findByText(/Nothing to do/)).toBeVisible();
  });

  test('a preview shows what is missing and creates nothing; of what is there, that nothing is to be done', async () => {
    const { cluster, services } = world({ ...snapshot, networks: [group('db', '200')] });
    const { user } = renderStep(<NetworksStep />, { cluster, services, project });
    const form = () => screen.getByRole('form', { name: 'Networks for the virtual machines' });
    const preview = async () => {
      // The one of the networks, not that of the network map.
      await user.click(within(form()).getByRole('button', { name: 'Preview' }));
      return within(await screen.findByRole('dialog', { name: 'Preview' }));
    };
    await user.click(await screen.findByRole('button', { name: 'Preview' }));
    expect(screen.getByRole('combobox', { name: /Name of the bridge/ })).toHaveFocus();
    await user.type(screen.getByRole('combobox', { name: /Name of the bridge/ }), 'br1');
    const first = await preview();
    expect(await first.findByText('Plan: 1 to create, 0 to change, 0 to delete.')).toBeVisible();
    expect(first.getByText(/\+ spec\.config: .*"vlan":200/)).toBeVisible();
    expect(cluster.writes).toEqual([]);
    await user.keyboard('{Escape}');
    await user.click(screen.getByRole('button', create));
    await screen.findByText(/The networks exist/);
    expect(await (await preview()).findByText(/Nothing to do: the cluster already is as you want it/)).toBeVisible();
  });

  test('a network of the project default counts as there', async () => {
    const { cluster, services } = world({ ...snapshot, networks: [group('db', '200')] });
    cluster.put('networkAttachmentDefinitions', {
      ...existing('for-all', 200),
      metadata: { name: 'for-all', namespace: 'default' },
    });
    const { user } = renderStep(<NetworksStep />, { cluster, services, project });
    await user.type(await screen.findByRole('combobox', { name: /Name of the bridge/ }), 'br1');
    expect(row('db')).toHaveTextContent('default/for-all: already exists');
    await user.click(screen.getByRole('button', create));
    expect(await screen.findByText(/Nothing to do/)).toBeVisible();
    expect(cluster.writes).toEqual([]);
  });

  test('a skipped port group gets nothing; chosen again, it is asked about again', async () => {
    const { cluster, services } = world();
    const { user } = renderStep(<NetworksStep />, { cluster, services, project });
    await user.selectOptions(await screen.findByRole('combobox', { name: 'VLAN of trunk' }), 'Skip this port group');
    expect(within(row('trunk')).getByRole('checkbox')).not.toBeChecked();
    expect(screen.queryByRole('combobox', { name: 'VLAN of trunk' })).toBeNull();
    await user.click(within(row('trunk')).getByRole('checkbox'));
    expect(screen.getByRole('combobox', { name: 'VLAN of trunk' })).toHaveDisplayValue('Choose…');
  });

  test('all questions that are open and shown are answered at once, and those that are answered stay', async () => {
    const trunks = ['one', 'two', 'three', 'other'].map((name) => group(name, '0-4094'));
    const { cluster, services } = world({ ...snapshot, networks: trunks });
    const { user } = renderStep(<NetworksStep />, { cluster, services, project });
    const answerTo = (name: string) => screen.getByRole('combobox', { name: `VLAN of ${name}` });
    await user.click(await screen.findByRole('checkbox', { name: /without virtual machines/ }));
    for (const name of ['one', 'two', 'three', 'other']) {
      const chosen = within(row(name)).getByRole('checkbox');
      if (!(chosen as HTMLInputElement).checked) await user.click(chosen);
    }
    await user.selectOptions(answerTo('two'), 'One VLAN');
    await user.type(screen.getByRole('textbox', { name: 'Filter by name' }), 'o');
    // "three" has no o.
    const all = screen.getByRole('combobox', { name: /Answer all open VLAN questions .*\(2\)/ });
    await user.selectOptions(all, 'Untagged');
    await user.clear(screen.getByRole('textbox', { name: 'Filter by name' }));
    expect(['one', 'two', 'three', 'other'].map((name) => (answerTo(name) as HTMLSelectElement).value)).toEqual([
      'untagged',
      'vlan',
      '',
      'untagged',
    ]);
  });

  test('of many port groups one page is drawn; what is to be mended is led to, on whatever page', async () => {
    const names = Array.from({ length: 120 }, (_, at) => `group-${String(at).padStart(3, '0')}`);
    const networks = names.map((name) => group(name, name === 'group-110' ? '10-20' : '100'));
    const { cluster, services } = world({ networks, hosts: [], vms: names.map(on) });
    const { user, container } = renderStep(<NetworksStep />, { cluster, services, project });
    await user.click(await screen.findByRole('combobox', { name: /Name of the bridge/ }));
    await user.paste('br1');
    const drawn = () => screen.getAllByRole('checkbox', { name: /^Network for / }).length;
    expect(drawn()).toBe(50);
    expect(screen.getByText('120 of 120 port groups shown')).toBeVisible();
    const pages = within(screen.getByRole('navigation', { name: 'Pages of port groups' }));
    await user.click(pages.getByRole('button', { name: 'Next page' }));
    expect(screen.getByRole('checkbox', { name: 'Network for group-099' })).toBeVisible();
    expect(await axe(container)).toHaveNoViolations();

    await user.type(screen.getByRole('textbox', { name: 'Filter by name' }), 'group-00');
    expect(drawn()).toBe(10);
    await user.click(screen.getByRole('button', create));
    expect(screen.getByRole('combobox', { name: 'VLAN of group-110' })).toHaveFocus();
    expect(screen.getByRole('textbox', { name: 'Filter by name' })).toHaveValue('');
  });

  test('a name in the way can be answered with another name', async () => {
    const { cluster, services } = world({ ...snapshot, networks: [group('db', '200')] });
    for (const name of [
      'db-vlan-200',
      'db-vlan-200-br1',
      'db-vlan-200-dvportgroup-db',
      'db-vlan-200-dvportgroup-db-br1',
    ]) {
      cluster.put('networkAttachmentDefinitions', existing(name, 200, 'other'));
    }
    const { user } = renderStep(<NetworksStep />, { cluster, services, project });
    await user.type(await screen.findByRole('combobox', { name: /Name of the bridge/ }), 'br1');
    expect(row('db')).toHaveTextContent('db-vlan-200: name already used by another network');
    await user.click(screen.getByRole('button', create));
    expect(await screen.findByText(/already has another network named db-vlan-200/)).toBeVisible();
    await user.type(screen.getByRole('textbox', { name: 'Name of the network for db' }), 'database');
    await user.click(screen.getByRole('button', create));
    expect(await screen.findByText(/The networks exist/)).toBeVisible();
    expect(cluster.all('networkAttachmentDefinitions').map(({ metadata }) => metadata.name)).toContain('database');
  });

  test('finds by name, and shows port groups without virtual machines on request', async () => {
    const { cluster, services } = world();
    const { user } = renderStep(<NetworksStep />, { cluster, services, project });
    expect(await screen.findByText('3 of 4 port groups shown')).toBeVisible();
    await user.click(screen.getByRole('checkbox', { name: /Also show port groups without/ }));
    expect(screen.getByText('4 of 4 port groups shown')).toBeVisible();
    await user.type(screen.getByRole('textbox', { name: 'Filter by name' }), 'DB');
    expect(screen.getByText('1 of 4 port groups shown')).toBeVisible();
    expect(row('db')).toBeVisible();
  });

  test('without a right, the right is named', async () => {
    const { cluster, services } = world({ ...snapshot, networks: [group('db', '200')] });
    cluster.fail({ verb: 'create', kind: 'networkAttachmentDefinitions', failure: 'Forbidden', times: 9 });
    const { user } = renderStep(<NetworksStep />, { cluster, services, project });
    await user.type(await screen.findByRole('combobox', { name: /Name of the bridge/ }), 'br1');
    await user.click(screen.getByRole('button', create));
    expect(
      await screen.findByText(/You are not permitted to create NetworkAttachmentDefinition in migration-target/),
    ).toBeVisible();
  });

  test('an inventory that is still read is asked for again; one that cannot be read can be retried', async () => {
    const { cluster } = world();
    const answers = [err({ code: 'Loading' as const }), err({ code: 'ServerError' as const }), ok(snapshot)];
    const fetchInventory = () => Promise.resolve(answers.shift() ?? ok(snapshot));
    const { user } = renderStep(<NetworksStep />, { cluster, services: { fetchInventory }, project });
    expect(await screen.findByText(/The inventory service could not answer/)).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Retry' }));
    expect(await screen.findByText('3 of 4 port groups shown')).toBeVisible();
  });

  test('keeps form, typing and focus while MTV restarts, and says so', async () => {
    const { cluster, services } = world();
    const { user, container } = renderStep(<NetworksStep />, { cluster, services, project });
    const bridge = await screen.findByRole('combobox', { name: /Name of the bridge/ });
    await user.type(bridge, 'br-');
    const become = (phase: string) => {
      act(() => {
        cluster.put('providers', {
          metadata: { name: 'vcenter', namespace: 'openshift-mtv' },
          spec: { type: 'vsphere' },
          status: { phase },
        });
      });
    };
    become('Staging');
    expect(await screen.findByText(/MTV is restarting/)).toBeVisible();
    await user.type(bridge, 'new');
    expect(bridge).toHaveFocus();
    expect(bridge).toHaveValue('br-new');
    expect(await axe(container)).toHaveNoViolations();
    become('ConnectionFailed');
    expect(screen.getByText('MTV can no longer connect to vcenter')).toBeVisible();
    become('Ready');
    expect(screen.queryByText(/MTV is restarting|cannot connect/)).toBeNull();
    act(() => {
      cluster.forbid('list', 'providers');
    });
    expect(screen.getByText('The cluster does not report the state of vcenter')).toBeVisible();
    expect(screen.getByRole('combobox', { name: /Name of the bridge/ })).toBe(bridge);
    expect(bridge).toHaveFocus();
    expect(bridge).toHaveValue('br-new');
  });

  test('opened while MTV restarts, it goes on by itself', async () => {
    const { cluster } = world();
    const provider = (phase: string) => ({
      metadata: { name: 'vcenter', namespace: 'openshift-mtv' },
      spec: { type: 'vsphere' },
      status: { phase },
    });
    cluster.put('providers', provider('Staging'));
    let answer: Awaited<ReturnType<Services['fetchInventory']>> = err({ code: 'Down' });
    renderStep(<NetworksStep />, { cluster, services: { fetchInventory: () => Promise.resolve(answer) }, project });
    expect(screen.getByText(/MTV is restarting or connecting to vcenter/)).toBeVisible();
    act(() => {
      cluster.put('providers', provider('Ready'));
    });
    expect(await screen.findByText(/MTV is probably restarting/)).toBeVisible();
    answer = err({ code: 'Loading' });
    expect(await screen.findByText(/still reading this vCenter/)).toBeVisible();
    answer = ok(snapshot);
    expect(await screen.findByText('3 of 4 port groups shown')).toBeVisible();
  });

  test('without a vCenter it leads to the step that connects one', async () => {
    const { container } = renderStep(<NetworksStep />, { cluster: memoryCluster('openshift-mtv') });
    expect(screen.getByRole('button', { name: 'Connect a vCenter' })).toBeVisible();
    expect(await axe(container)).toHaveNoViolations();
  });

  test('without MTV it says what to install', () => {
    const cluster = memoryCluster('openshift-mtv');
    cluster.uninstall('providers');
    renderStep(<NetworksStep />, { cluster });
    expect(screen.getByText('Migration Toolkit for Virtualization is not installed')).toBeVisible();
  });
});
