import { screen, waitFor, within } from '@testing-library/react';
import { axe } from 'jest-axe';
import { ok } from '../../../../domain/result';
import { card, nodeOf, reportOf } from '../../../../testing/cards';
import { memoryCluster } from '../../../../testing/memory-cluster';
import type { MemoryCluster } from '../../../../testing/memory-cluster';
import { memoryNmstate } from '../../../../testing/memory-nmstate';
import type { MemoryNmstate } from '../../../../testing/memory-nmstate';
import { renderStep } from '../../../../testing/render-step';
import { NetworksStep } from '../NetworksStep';

const workers = ['worker-0', 'worker-1', 'worker-2'];
const networks = [
  {
    id: 'pg-1',
    name: 'app-10',
    path: '/DC/network/app-10',
    variant: 'DvPortGroup',
    vlanId: '10',
    dvSwitch: { id: 'dvs-8' },
  },
] as const;
const vms = [{ id: 'vm', name: 'vm', networks: [{ id: 'pg-1' }], nics: [{ network: { id: 'pg-1' } }] }];

const open = async (
  prepare: (all: MemoryCluster, nmstate: MemoryNmstate) => void = () => undefined,
  kind = 'bridge',
) => {
  const all = memoryCluster('openshift-mtv', 'vms');
  all.put('providers', {
    metadata: { name: 'vcenter', namespace: 'openshift-mtv' },
    spec: { type: 'vsphere' },
    status: { phase: 'Ready' },
  });
  for (const name of workers) {
    all.put('nodes', nodeOf(name));
    all.put('nodeNetworkStates', reportOf(name, card('eno2'), card('eno3', { controller: 'bond0' })));
  }
  const nmstate = memoryNmstate(all);
  prepare(all, nmstate);
  let meanwhile: () => void = () => undefined;
  const cluster: MemoryCluster = {
    ...all,
    // As in a real wait, the page shows what was seen before.
    pause: async () => {
      await all.pause(0);
      meanwhile();
      nmstate.act();
    },
  };
  const fetchInventory = () => Promise.resolve(ok({ networks, hosts: [], vms }));
  const shown = renderStep(<NetworksStep />, { cluster, services: { fetchInventory }, project: 'vms' });
  // The mapping on br-ex is what all nodes have, so it is suggested.
  await screen.findByText('Suggested');
  const attachment = kind === 'bridge' ? /^Linux bridge/ : /^OVN localnet/;
  await shown.user.click(screen.getByRole('radio', { name: attachment }));
  await shown.user.click(await screen.findByRole('button', { name: `Create a ${kind}` }));
  const dialog = await screen.findByRole('dialog', { name: `Create a ${kind}` });
  await waitFor(() => {
    expect(within(dialog).queryByText('Checking the cluster…')).toBeNull();
  });
  return {
    ...shown,
    all,
    nmstate,
    dialog: within(dialog),
    during: (run: () => void) => {
      meanwhile = run;
    },
  };
};
const fill = async ({ dialog, user }: Awaited<ReturnType<typeof open>>) => {
  await user.type(dialog.getByRole('textbox', { name: 'Name of the new bridge' }), 'br-vms');
  await user.click(dialog.getByRole('radio', { name: 'eno2' }));
};
const nodes = () => screen.getAllByRole('listitem').flatMap((each) => each.getAttribute('aria-label') ?? []);

test('shows which cards are free, on how many nodes and why others are not, with the danger; made, the bridge is chosen', async () => {
  const here = await open();
  const { dialog, user, all } = here;
  expect(dialog.getByRole('radio', { name: 'eno1' })).toBeDisabled();
  expect(dialog.getByRole('radio', { name: 'eno1' })).toHaveAccessibleDescription(/it carries the traffic of the node/);
  expect(dialog.getByRole('radio', { name: 'eno3' })).toHaveAccessibleDescription(/it is a port of bond0/);
  expect(dialog.getByText(/NMState tests gateway, name server, API server and node, and rolls back/)).toBeVisible();
  await fill(here);
  expect(dialog.getByText('First worker-0 gets it, then worker-1, worker-2.')).toBeVisible();
  expect(await axe(document.body)).toHaveNoViolations();
  expect(all.writes).toEqual([]);
  await user.click(dialog.getByRole('button', { name: 'Create' }));
  expect(await dialog.findByText('br-vms is on 3 nodes, and chosen for this switch.')).toBeVisible();
  expect(nodes()).toEqual(workers.map((name) => `${name}: Done`));
  expect(await axe(document.body)).toHaveNoViolations();
  const [, close] = dialog.getAllByRole('button', { name: 'Close' });
  await user.click(close ?? document.body);
  const name = screen.getByRole('combobox', { name: /^Name of the bridge/ });
  expect(name).toHaveValue('br-vms');
  await waitFor(() => {
    expect(name).toHaveAccessibleDescription(/^3 of 3 nodes · uplink eno2/);
  });
});

test('by the keyboard: Enter creates, and what is missing is said at its place', async () => {
  const here = await open();
  const { dialog, user, all } = here;
  const name = dialog.getByRole('textbox', { name: 'Name of the new bridge' });
  await user.type(name, 'br0{Enter}');
  expect(name).toHaveAccessibleDescription(/^OpenShift uses this name itself\. Choose another, such as br-vms\./);
  expect(dialog.getByRole('alert')).toHaveTextContent('Choose a network card that is free.');
  expect(all.writes).toEqual([]);
  await user.clear(name);
  await fill(here);
  await user.type(name, '{Enter}');
  expect(await dialog.findByText(/br-vms is on 3 nodes/)).toBeVisible();
});

test('previews the policy as the server would take it, and writes nothing', async () => {
  const here = await open();
  await fill(here);
  await here.user.click(here.dialog.getByRole('button', { name: 'Preview' }));
  const preview = within(await screen.findByRole('dialog', { name: 'Preview' }));
  expect(await preview.findByText(/Create NodeNetworkConfigurationPolicy migration-prep-br-vms/)).toBeVisible();
  expect(preview.getByText('The cluster accepts this')).toBeVisible();
  expect(here.all.writes).toEqual([]);
});

test('a card that only some nodes have: the count and what it means are said', async () => {
  const here = await open((all) => {
    for (const name of workers.slice(0, 2)) all.put('nodes', nodeOf(name, { rack: 'b' }));
    all.put('nodeNetworkStates', reportOf('worker-2'));
  });
  expect(
    here.dialog.getByText(/Free on 2 of 3 nodes that run virtual machines\. worker-2: it has no such card\./),
  ).toBeVisible();
  await fill(here);
  expect(
    here.dialog.getByText(/1 nodes do not get it: worker-2\. Virtual machines with its networks do not run there\./),
  ).toBeVisible();
});

test('without a label that tells them apart nothing is written, and the remedy is said', async () => {
  const here = await open((all) => {
    all.put('nodeNetworkStates', reportOf('worker-2'));
  });
  await fill(here);
  expect(here.dialog.getByText(/oc label node worker-0 vm-network=yes/)).toBeVisible();
  await here.user.click(here.dialog.getByRole('button', { name: 'Create' }));
  expect(await here.dialog.findByText('This was not finished')).toBeVisible();
  expect(here.all.writes).toEqual([]);
});

test('no free card leads to a mapping, which needs none', async () => {
  const { dialog } = await open((all) => {
    for (const name of workers) all.put('nodeNetworkStates', reportOf(name));
  });
  expect(dialog.getByText(/Choose OVN localnet for the switch instead/)).toBeVisible();
});

test('a mapping on br-ex is made the same way', async () => {
  const { dialog, user, all } = await open(undefined, 'bridge mapping');
  await user.type(dialog.getByRole('textbox', { name: 'Name of the new bridge mapping' }), 'vm-network');
  expect(dialog.getByText(/Virtual machines will share the cards of the nodes/)).toBeVisible();
  expect(await axe(document.body)).toHaveNoViolations();
  await user.click(dialog.getByRole('button', { name: 'Create' }));
  expect(await dialog.findByText('vm-network is on 3 nodes, and chosen for this switch.')).toBeVisible();
  expect(all.all('nodeNetworkStates')[0]?.status?.currentState?.ovn?.['bridge-mappings']).toContainEqual({
    localnet: 'vm-network',
    bridge: 'br-ex',
    state: 'present',
  });
});

test('a node that loses its gateway is named with the reason, everything is taken back, and Retry begins anew', async () => {
  const here = await open((_, nmstate) => {
    nmstate.manners['worker-1'] = 'loses-gateway';
  });
  const { dialog, user, all, nmstate, during } = here;
  // Taking the bridge away does what adding it did not.
  during(() => {
    if (all.writes.length === 3) nmstate.manners['worker-1'] = 'carries-out';
  });
  await fill(here);
  await user.click(dialog.getByRole('button', { name: 'Create' }));
  expect(await dialog.findByText('Danger alert:')).toBeInTheDocument();
  expect(
    dialog.getByText(/worker-1: Failed: the node no longer reached its default gateway\. NMState rolled back/),
  ).toBeVisible();
  expect(dialog.getByText(/No node has the bridge now, and its policy is deleted\./)).toBeVisible();
  expect(nodes()).toEqual([
    'worker-0: Done',
    expect.stringMatching(/^worker-1: Failed: the node no longer reached its default gateway/),
    expect.stringMatching(/^worker-2: /),
  ]);
  expect(await axe(document.body)).toHaveNoViolations();
  expect(all.all('nodeNetworkConfigurationPolicies')).toEqual([]);
  await user.click(dialog.getByRole('button', { name: 'Retry' }));
  expect(await dialog.findByText(/br-vms is on 3 nodes/)).toBeVisible();
});

test('cancelled, it is taken back, and that is said', async () => {
  const here = await open((_, nmstate) => {
    nmstate.manners['worker-1'] = 'stays-at-work';
  });
  const { dialog, user, all, nmstate, during } = here;
  await fill(here);
  await user.click(dialog.getByRole('button', { name: 'Create' }));
  await dialog.findByText('The first node has it. The others follow one by one.');
  during(() => {
    if (all.writes.length === 3) nmstate.manners['worker-1'] = 'carries-out';
  });
  await user.click(dialog.getByRole('button', { name: 'Cancel and take it back' }));
  expect(await dialog.findByText('No node has the bridge now, and its policy is deleted.')).toBeVisible();
  expect(all.all('nodeNetworkConfigurationPolicies')).toEqual([]);
  expect(screen.getByRole('combobox', { name: /^Name of the bridge/, hidden: true })).toHaveValue('');
});

test('nodes that do not move are said; the policy stays, until it is taken back', async () => {
  const here = await open((_, nmstate) => {
    nmstate.manners['worker-0'] = 'never';
  });
  const { dialog, user, all, nmstate } = here;
  await fill(here);
  await user.click(dialog.getByRole('button', { name: 'Create' }));
  expect(
    await dialog.findByText(
      /Nothing has moved for 15 minutes\. The policy migration-prep-br-vms stays/,
      {},
      { timeout: 8000 },
    ),
  ).toBeVisible();
  expect(all.all('nodeNetworkConfigurationPolicies')).toHaveLength(1);
  nmstate.manners['worker-0'] = 'carries-out';
  await user.click(dialog.getByRole('button', { name: 'Take it back' }));
  expect(await dialog.findByText('No node has the bridge now, and its policy is deleted.')).toBeVisible();
});

test('what may not be seen, and what the server refuses, is said, and nothing is written', async () => {
  const blind = await open((all) => {
    all.forbid('list', 'nodes');
  });
  expect(blind.dialog.getByText('The network cards of the nodes cannot be seen')).toBeVisible();
  expect(blind.dialog.getByText(/You are not permitted to list Node in the cluster/)).toBeVisible();
  expect(await axe(document.body)).toHaveNoViolations();
  blind.unmount();
  const refused = await open((all) => {
    all.fail({
      verb: 'create',
      kind: 'nodeNetworkConfigurationPolicies',
      failure: 'Rejected',
      message: 'policy of the site',
    });
  });
  await fill(refused);
  await refused.user.click(refused.dialog.getByRole('button', { name: 'Create' }));
  expect(
    await refused.dialog.findByText(
      /The cluster refused NodeNetworkConfigurationPolicy migration-prep-br-vms: policy of the site/,
    ),
  ).toBeVisible();
  expect(refused.all.writes).toEqual([]);
});
