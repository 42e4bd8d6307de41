import { screen, waitFor, within } from '@testing-library/react';
import { axe } from 'jest-axe';
import type { EsxiHost } from '../../../domain/hosts/esxi-host';
import type { Host, Provider } from '../../../domain/objects';
import { declaredBy, ownLabels } from '../../../domain/ownership';
import { err, ok } from '../../../domain/result';
import { provideRandomUuid } from '../../../testing/fill-form';
import { memoryCluster } from '../../../testing/memory-cluster';
import type { MemoryCluster } from '../../../testing/memory-cluster';
import { renderStep } from '../../../testing/render-step';
import { EsxiHostsStep } from './EsxiHostsStep';

const mtv = 'openshift-mtv';
beforeAll(provideRandomUuid);

const provider = (settings: Record<string, string> = {}, phase = 'Ready'): Provider => ({
  metadata: { name: 'vc', namespace: mtv, labels: ownLabels },
  spec: { type: 'vsphere', url: 'https://vc.example.com/sdk', secret: {}, settings },
  status: { phase },
});
const adapter = (ipAddress: string, name = 'dvs-lab') => ({
  name,
  ipAddress,
  subnetMask: '255.255.255.0',
  linkSpeed: 25_000,
  mtu: 9000,
});
const esxi = (number: number, more: Partial<EsxiHost> = {}): EsxiHost => ({
  id: `host-${String(number)}`,
  name: `esxi-${String(number)}`,
  status: 'green',
  inMaintenance: false,
  thumbprint: 'AA:BB',
  networkAdapters: [adapter(`10.0.0.${String(number)}`), adapter(`10.1.0.${String(number)}`)],
  ...more,
});
const three = [esxi(1), esxi(2), esxi(3)];
const hostOf = (
  number: number,
  metadata: Partial<Host['metadata']> = {},
  address = `10.1.0.${String(number)}`,
): Host => ({
  metadata: { name: `vc-host-${String(number)}-config`, namespace: mtv, labels: ownLabels, ...metadata },
  spec: {
    id: `host-${String(number)}`,
    ipAddress: address,
    provider: { name: 'vc', namespace: mtv },
    secret: { name: `vc-host-${String(number)}-config-credentials`, namespace: mtv },
  },
  status: { conditions: [{ type: 'Ready', status: 'True', category: 'Required' }] },
});

const world = () => {
  const cluster = memoryCluster(mtv);
  cluster.put('providers', provider());
  return cluster;
};
const show = (cluster: MemoryCluster, hosts: readonly EsxiHost[] = three) =>
  renderStep(<EsxiHostsStep />, { cluster, services: { fetchHosts: () => Promise.resolve(ok(hosts)) } });

const subnet = () => screen.findByRole('combobox', { name: /^Network that disks are copied over/ });
const row = async (name: string) =>
  (await screen.findByRole('checkbox', { name: `Set ${name}` })).closest('tr') as HTMLElement;
const setHosts = () => screen.getByRole('button', { name: 'Set the selected hosts' });
type User = ReturnType<typeof show>['user'];

const fill = async (user: User, password = 'Vm9-first') => {
  await user.selectOptions(await subnet(), '10.1.0.0/24');
  await user.type(screen.getByRole('textbox', { name: /^User/ }), 'root');
  await user.type(screen.getByLabelText(/^Password/), password);
  await user.click(screen.getByRole('radio', { name: 'Do not verify' }));
  await user.click(screen.getByRole('checkbox', { name: /^I accept/ }));
};
const wrong =
  'admission webhook "secret-validate.forklift.konveyor" denied the request: Cannot complete login due to an incorrect user name or password.';

test('lists hosts with their adapters, and networks by subnet with the number of hosts in each', async () => {
  const { user, container } = show(world(), [
    ...three,
    esxi(4, { networkAdapters: [adapter('10.0.0.4'), adapter('')] }),
  ]);
  expect(within(await row('esxi-1')).getByText('10.1.0.1 (dvs-lab, 25 Gbit/s, MTU 9000)')).toBeVisible();
  expect(
    within(await subnet())
      .getAllByRole('option')
      .map(({ textContent }) => textContent),
  ).toEqual(['Choose…', '10.0.0.0/24: hosts 4, 25 Gbit/s, MTU 9000', '10.1.0.0/24: hosts 3, 25 Gbit/s, MTU 9000']);
  await user.selectOptions(await subnet(), '10.1.0.0/24');
  expect(screen.getByRole('checkbox', { name: 'Set esxi-1' })).toBeChecked();
  expect(screen.getByRole('checkbox', { name: 'Set esxi-4' })).toBeDisabled();
  expect(await row('esxi-4')).toHaveTextContent(
    'No address in this subnet. It has: 10.0.0.4. Without an address: dvs-lab.',
  );
  expect(await row('esxi-1')).toHaveTextContent('Not set: MTV uses the management network.');
  expect(await axe(container)).toHaveNoViolations();
});

test('one of three rejects the password: it is named at its row, put right, and nothing else is tried again', async () => {
  const cluster = world();
  const { user, container } = show(cluster);
  await fill(user);
  cluster.fail({ verb: 'create', kind: 'secrets', status: { code: 403, reason: 'Forbidden', message: wrong } });
  await user.click(setHosts());
  expect(await screen.findByText(/2 of 3 hosts are set/)).toBeVisible();
  expect(screen.getByText(/Not set: esxi-1\. The reason stands at each of them\./)).toBeVisible();
  expect(await row('esxi-1')).toHaveTextContent(/Not set\. The host rejected the user or the password/);
  expect(screen.getByRole('checkbox', { name: 'Set esxi-1' })).toBeChecked();
  expect(screen.getByRole('checkbox', { name: 'Set esxi-2' })).not.toBeChecked();
  expect(cluster.all('hosts')).toHaveLength(2);
  expect(await axe(container)).toHaveNoViolations();

  const { length } = cluster.writes;
  await user.click(screen.getByRole('radio', { name: 'Its own for each host' }));
  expect(screen.queryByLabelText('Password of esxi-2')).toBeNull();
  await user.click(setHosts());
  expect(screen.getByText('Enter a user of the ESXi host, such as root.')).toBeVisible();
  await waitFor(() => {
    expect(screen.getByRole('textbox', { name: 'User of esxi-1' })).toHaveFocus();
  });
  expect(await axe(container)).toHaveNoViolations();
  await user.type(screen.getByRole('textbox', { name: 'User of esxi-1' }), 'admin');
  await user.type(screen.getByLabelText(/^Password of esxi-1/), 'right');
  await user.click(setHosts());
  expect(await screen.findByText('1 of 1 hosts are set')).toBeVisible();
  expect(cluster.writes.slice(length).every((write) => JSON.stringify(write).includes('host-1'))).toBe(true);
  const secret = cluster.all('secrets').find(({ metadata }) => metadata.name === 'vc-host-1-config-credentials');
  expect(secret?.data).toMatchObject({ user: btoa('admin'), password: btoa('right'), ip: btoa('10.1.0.1') });
  expect(document.body.innerHTML).not.toContain('right');
});

test.each([
  [
    "x509: cannot validate certificate for 10.1.0.1 because it doesn't contain any IP SANs",
    /does not name that address/,
  ],
  ['ServerFaultCode: Permission to perform this operation was denied.', /as in lockdown mode/],
  ['Post "https://10.1.0.1/sdk": dial tcp 10.1.0.1:443: connect: no route to host', /Nothing answers at 10\.1\.0\.1\./],
])('%s', async (said, says) => {
  const cluster = world();
  const { user } = show(cluster, [esxi(1)]);
  await fill(user);
  const message = `admission webhook "secret-validate.forklift.konveyor" denied the request: ${said}`;
  cluster.fail({ verb: 'create', kind: 'secrets', status: { code: 403, reason: 'Forbidden', message } });
  await user.click(setHosts());
  expect(await screen.findByText('0 of 1 hosts are set')).toBeVisible();
  expect(await row('esxi-1')).toHaveTextContent(says);
});

test('what is missing is said at its place, which gets the focus', async () => {
  const { user, container } = show(world(), [
    esxi(1, { networkAdapters: [adapter('10.1.0.1', 'a'), adapter('10.1.0.9', 'b')] }),
  ]);
  await subnet();
  await user.click(setHosts());
  expect(screen.getByText('Choose the network that disks are copied over.')).toBeVisible();
  await waitFor(async () => {
    expect(await subnet()).toHaveFocus();
  });
  await user.selectOptions(await subnet(), '10.1.0.0/24');
  await user.click(setHosts());
  const address = screen.getByRole('combobox', { name: 'Address of esxi-1' });
  await waitFor(() => {
    expect(address).toHaveFocus();
  });
  expect(address).toHaveAccessibleDescription(/^The host has several addresses in this subnet\. Choose one\./);
  expect(await axe(container)).toHaveNoViolations();
  await user.selectOptions(address, '10.1.0.9');
  await user.click(screen.getByRole('radio', { name: 'Verify with this certificate' }));
  await user.click(setHosts());
  expect(await screen.findByText('Enter the password.')).toBeVisible();
  await user.click(screen.getByRole('checkbox', { name: 'Set esxi-1' }));
  await user.click(setHosts());
  expect(await screen.findByText('Select at least one host.')).toBeVisible();
});

test('hosts in maintenance, lost ones and those with a failure stand apart, and are not proposed', async () => {
  const away = [esxi(2, { inMaintenance: true }), esxi(3, { status: 'gray' }), esxi(4, { status: 'red' })];
  const { user, container } = show(world(), [esxi(1), ...away]);
  await user.selectOptions(await subnet(), '10.1.0.0/24');
  const table = within(screen.getByRole('grid', { name: 'Hosts that are not available now' }));
  for (const says of [/In maintenance mode/, /Disconnected, or it does not respond/, /reports a failure/])
    expect(table.getByText(says)).toBeVisible();
  for (const box of table.getAllByRole('checkbox')) expect(box).not.toBeChecked();
  await user.click(table.getByRole('checkbox', { name: /^Select all/ }));
  expect(table.getByRole('checkbox', { name: 'Set esxi-2' })).toBeChecked();
  expect(await axe(container)).toHaveNoViolations();
});

describe('what is set', () => {
  const withOne = () => {
    const cluster = world();
    cluster.put('hosts', hostOf(1));
    cluster.put('secrets', {
      metadata: { name: 'vc-host-1-config-credentials', namespace: mtv, labels: ownLabels },
      data: { user: btoa('root'), password: btoa('first'), ip: btoa('10.1.0.1') },
    });
    return cluster;
  };
  const stored = (cluster: MemoryCluster, key: string) => atob(cluster.all('secrets')[0]?.data?.[key] ?? '');

  test('moves to another network, and keeps its credentials', async () => {
    const cluster = withOne();
    const { user, container } = show(cluster);
    expect(await row('esxi-1')).toHaveTextContent(/Ready: MTV copies disks .*Address: 10\.1\.0\.1/);
    expect(await axe(container)).toHaveNoViolations();
    await user.click(screen.getByRole('button', { name: 'Edit esxi-1' }));
    await waitFor(async () => {
      expect(await subnet()).toHaveFocus();
    });
    expect(await subnet()).toHaveValue('10.1.0.0/24');
    await user.selectOptions(await subnet(), '10.0.0.0/24');
    await user.click(screen.getByRole('radio', { name: 'Do not verify' }));
    await user.click(screen.getByRole('checkbox', { name: /^I accept/ }));
    await user.click(setHosts());
    expect(await screen.findByText('1 of 1 hosts are set')).toBeVisible();
    expect(cluster.all('hosts')).toHaveLength(1);
    expect(cluster.all('hosts')[0]?.spec?.ipAddress).toBe('10.0.0.1');
    expect([stored(cluster, 'ip'), stored(cluster, 'password')]).toEqual(['10.0.0.1', 'first']);
  });

  test('gets another password', async () => {
    const cluster = withOne();
    const { user } = show(cluster);
    await user.click(await screen.findByRole('button', { name: 'Rotate password of esxi-1' }));
    await waitFor(() => {
      expect(screen.getByRole('textbox', { name: /^User/ })).toHaveFocus();
    });
    expect(screen.getByRole('checkbox', { name: 'Set esxi-2' })).not.toBeChecked();
    await fill(user, 'second');
    await user.click(setHosts());
    expect(await screen.findByText('1 of 1 hosts are set')).toBeVisible();
    expect([stored(cluster, 'ip'), stored(cluster, 'password')]).toEqual(['10.1.0.1', 'second']);
  });

  test('is removed after its list was seen; a migration that runs keeps it', async () => {
    const cluster = withOne();
    const plan = (isRunning: boolean) => {
      cluster.put('plans', {
        metadata: { name: 'wave-1', namespace: mtv },
        spec: { provider: { source: { name: 'vc', namespace: mtv } } },
        status: { conditions: isRunning ? [{ type: 'Executing', status: 'True' }] : [] },
      });
    };
    plan(true);
    const { user } = show(cluster);
    await user.click(await screen.findByRole('button', { name: 'Remove esxi-1' }));
    const dialog = within(await screen.findByRole('dialog', { name: 'Remove esxi-1' }));
    expect(await dialog.findAllByText(/Plan openshift-mtv\/wave-1 needs it/)).toHaveLength(2);
    expect(dialog.getByRole('button', { name: 'Remove what is listed' })).toBeDisabled();
    await user.click(dialog.getByRole('button', { name: 'Cancel' }));
    plan(false);
    await user.click(screen.getByRole('button', { name: 'Remove esxi-1' }));
    await user.click(await screen.findByRole('button', { name: 'Remove what is listed' }));
    await waitFor(() => {
      expect([...cluster.all('hosts'), ...cluster.all('secrets')]).toEqual([]);
    });
  });

  test('by others or by values is shown, and not changed', async () => {
    const cluster = world();
    cluster.put('hosts', hostOf(1, { labels: {} }));
    cluster.put('hosts', hostOf(2, { annotations: declaredBy({ namespace: 'prep', name: 'lab' }) }));
    cluster.put('hosts', hostOf(3, {}, '10.9.9.9'));
    const { user } = show(cluster);
    await user.selectOptions(await subnet(), '10.1.0.0/24');
    expect(await row('esxi-1')).toHaveTextContent('Created by somebody else');
    expect(await row('esxi-2')).toHaveTextContent('Managed by values');
    expect(await row('esxi-3')).toHaveTextContent('Address: 10.9.9.9, which the host no longer has. Choose another.');
    expect(screen.getAllByRole('button', { name: /^Edit/ })).toHaveLength(1);
    expect(screen.getByRole('checkbox', { name: 'Set esxi-1' })).toBeDisabled();
    expect(screen.getByRole('checkbox', { name: 'Set esxi-2' })).toBeDisabled();
  });
});

test('the preview lists every object, and tries no credentials', async () => {
  const cluster = world();
  const { user } = show(cluster);
  await fill(user, 'quite secret');
  await user.click(screen.getByRole('button', { name: 'Preview' }));
  const dialog = await screen.findByRole('dialog');
  for (const name of ['vc-host-1-config-credentials', 'vc-host-1-config', 'vc-host-3-config'])
    expect((await within(dialog).findAllByText(new RegExp(name))).length).toBeGreaterThan(0);
  expect(document.body.innerHTML).not.toContain('quite secret');
  expect(cluster.writes).toEqual([]);
});

describe('nothing to set', () => {
  test.each<[string, (cluster: MemoryCluster) => void, readonly EsxiHost[], RegExp]>([
    [
      'an ESXi host',
      (cluster) => {
        cluster.put('providers', provider({ sdkEndpoint: 'esxi' }));
      },
      three,
      /vc is an ESXi host itself/,
    ],
    ['no hosts', () => undefined, [], /This vCenter has no ESXi hosts\./],
    ['none available', () => undefined, [esxi(1, { status: 'gray' })], /None of the ESXi hosts is available now/],
    [
      'no adapters',
      () => undefined,
      [esxi(1, { networkAdapters: [adapter('')] })],
      /No host has a network adapter with an IPv4/,
    ],
    [
      'no provider',
      (cluster) => {
        cluster.remove('providers', 'vc', mtv);
      },
      three,
      /come from a vCenter\. Connect one first/,
    ],
    [
      'connecting',
      (cluster) => {
        cluster.put('providers', provider({}, 'Staging'));
      },
      three,
      /appear here as soon as it is ready/,
    ],
    [
      'no right',
      (cluster) => {
        cluster.forbid('list', 'hosts');
      },
      three,
      /not permitted to list Host/,
    ],
    [
      'no kind',
      (cluster) => {
        cluster.uninstall('hosts');
      },
      three,
      /Migration Toolkit for Virtualization is not/,
    ],
  ])('%s', async (_, arrange, hosts, says) => {
    const cluster = world();
    arrange(cluster);
    const { container } = show(cluster, hosts);
    expect(await screen.findByText(says)).toBeVisible();
    expect(await axe(container)).toHaveNoViolations();
  });

  test('an inventory that cannot be read says so, and is asked again', async () => {
    const answers = [err({ code: 'ServerError' } as const), ok(three)];
    const { user } = renderStep(<EsxiHostsStep />, {
      cluster: world(),
      services: { fetchHosts: () => Promise.resolve(answers.shift() ?? ok(three)) },
    });
    expect(await screen.findByText('The inventory cannot be read')).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Retry' }));
    expect(await row('esxi-1')).toBeVisible();
  });
});
