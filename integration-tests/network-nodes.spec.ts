import { madeNetworks, nads, networksExist, networksStep } from './network-objects';
import { NetworksPage } from './pages/networks-page';
import { expect, test } from './test';

const lab = 'Distributed switch dvs-lab';

test.describe('nodes that are alike', () => {
  test.use({ scenario: 'nodes-even' });

  test('the one bridge that suits one switch is suggested, marked, and created as it stands', async ({
    page,
    signIn,
    cluster,
    accessibilityProblems,
  }) => {
    await signIn('kubeadmin', networksStep);
    const networks = new NetworksPage(page);
    // It suits both switches, so it is suggested for neither.
    await expect(networks.bridgeOf(lab)).toHaveValue('');
    await networks.leaveOnlyDistributed();
    await expect(networks.bridgeOf(lab)).toHaveValue('br-vms');
    await expect(networks.bridgeOf(lab)).toHaveAccessibleDescription(
      'Suggested because nothing else on all nodes is suitable. Check that it is the same wire. ' +
        '3 of 3 nodes · uplink bond0 · passes VLANs 2-4094 · MTU 9000',
    );
    await expect(networks.switchOf(lab).getByText('Suggested', { exact: true })).toBeVisible();
    await expect(networks.row('app-100')).toContainText('by-hand-vlan-100: already exists');
    expect(await accessibilityProblems()).toEqual([]);
    await networks.create.click();
    await expect(page.getByText(networksExist)).toBeVisible();
    expect(await madeNetworks(cluster)).toEqual({
      'db-200': expect.objectContaining({ bridge: 'br-vms', vlan: 200 }) as unknown,
    });
  });

  test('a bridge that no node has is taken only when that is confirmed', async ({ page, signIn, cluster }) => {
    await signIn('kubeadmin', networksStep);
    const networks = new NetworksPage(page);
    await networks.leaveOnlyDistributed();
    await networks.bridgeOf(lab).fill('br-typo');
    await networks.bridgeOf(lab).press('Tab');
    await expect(networks.bridgeOf(lab)).toHaveAccessibleDescription(/^No node has br-typo\. Choose one from the list/);
    await expect(networks.bridgeOf(lab)).toHaveValue('br-vms');
    await networks.bridgeOf(lab).fill('br-new');
    await page.getByRole('option', { name: 'Use br-new, which no node has yet' }).click();
    await expect(networks.switchOf(lab)).toContainText('No node has br-new yet.');
    await networks.create.click();
    await expect(page.getByText(networksExist)).toBeVisible();
    expect(await madeNetworks(cluster)).toMatchObject({ 'db-200': { bridge: 'br-new', vlan: 200 } });
  });

  test('who may not list what the nodes report types the names, and the page says so', async ({
    page,
    signIn,
    cluster,
  }) => {
    await signIn('prep', networksStep);
    const networks = new NetworksPage(page);
    await networks.leaveOnlyDistributed();
    await expect(page.getByText('You are not permitted to list NodeNetworkStates.')).toBeVisible();
    await networks.bridgeOf(lab).fill('br-vms');
    await networks.create.click();
    await expect(page.getByText(networksExist)).toBeVisible();
    expect(await madeNetworks(cluster)).toMatchObject({ 'db-200': { bridge: 'br-vms', vlan: 200 } });
  });
});

test.describe('nodes that are not alike', () => {
  test.use({ scenario: 'nodes-odd' });

  test('case 10: a bridge in VLAN 100 is used without a tag, what is there on it counts, and another VLAN is refused', async ({
    page,
    signIn,
    cluster,
  }) => {
    await cluster.send('POST', nads, {
      apiVersion: 'k8s.cni.cncf.io/v1',
      kind: 'NetworkAttachmentDefinition',
      metadata: { name: 'vlan100' },
      spec: { config: JSON.stringify({ cniVersion: '0.3.1', name: 'vlan100', type: 'cnv-bridge', bridge: 'br-100' }) },
    });
    await signIn('kubeadmin', networksStep);
    const networks = new NetworksPage(page);
    await networks.leaveOnlyDistributed();
    await networks.switchOf(lab).getByRole('radio', { name: 'Linux bridge' }).click();
    await networks.chooseFrom(networks.bridgeOf(lab), 'br-100');
    await expect(networks.bridgeOf(lab)).toHaveAccessibleDescription(
      /^3 of 3 nodes · uplink eno4 · already in VLAN 100, so its networks get no tag/,
    );
    await expect(networks.row('app-100')).toContainText('vlan100: already exists');
    await networks.create.click();
    await expect(networks.row('db-200')).toContainText('br-100 is already in VLAN 100 and carries no other VLAN.');
    await networks.row('db-200').getByRole('checkbox').click();
    await cluster.send('DELETE', `${nads}/vlan100`);
    await expect(networks.row('app-100')).toContainText('app-100: will be created');
    await networks.create.click();
    await expect(page.getByText(networksExist)).toBeVisible();
    const { 'app-100': app, ...others } = await madeNetworks(cluster);
    expect(app).toMatchObject({ bridge: 'br-100' });
    expect(app).not.toHaveProperty('vlan');
    expect(others).toEqual({});
  });

  test('a bridge that a node lacks, a policy that failed, policies that disagree and an MTU that is too large are said', async ({
    page,
    signIn,
    cluster,
    accessibilityProblems,
  }) => {
    await signIn('kubeadmin', networksStep);
    const networks = new NetworksPage(page);
    await networks.leaveOnlyDistributed();
    // The only thing that all nodes have alike for both VLANs is the network of the nodes.
    await expect(networks.mappingOf(lab)).toHaveValue('physnet');
    await expect(networks.mappingOf(lab)).toHaveAccessibleDescription(/^Suggested because only the nodes' own network/);
    await networks.chooseFrom(networks.mappingOf(lab), 'lab');
    await expect(networks.switchOf(lab)).toContainText(
      'The policies lab-east, lab-west put lab on different bridges: br-ex, ovs-lab. Make them alike.',
    );
    await networks.switchOf(lab).getByRole('radio', { name: 'Linux bridge' }).click();
    await networks.chooseFrom(networks.bridgeOf(lab), 'br-vms');
    const details = await networks.details(lab);
    await details.getByRole('textbox', { name: 'MTU' }).fill('9200');
    await expect(networks.switchOf(lab)).toContainText(
      [
        'br-vms is on 2 of 3 nodes. Its virtual machines run only there.',
        'The policy br-vms failed on some nodes. See its enactments for the reason.',
        'The MTU 9200 is above that of br-vms on the nodes, 9000. Larger frames are dropped.',
      ].join(' '),
    );
    expect(await accessibilityProblems()).toEqual([]);
    await details.getByRole('textbox', { name: 'MTU' }).fill('9000');
    await networks.create.click();
    await expect(page.getByText(networksExist)).toBeVisible();
    expect(await madeNetworks(cluster)).toMatchObject({ 'db-200': { bridge: 'br-vms', vlan: 200, mtu: 9000 } });
  });
});
