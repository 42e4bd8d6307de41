import { madeNetworks, nads, networksExist, networksStep } from './network-objects';
import { NetworksPage } from './pages/networks-page';
import { expect, test } from './test';
import type { KubeApi } from './test';
import type { SandboxInfo } from './sandbox';

const put = (cluster: KubeApi, name: string, config: object | string, annotations = {}) =>
  cluster.send('POST', nads, {
    apiVersion: 'k8s.cni.cncf.io/v1',
    kind: 'NetworkAttachmentDefinition',
    metadata: { name, annotations },
    spec: { config: typeof config === 'string' ? config : JSON.stringify({ cniVersion: '0.3.1', name, ...config }) },
  });
/** Connects the vCenter whose two datacenters name their networks alike. */
const connectTwoSites = async (cluster: KubeApi, vcenter: SandboxInfo['vcenter']) => {
  const base = '/apis/forklift.konveyor.io/v1beta1/namespaces/openshift-mtv/providers';
  const url = vcenter.endpoints['two-sites'];
  await cluster.send('POST', '/api/v1/namespaces/openshift-mtv/secrets', {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'two-sites', labels: { createdForResourceType: 'providers', createdForProviderType: 'vsphere' } },
    stringData: {
      url,
      user: vcenter.user,
      password: vcenter.password,
      insecureSkipVerify: 'false',
      cacert: vcenter.caCert,
      'ca.crt': vcenter.caCert,
    },
  });
  await cluster.send('POST', base, {
    apiVersion: 'forklift.konveyor.io/v1beta1',
    kind: 'Provider',
    metadata: { name: 'two-sites' },
    spec: {
      type: 'vsphere',
      url,
      secret: { name: 'two-sites', namespace: 'openshift-mtv' },
      settings: { sdkEndpoint: 'vcenter' },
    },
  });
  const phase = async () => (await cluster.get<{ status?: { phase: string } }>(`${base}/two-sites`)).status?.phase;
  await expect.poll(phase, { timeout: 20_000 }).toBe('Ready');
};

test.describe('two sites', () => {
  test.use({ scenario: 'fresh' });

  test('cases 1 and 24, C5: equal names and VLANs are told apart by path and switch, and a switch without uplink is asked about', async ({
    page,
    signIn,
    cluster,
    sandbox,
    accessibilityProblems,
  }) => {
    await connectTwoSites(cluster, sandbox.info.vcenter);
    await signIn('kubeadmin', networksStep);
    const networks = new NetworksPage(page);
    await expect(page.getByRole('checkbox', { name: 'Network for app-100 (/east/network/app-100)' })).toBeChecked();
    await expect(page.getByRole('checkbox', { name: 'Network for app-100 (/west/network/app-100)' })).toBeChecked();
    await networks.bridgeOf('Distributed switch dvs-east').fill('br-east');
    await networks.bridgeOf('Distributed switch dvs-west').fill('br-west');
    await networks.mapTo('Standard switch vSwitch0 of DC0', 'east-lan');
    await networks.mapTo('Standard switch vSwitch0 of DC1', 'west-lan');
    const lab = networks.switchOf('Standard switch vSwitch1');
    await expect(lab).toContainText('This switch has no uplink');
    await networks.create.click();
    await expect(lab).toContainText('Choose how to attach this switch, or skip its port groups.');
    expect(await madeNetworks(cluster)).toEqual({});
    expect(await accessibilityProblems()).toEqual([]);
    await lab.getByRole('radio', { name: 'None' }).click();
    await networks.create.click();
    await expect(page.getByText(networksExist)).toBeVisible();
    const after = await madeNetworks(cluster);
    expect(after).toMatchObject({
      'app-100': { bridge: 'br-east', vlan: 100 },
      'app-100-br-west': { bridge: 'br-west', vlan: 100 },
      'buro-netz-vlan-30': { bridge: 'br-west', vlan: 30 },
      'vm-network': { physicalNetworkName: 'west-lan', mtu: 1500 },
      'vm-network-east-lan': { physicalNetworkName: 'east-lan', mtu: 1500 },
    });
    expect(Object.keys(after)).toHaveLength(5);
  });
});

test.describe('one vCenter', () => {
  test.use({ scenario: 'prepared' });

  test('case 10: who may not see the nodes says so themselves', async ({ page, signIn, cluster }) => {
    await signIn('prep', networksStep);
    const networks = new NetworksPage(page);
    await networks.leaveOnlyDistributed();
    await networks.bridge.fill('br100');
    await expect(page.getByText('The networks of the nodes cannot be seen')).toBeVisible();
    await networks.row('db-200').getByRole('checkbox').click();
    const dvs = await networks.details('Distributed switch dvs-lab');
    await dvs.getByRole('textbox', { name: 'VLAN that the bridge is already in' }).fill('100');
    await networks.create.click();
    await expect(page.getByText(networksExist)).toBeVisible();
    for (const config of Object.values(await madeNetworks(cluster))) expect(config).not.toHaveProperty('vlan');
  });

  test('cases 11, 39 and 40: what VMs could not use does not count, and why is said', async ({
    page,
    signIn,
    cluster,
  }) => {
    await put(cluster, 'isolated-200', {
      type: 'bridge',
      bridge: 'br-x',
      vlan: 200,
      portIsolation: true,
      preserveDefaultVlan: false,
    });
    await put(cluster, 'masked-200', { type: 'bridge', bridge: 'br-x', vlan: 200, isGateway: true, ipMasq: true });
    await put(
      cluster,
      'other-resource',
      { type: 'bridge', bridge: 'br-x', vlan: 200 },
      { 'k8s.v1.cni.cncf.io/resourceName': 'bridge.network.kubevirt.io/br0' },
    );
    await put(cluster, 'text-vlan', { type: 'bridge', bridge: 'br-x', vlan: '200' });
    await put(cluster, 'good-100', { type: 'bridge', bridge: 'br-x', vlan: 100, ipam: {} });
    await signIn('kubeadmin', networksStep);
    const networks = new NetworksPage(page);
    await networks.leaveOnlyDistributed();
    await networks.bridge.fill('br-x');
    await expect(networks.row('app-100')).toContainText('good-100: already exists');
    await expect(networks.row('db-200')).toContainText(
      'isolated-200: cannot be used, because it isolates virtual machines from each other',
    );
    await expect(networks.row('db-200')).toContainText(
      'masked-200: cannot be used, because it makes the node a gateway',
    );
    await expect(networks.row('db-200')).toContainText(
      'other-resource: cannot be used, because it requires nodes that offer bridge.network.kubevirt.io/br0',
    );
    await networks.create.click();
    await expect(page.getByText(networksExist)).toBeVisible();
    expect(await madeNetworks(cluster)).toEqual({
      'db-200': expect.objectContaining({ bridge: 'br-x', vlan: 200 }) as unknown,
    });
  });

  test('case 16: networks that VMs cannot use do not make the cluster ready', async ({ page, signIn, cluster }) => {
    await cluster.send('DELETE', `${nads}/by-hand-vlan-100`);
    await put(cluster, 'macvlan', { type: 'macvlan', master: 'eth1' });
    await put(cluster, 'broken', '{ broken }');
    await signIn('kubeadmin', '/migration-prep?step=summary&project=migration-target');
    await expect(
      page.getByText('No network for virtual machines is set up. Networks that they cannot use: 2'),
    ).toBeVisible();
    await put(cluster, 'good-100', { type: 'bridge', bridge: 'br-x', vlan: 100 });
    await expect(page.getByText('Networks ready: 1')).toBeVisible();
  });

  test('case 22: NSX segments are listed with their VMs, and the question names NSX', async ({ page, signIn }) => {
    await signIn('prep', networksStep);
    const networks = new NetworksPage(page);
    await expect(networks.question('segment-web')).toHaveAccessibleDescription(/NSX segments in the same way/);
    await expect(networks.question('segment-db')).toHaveAccessibleDescription(/It may be an NSX segment/);
    await expect(networks.row('segment-db')).toContainText('NSX segments');
    await expect(networks.switchOf('NSX segments')).toBeVisible();
  });

  test('cases 25 to 27: other MAC addresses, an MTU and a trunk to the guest', async ({
    page,
    signIn,
    cluster,
    accessibilityProblems,
  }) => {
    await signIn('prep', networksStep);
    const networks = new NetworksPage(page);
    await networks.answer('trunk', 'All of its VLANs, with their tags');
    await networks.answer('std-all', 'All of its VLANs, with their tags');
    for (const portGroup of ['untagged', 'private-500', 'std-odd', 'segment-web', 'segment-db']) {
      await networks.answer(portGroup, 'Skip this port group');
    }
    await networks.attachAll('br-vms');
    const dvs = await networks.details('Distributed switch dvs-lab');
    await dvs.getByRole('textbox', { name: 'MTU' }).fill('9000');
    await dvs.getByRole('checkbox', { name: 'Allow MAC addresses other' }).click();
    expect(await accessibilityProblems()).toEqual([]);
    await networks.create.click();
    await expect(page.getByText(networksExist)).toBeVisible();
    const after = await madeNetworks(cluster);
    expect(after['trunk-trunk']).toMatchObject({
      mtu: 9000,
      macspoofchk: false,
      vlanTrunk: [{ minID: 10, maxID: 20 }, { id: 30 }],
    });
    expect(after['std-all-trunk']).toMatchObject({ macspoofchk: true, vlanTrunk: [{ minID: 1, maxID: 4094 }] });
    expect(after['std-300']).toMatchObject({ macspoofchk: true, vlan: 300 });
    expect(after['std-300']).not.toHaveProperty('mtu');
    // The one by hand has no MTU, so it is another network.
    expect(after['app-100']).toMatchObject({ mtu: 9000, vlan: 100 });
  });
});
