import { NetworksPage } from './pages/networks-page';
import { expect, test } from './test';

interface Nad {
  readonly metadata: {
    readonly name: string;
    readonly labels?: Record<string, string>;
    readonly annotations?: Record<string, string>;
  };
  readonly spec: { readonly config: string };
}

const nads = (project: string) => `/apis/k8s.cni.cncf.io/v1/namespaces/${project}/network-attachment-definitions`;
const step = '/migration-prep?step=networks&project=migration-target';

test.use({ scenario: 'prepared' });

for (const user of ['kubeadmin', 'prep']) {
  test(`${user} gives the port groups their networks; the one that is there stays`, async ({
    page,
    signIn,
    cluster,
    accessibilityProblems,
  }) => {
    await signIn(user, step);
    const networks = new NetworksPage(page);
    await networks.attachAll('br-vms');
    await expect(networks.row('app-100')).toContainText('by-hand-vlan-100: already exists');
    await expect(networks.row('db-200')).toContainText('db-200: will be created');
    expect(await accessibilityProblems()).toEqual([]);
    await networks.create.click();
    await expect(page.getByText('Choose the VLAN, or skip this port group.').first()).toBeVisible();
    await networks.answerAll('Skip this port group');
    await networks.create.click();
    await expect(page.getByText('The networks exist. Migration plans can use them.')).toBeVisible();

    const made = await cluster.list<Nad>(nads('migration-target'));
    const db = made.find(({ metadata }) => metadata.name === 'db-200');
    expect(JSON.parse(db?.spec.config ?? '')).toEqual({
      cniVersion: '0.3.1',
      name: 'db-200',
      type: 'bridge',
      bridge: 'br-vms',
      macspoofchk: true,
      vlan: 200,
      preserveDefaultVlan: false,
    });
    expect(db?.metadata.labels).toMatchObject({ 'app.kubernetes.io/managed-by': 'migration-prep' });
    expect(db?.metadata.annotations).toMatchObject({
      'k8s.v1.cni.cncf.io/resourceName': 'bridge.network.kubevirt.io/br-vms',
    });
    const byHand = made.find(({ metadata }) => metadata.name === 'by-hand-vlan-100');
    expect(byHand?.metadata.labels).toBeUndefined();

    await networks.create.click();
    await expect(page.getByText(/Nothing to do/)).toBeVisible();
    expect(await cluster.list<Nad>(nads('migration-target'))).toHaveLength(made.length);
  });
}

for (const [user, outcome] of [
  ['kubeadmin', 'default/for-all: already exists'],
  ['prep', 'db-200: will be created'],
] as const) {
  test(`a network of the project default counts for who may see it: ${user}`, async ({ page, signIn, cluster }) => {
    await cluster.send('POST', nads('default'), {
      apiVersion: 'k8s.cni.cncf.io/v1',
      kind: 'NetworkAttachmentDefinition',
      metadata: { name: 'for-all' },
      spec: { config: JSON.stringify({ cniVersion: '0.3.1', type: 'bridge', bridge: 'br-vms', vlan: 200 }) },
    });
    await signIn(user, step);
    const networks = new NetworksPage(page);
    await networks.attachAll('br-vms');
    await expect(networks.row('db-200')).toContainText(outcome);
  });
}

test('a project that does not exist is said, and nothing is made', async ({ page, signIn }) => {
  await signIn('kubeadmin', step.replace('migration-target', 'no-such-project'));
  const networks = new NetworksPage(page);
  await networks.attachAll('br-vms');
  await networks.answerAll('Skip this port group');
  await networks.create.click();
  await expect(page.getByText('Project no-such-project does not exist. Create it or choose another.')).toBeVisible();
});

test('a project where prep has no rights is said', async ({ page, signIn, cluster }) => {
  await signIn('prep', step.replace('migration-target', 'default'));
  const networks = new NetworksPage(page);
  await networks.attachAll('br-vms');
  await networks.answerAll('Skip this port group');
  await networks.create.click();
  await expect(
    page.getByText(/You are not permitted to (list|create) NetworkAttachmentDefinition in default/),
  ).toBeVisible();
  expect(await cluster.list<Nad>(nads('default'))).toEqual([]);
});

test('what the inventory leaves open is asked about, each with its own reason, and answered one by one', async ({
  page,
  signIn,
  cluster,
}) => {
  await signIn('prep', step);
  const networks = new NetworksPage(page);
  await networks.attachAll('br-vms');
  await expect(networks.question('trunk')).toHaveAccessibleDescription(/A trunk carries several VLANs/);
  await expect(networks.question('private-500')).toHaveAccessibleDescription(
    /shows untagged port groups, private VLANs and NSX segments in the same way/,
  );
  await expect(networks.question('std-odd')).toHaveAccessibleDescription(/VLAN 400 on .*; VLAN 401 on esxi-/);
  await expect(networks.question('std-all')).toHaveAccessibleDescription(/A trunk carries several VLANs/);

  // "VM Network" may be asked about as well, whatever the simulator says of it.
  await networks.answerAll('Untagged');
  await networks.answer('trunk', 'One VLAN', '4095');
  await networks.answer('private-500', 'One VLAN', '501');
  await networks.answer('std-odd', 'One VLAN', '401');
  await networks.answer('std-all', 'Skip this port group');
  await networks.create.click();
  await expect(networks.row('trunk')).toContainText(
    'In vSphere, 4095 means every VLAN. A network has one VLAN, from 1 to 4094.',
  );
  expect(await cluster.list<Nad>(nads('migration-target'))).toHaveLength(1);

  await networks.answer('trunk', 'One VLAN', '15');
  await networks.create.click();
  await expect(page.getByText('The networks exist. Migration plans can use them.')).toBeVisible();
  const vlans = (await cluster.list<Nad>(nads('migration-target'))).map(({ metadata: { name }, spec }) => [
    name,
    (JSON.parse(spec.config) as { vlan?: number }).vlan,
  ]);
  expect(Object.fromEntries(vlans)).toMatchObject({
    'trunk-vlan-15': 15,
    'private-500-vlan-501': 501,
    'std-odd-vlan-401': 401,
    'std-300': 300,
  });
  expect(vlans.map(([name]) => name).filter((name) => String(name).startsWith('std-all'))).toEqual([]);
});

test('case 2: an OVN localnet has an MTU, and a name of its own for every VLAN of a mapping', async ({
  page,
  signIn,
  cluster,
}) => {
  await signIn('prep', step);
  const networks = new NetworksPage(page);
  await networks.answerAll('Skip this port group');
  for (const name of ['Distributed switch dvs-lab', 'Standard switch vSwitch0']) await networks.mapTo(name, 'physnet');
  await networks.create.click();
  await expect(page.getByText('The networks exist. Migration plans can use them.')).toBeVisible();
  const made = (await cluster.list<Nad>(nads('migration-target'))).filter(({ metadata }) => metadata.labels);
  for (const { metadata, spec } of made) {
    const config = JSON.parse(spec.config) as {
      name: string;
      netAttachDefName: string;
      physicalNetworkName: string;
      vlanID?: number;
      mtu: number;
    };
    expect(config.netAttachDefName).toBe(`migration-target/${metadata.name}`);
    expect(config.physicalNetworkName).toBe('physnet');
    expect(config.mtu).toBe(1500);
    expect(config.name).toBe(
      config.vlanID === undefined ? 'physnet-untagged-mtu-1500' : `physnet-vlan-${String(config.vlanID)}-mtu-1500`,
    );
    expect(config).not.toHaveProperty('subnets');
  }
  expect(made.length).toBeGreaterThan(2);
});

test('C8: a name that another network holds is left to it; ours is told apart by its bridge, and by its mapping', async ({
  page,
  signIn,
  cluster,
}) => {
  const theirs = '{"type":"bridge","bridge":"other","vlan":200}';
  await cluster.send('POST', nads('migration-target'), {
    apiVersion: 'k8s.cni.cncf.io/v1',
    kind: 'NetworkAttachmentDefinition',
    metadata: { name: 'db-200' },
    spec: { config: theirs },
  });
  await signIn('kubeadmin', step);
  const networks = new NetworksPage(page);
  await networks.answerAll('Skip this port group');
  await networks.attachAll('br-vms');
  await expect(networks.row('db-200')).toContainText('db-200-br-vms: will be created');
  await networks.create.click();
  await expect(page.getByText('The networks exist. Migration plans can use them.')).toBeVisible();

  for (const name of ['Distributed switch dvs-lab', 'Standard switch vSwitch0']) await networks.mapTo(name, 'physnet');
  await expect(networks.row('db-200')).toContainText('db-200-physnet: will be created');
  await networks.create.click();
  await expect
    .poll(async () => (await cluster.list<Nad>(nads('migration-target'))).map(({ metadata }) => metadata.name))
    .toEqual(expect.arrayContaining(['db-200-physnet', 'std-300-physnet']));
  const after = await cluster.list<Nad>(nads('migration-target'));
  expect(after.find(({ metadata }) => metadata.name === 'db-200')?.spec.config).toBe(theirs);
  const names = after.map(({ metadata }) => metadata.name);
  expect(names).toEqual(expect.arrayContaining(['db-200', 'db-200-br-vms', 'std-300', 'std-300-physnet']));
  // The installed MTV is 2.12: two NICs of a VM share a network.
  expect(names.filter((name) => name.startsWith('app-100'))).toEqual(['app-100']);
});

test.describe('a project that is being deleted', () => {
  const held = '/api/v1/namespaces/leaving/configmaps/held';
  test.afterEach(async ({ cluster }) => {
    await cluster.send('PATCH', held, { metadata: { finalizers: null } });
  });

  test('is said, and nothing is made', async ({ page, signIn, cluster }) => {
    await cluster.send('POST', '/api/v1/namespaces', {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: 'leaving' },
    });
    await cluster.send('POST', '/api/v1/namespaces/leaving/configmaps', {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'held', finalizers: ['example.com/held'] },
    });
    await cluster.send('DELETE', '/api/v1/namespaces/leaving');
    await signIn('kubeadmin', step.replace('migration-target', 'leaving'));
    const networks = new NetworksPage(page);
    await networks.attachAll('br-vms');
    await networks.answerAll('Skip this port group');
    await networks.create.click();
    await expect(
      page.getByText(
        'Project leaving is being deleted. Choose another project, or wait until it is gone and create it again.',
      ),
    ).toBeVisible();
    expect(await cluster.list<Nad>(nads('leaving'))).toEqual([]);
  });
});
