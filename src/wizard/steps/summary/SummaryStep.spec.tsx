import { act, screen, within } from '@testing-library/react';
import { axe } from 'jest-axe';
import { memoryCluster } from '../../../testing/memory-cluster';
import type { MemoryCluster } from '../../../testing/memory-cluster';
import { ownLabels } from '../../../domain/ownership';
import type { KindId } from '../../../domain/kinds';
import { renderStep } from '../../../testing/render-step';
import { SummaryStep } from './SummaryStep';

const mtv = 'openshift-mtv';
const idle = {
  conditions: [
    { type: 'Successful', status: 'True' },
    { type: 'Running', status: 'True', reason: 'Successful' },
  ],
};

/** What OLM keeps of an operator that it has installed. */
const installed = (cluster: MemoryCluster, packageName: string, namespace: string): void => {
  const csv = `${packageName}.v1`;
  cluster.put('operatorGroups', { metadata: { name: 'group', namespace } });
  cluster.put('subscriptions', {
    metadata: { name: packageName, namespace },
    spec: { name: packageName },
    status: { installedCSV: csv },
  });
  cluster.put('clusterServiceVersions', { metadata: { name: csv, namespace }, status: { phase: 'Succeeded' } });
  // OLM's copy in another project says of itself whatever it likes.
  cluster.put('clusterServiceVersions', {
    metadata: { name: csv, namespace: 'vms', labels: { 'olm.copiedFrom': namespace } },
    status: { phase: 'Failed' },
  });
};

const preparedCluster = () => {
  const cluster = memoryCluster(mtv, 'vms');
  installed(cluster, 'mtv-operator', mtv);
  installed(cluster, 'kubernetes-nmstate-operator', 'openshift-nmstate');
  installed(cluster, 'kubevirt-hyperconverged', 'openshift-cnv');
  cluster.put('forkliftControllers', {
    metadata: { name: 'forklift-controller', namespace: mtv },
    spec: { vddk_image: 'registry/vddk@sha256:1' },
    status: idle,
  });
  cluster.put('providers', {
    metadata: { name: 'vc', namespace: mtv, labels: ownLabels },
    spec: { type: 'vsphere', secret: { name: 'vc-credentials', namespace: mtv } },
    status: { phase: 'Ready' },
  });
  cluster.put('secrets', { metadata: { name: 'vc-credentials', namespace: mtv } });
  cluster.put('providers', {
    metadata: { name: 'host', namespace: mtv },
    spec: { type: 'openshift', url: '' },
    status: { phase: 'Ready' },
  });
  cluster.put('networkAttachmentDefinitions', {
    metadata: { name: 'vlan-100', namespace: 'vms', labels: ownLabels },
    spec: { config: '{"type":"bridge","bridge":"br1","vlan":100}' },
  });
  const available = {
    conditions: [
      { type: 'Available', status: 'True' },
      { type: 'ReconcileComplete', status: 'True' },
    ],
  };
  cluster.put('nmStates', { metadata: { name: 'nmstate' }, status: available });
  cluster.put('hyperConvergeds', {
    metadata: { name: 'kubevirt-hyperconverged', namespace: 'openshift-cnv' },
    status: available,
  });
  cluster.put('storageClasses', {
    metadata: { name: 'ceph', annotations: { 'storageclass.kubevirt.io/is-default-virt-class': 'true' } },
  });
  return cluster;
};

/** What a project's administrator may not look at. */
const clusterWide: readonly KindId[] = [
  'subscriptions',
  'lvmClusters',
  'nmStates',
  'hyperConvergeds',
  'imageRegistryConfigs',
];

/** Shows the Summary after what it reads once has come. */
const renderSummary = async (world: Parameters<typeof renderStep>[1]) => {
  const rendered = renderStep(<SummaryStep />, world);
  await act(() => Promise.resolve());
  return rendered;
};

const check = (name: string) => screen.getByText(name).closest('li') as HTMLElement;

describe('Summary', () => {
  test('says of an empty cluster what is to be done', async () => {
    await renderSummary({ cluster: memoryCluster(mtv) });
    expect(within(check('vSphere provider')).getByRole('img', { name: 'To do' })).toBeVisible();
    expect(screen.getByText('No vSphere provider is connected.')).toBeVisible();
    expect(screen.getByText('No network for virtual machines is set up.')).toBeVisible();
    expect(screen.queryByRole('link', { name: 'Create a migration plan' })).toBeNull();
  });

  test('leads to a migration plan when everything is ready, and lists what we created and nothing else', async () => {
    const cluster = preparedCluster();
    cluster.put('providers', { metadata: { name: 'somebody-elses', namespace: mtv } });
    cluster.put('secrets', {
      metadata: {
        name: 'vc-credentials',
        namespace: mtv,
        labels: ownLabels,
        ownerReferences: [{ apiVersion: 'forklift.konveyor.io/v1beta1', kind: 'Provider', name: 'vc', uid: '1' }],
      },
    });
    const map = { spec: { map: [] } };
    cluster.put('networkMaps', { ...map, metadata: { name: 'vc-vms', namespace: mtv, labels: ownLabels } });
    const ownerReferences = [{ apiVersion: 'forklift.konveyor.io/v1beta1', kind: 'Plan', name: 'plan', uid: '1' }];
    cluster.put('networkMaps', {
      ...map,
      metadata: { name: 'copied-for-a-plan', namespace: mtv, labels: ownLabels, ownerReferences },
    });
    const { container } = await renderSummary({ cluster, project: 'vms' });
    expect(await screen.findByText('vc-credentials of vc')).toBeVisible();
    expect(screen.getByRole('link', { name: 'Create a migration plan' })).toHaveAttribute(
      'href',
      '/k8s/all-namespaces/forklift.konveyor.io~v1beta1~Plan/~new',
    );
    const created = screen.getByRole('region', { name: 'Created by Migration Prep' });
    expect(within(created).getByRole('link', { name: `vc in ${mtv}` })).toHaveAttribute(
      'href',
      `/k8s/ns/${mtv}/forklift.konveyor.io~v1beta1~Provider/vc`,
    );
    expect(within(created).getByText('vlan-100 in vms')).toBeVisible();
    expect(within(created).getByText(`vc-vms in ${mtv}`)).toBeVisible();
    expect(within(created).queryByText(/somebody-elses|copied-for-a-plan/)).toBeNull();
    expect(await axe(container)).toHaveNoViolations();
  });

  test('begins with what blocks, and ends with what is fine', async () => {
    const cluster = preparedCluster();
    cluster.remove('networkAttachmentDefinitions', 'vlan-100', 'vms');
    cluster.forbid('list', 'nmStates');
    cluster.put('imageRegistryConfigs', { metadata: { name: 'cluster' }, spec: { managementState: 'Removed' } });
    await renderSummary({ cluster });
    const states = within(screen.getByRole('list', { name: 'Checks' }))
      .getAllByRole('img')
      .map((icon) => icon.getAttribute('aria-label') ?? '');
    expect(states.filter((state, at) => state !== states[at - 1])).toEqual(['To do', 'Unknown', 'Ready']);
  });

  test('lists operators and operands of ours, and says what it may not know', async () => {
    const cluster = preparedCluster();
    cluster.put('subscriptions', {
      metadata: { name: 'ours', namespace: mtv, labels: ownLabels },
      spec: { name: 'x' },
    });
    cluster.put('nmStates', { metadata: { name: 'nmstate', labels: ownLabels } });
    cluster.put('nodeNetworkConfigurationPolicies', { metadata: { name: 'migration-prep-br1', labels: ownLabels } });
    cluster.put('nodeNetworkConfigurationPolicies', { metadata: { name: 'theirs' } });
    cluster.forbid('list', 'hosts');
    cluster.forbid('list', 'namespaces');
    await renderSummary({ cluster });
    const created = within(screen.getByRole('region', { name: 'Created by Migration Prep' }));
    expect(created.getByRole('link', { name: `ours in ${mtv}` })).toBeVisible();
    expect(created.getByRole('link', { name: 'nmstate' })).toHaveAttribute(
      'href',
      '/k8s/cluster/nmstate.io~v1~NMState/nmstate',
    );
    expect(created.getByRole('link', { name: 'migration-prep-br1' })).toBeVisible();
    expect(created.queryByText(/theirs/)).toBeNull();
    expect(created.queryByText('OperatorGroup')).toBeNull();
    expect(created.getByText(/there was no answer: Host, Namespace\./)).toBeVisible();
  });

  test('leads from each check to its step and keeps the project', async () => {
    await renderSummary({ cluster: memoryCluster(mtv), project: 'vms', step: 'summary' });
    const checks = screen.getByRole('list', { name: 'Checks' });
    const links = new Map(
      within(checks)
        .getAllByRole('link')
        .map((link) => [link.textContent, link.getAttribute('href')]),
    );
    expect(links.size).toBe(within(checks).getAllByRole('listitem').length);
    expect(links.get('vSphere provider')).toBe('/migration-prep?project=vms&step=connection');
    expect(links.get('VDDK image')).toBe('/migration-prep?project=vms&step=vddk');
    expect(links.get('Networks')).toBe('/migration-prep?project=vms&step=networks');
    expect(links.get('NMState')).toBe('/migration-prep?project=vms&step=prerequisites');
  });

  test.each(['imageStreams', 'buildConfigs', 'roleBindings', 'networkAttachmentDefinitions'] as const)(
    'lists %s of ours in whatever project',
    async (kind) => {
      const cluster = preparedCluster();
      cluster.put(kind, {
        metadata: { name: 'ours', namespace: 'elsewhere', labels: ownLabels },
        roleRef: { apiGroup: '', kind: '', name: '' },
      });
      cluster.put(kind, {
        metadata: { name: 'theirs', namespace: 'elsewhere' },
        roleRef: { apiGroup: '', kind: '', name: '' },
      });
      await renderSummary({ cluster });
      expect(screen.getByText(/ours in elsewhere/)).toBeVisible();
      expect(screen.queryByText(/theirs/)).toBeNull();
    },
  );

  test('shows a password that nothing uses, and not the password', async () => {
    const cluster = memoryCluster(mtv);
    cluster.put('secrets', {
      metadata: { name: 'vc-credentials', namespace: mtv, labels: ownLabels },
      stringData: { password: 'Secret1' },
    });
    const { container } = await renderSummary({ cluster });
    expect(await screen.findByText(/vc-credentials \(holds a password but belongs to no provider/)).toBeVisible();
    expect(container.innerHTML).not.toMatch(new RegExp(`Secret1|${btoa('Secret1')}`));
  });

  test('says which Secrets may not be seen', async () => {
    const cluster = memoryCluster(mtv);
    cluster.forbid('list', 'secrets');
    await renderSummary({ cluster });
    expect(await screen.findByText(/You are not permitted to list Secret in openshift-mtv/)).toBeVisible();
  });

  test('does not call a Provider ready whose Secret is gone, unless the user may not look', async () => {
    const cluster = preparedCluster();
    cluster.remove('secrets', 'vc-credentials', mtv);
    const { unmount } = await renderSummary({ cluster });
    expect(
      await within(check('vSphere provider')).findByText('The Secret with the credentials of provider vc is gone.'),
    ).toBeVisible();
    expect(screen.queryByRole('link', { name: 'Create a migration plan' })).toBeNull();
    unmount();
    cluster.forbid('get', 'secrets');
    await renderSummary({ cluster });
    expect(await screen.findByText('Providers ready: 1')).toBeVisible();
  });

  test('does not call a roll-out ready that is under way', async () => {
    const cluster = preparedCluster();
    cluster.put('forkliftControllers', {
      metadata: { name: 'forklift-controller', namespace: mtv },
      spec: { vddk_image: 'registry/vddk@sha256:1' },
      status: { conditions: [{ type: 'Running', status: 'True', reason: 'Running' }] },
    });
    await renderSummary({ cluster });
    expect(within(check('VDDK image')).getByRole('img', { name: 'In progress' })).toBeVisible();
    expect(screen.queryByRole('link', { name: 'Create a migration plan' })).toBeNull();
  });

  test('says that it does not know what the user may not see', async () => {
    const cluster = preparedCluster();
    cluster.forbid('list', 'providers');
    cluster.forbid('list', 'imageStreams');
    await renderSummary({ cluster });
    expect(within(check('vSphere provider')).getByRole('img', { name: 'Unknown' })).toBeVisible();
    expect(screen.queryByRole('link', { name: 'Create a migration plan' })).toBeNull();
    expect(screen.getByText(/You are not permitted to list ImageStream in openshift-mtv/)).toBeVisible();
  });

  test('says that MTV is missing', async () => {
    const cluster = memoryCluster(mtv);
    cluster.uninstall('providers');
    cluster.uninstall('forkliftControllers');
    await renderSummary({ cluster });
    for (const name of ['vSphere provider', 'VDDK image', 'Migration Toolkit for Virtualization']) {
      expect(within(check(name)).getByText('Migration Toolkit for Virtualization is not installed.')).toBeVisible();
    }
  });

  test('says how far the operators, the storage class and the registry are', async () => {
    const cluster = preparedCluster();
    cluster.remove('nmStates', 'nmstate');
    cluster.remove('subscriptions', 'kubernetes-nmstate-operator', 'openshift-nmstate');
    cluster.put('operatorGroups', { metadata: { name: 'group', namespace: 'nmstate' } });
    cluster.remove('forkliftControllers', 'forklift-controller', mtv);
    cluster.put('subscriptions', {
      metadata: { name: 'any', namespace: 'nmstate' },
      spec: { name: 'kubernetes-nmstate-operator', installPlanApproval: 'Manual' },
      status: { state: 'UpgradePending', installPlanRef: { name: 'install-x' } },
    });
    cluster.put('storageClasses', {
      metadata: { name: 'lvms-vg1', annotations: { 'storageclass.kubevirt.io/is-default-virt-class': 'true' } },
    });
    cluster.put('imageRegistryConfigs', { metadata: { name: 'cluster' }, spec: { managementState: 'Removed' } });
    await renderSummary({ cluster });
    expect(within(check('NMState')).getByText(/Approve InstallPlan install-x in project nmstate/)).toBeVisible();
    expect(within(check('NMState')).getByRole('img', { name: 'In progress' })).toBeVisible();
    expect(within(check('LVM Storage')).getByText(/not needed/)).toBeVisible();
    expect(within(check('OpenShift Virtualization')).getByRole('img', { name: 'Ready' })).toBeVisible();
    expect(
      within(check('Storage for virtual machines')).getByText(/Several storage classes are the default/),
    ).toBeVisible();
    expect(within(check('Image registry')).getByText(/switched off/)).toBeVisible();
  });

  test('case 3: does not call ready what nothing runs, and says what is there', async () => {
    const cluster = preparedCluster();
    for (const kind of ['subscriptions', 'clusterServiceVersions', 'operatorGroups'] as const) {
      for (const { metadata } of cluster.all(kind))
        if (metadata.namespace === mtv) cluster.remove(kind, metadata.name, mtv);
    }
    const { container } = await renderSummary({ cluster });
    const mtvCheck = within(check('Migration Toolkit for Virtualization'));
    expect(mtvCheck.getByRole('img', { name: 'Unknown' })).toBeVisible();
    expect(
      mtvCheck.getByText(/ForkliftController openshift-mtv\/forklift-controller exists, but without a Subscription/),
    ).toBeVisible();
    expect(screen.queryByRole('link', { name: 'Create a migration plan' })).toBeNull();
    expect(await axe(container)).toHaveNoViolations();
  });

  test('case 3: knows what a ClusterExtension has installed, and a cluster without them', async () => {
    const cluster = preparedCluster();
    cluster.remove('subscriptions', 'kubevirt-hyperconverged', 'openshift-cnv');
    cluster.put('clusterExtensions', {
      metadata: { name: 'virt' },
      spec: { namespace: 'openshift-cnv', source: { catalog: { packageName: 'community-kubevirt-hyperconverged' } } },
      status: { conditions: [{ type: 'Installed', status: 'True' }] },
    });
    const { unmount } = await renderSummary({ cluster });
    expect(within(check('OpenShift Virtualization')).getByRole('img', { name: 'Ready' })).toBeVisible();
    unmount();
    const older = preparedCluster();
    older.uninstall('clusterExtensions');
    await renderSummary({ cluster: older });
    expect(within(check('OpenShift Virtualization')).getByRole('img', { name: 'Ready' })).toBeVisible();
  });

  test('case 13: says a warning and calls the cluster ready all the same', async () => {
    const cluster = preparedCluster();
    cluster.put('imageRegistryConfigs', {
      metadata: { name: 'cluster' },
      spec: { managementState: 'Managed', storage: { emptyDir: {} } },
      status: {
        conditions: [
          { type: 'Available', status: 'True', reason: 'Ready' },
          { type: 'Removed', status: 'False' },
        ],
      },
    });
    cluster.put('imageConfigs', {
      metadata: { name: 'cluster' },
      status: { internalRegistryHostname: 'image-registry.openshift-image-registry.svc:5000' },
    });
    const { container } = await renderSummary({ cluster });
    expect(within(check('Image registry')).getByRole('img', { name: 'Ready with a warning' })).toBeVisible();
    expect(within(check('Image registry')).getByText(/lost when the pod is/)).toBeVisible();
    expect(await screen.findByRole('link', { name: 'Create a migration plan' })).toBeVisible();
    expect(await axe(container)).toHaveNoViolations();
  });

  test.each([
    [
      'case 17',
      'BundleUnpackFailed',
      'bundle unpacking failed. Reason: DeadlineExceeded, and Message: Job was active longer',
      /in project openshift-marketplace, delete the failed Job/,
    ],
    [
      'case 18',
      'ResolutionFailed',
      'constraints not satisfiable: clusterserviceversion kubernetes-nmstate-operator.v1 exists and is not referenced by a subscription',
      /Delete that ClusterServiceVersion/,
    ],
    [
      'case 19',
      'ResolutionFailed',
      'failed to populate resolver cache from source community-operators/openshift-marketplace: failed to list bundles',
      /No answer from catalog openshift-marketplace\/community-operators/,
    ],
  ])('%s: names the remedy for what OLM says', async (_, type, message, says) => {
    const cluster = preparedCluster();
    cluster.remove('nmStates', 'nmstate');
    cluster.put('subscriptions', {
      metadata: { name: 'kubernetes-nmstate-operator', namespace: 'openshift-nmstate' },
      spec: {
        name: 'kubernetes-nmstate-operator',
        source: 'redhat-operators',
        sourceNamespace: 'openshift-marketplace',
      },
      status: { conditions: [{ type, status: 'True', message }] },
    });
    await renderSummary({ cluster });
    expect(within(check('NMState')).getByText(says)).toBeVisible();
  });

  test('case 20: names the node on which LVM Storage fails', async () => {
    const cluster = preparedCluster();
    installed(cluster, 'lvms-operator', 'openshift-lvm-storage');
    cluster.put('lvmClusters', {
      metadata: { name: 'lvmcluster', namespace: 'openshift-lvm-storage' },
      status: {
        state: 'Failed',
        conditions: [{ type: 'VolumeGroupsReady', status: 'False', message: 'One or more VGs are failed' }],
        deviceClassStatuses: [
          {
            name: 'vg1',
            nodeStatus: [{ node: 'worker-0', status: 'Failed', reason: 'device /dev/sdb is already in use' }],
          },
        ],
      },
    });
    await renderSummary({ cluster });
    expect(
      within(check('LVM Storage')).getByText(/worker-0: vg1 Failed, device \/dev\/sdb is already in use/),
    ).toBeVisible();
  });

  test("does not hold against a project's administrator what they may not see, and names it", async () => {
    const cluster = preparedCluster();
    for (const kind of clusterWide) cluster.forbid('list', kind);
    const { container } = await renderSummary({ cluster });
    expect(within(check('OpenShift Virtualization')).getByRole('img', { name: 'Unknown' })).toBeVisible();
    expect(await screen.findByRole('link', { name: 'Create a migration plan' })).toBeVisible();
    expect(
      screen.getByText(/Ask a cluster administrator about: LVM Storage, .*OpenShift Virtualization, Image registry/),
    ).toBeVisible();
    expect(await axe(container)).toHaveNoViolations();
  });

  test('does not call ready what it could not look at for another reason than rights', async () => {
    const cluster = preparedCluster();
    const useWatch: typeof cluster.useWatch = (query) => {
      const seen = cluster.useWatch(query);
      return query && 'list' in query && query.list === 'subscriptions'
        ? { state: 'failed', failure: { code: 'ServerError', kind: 'subscriptions', verb: 'list', message: '' } }
        : seen;
    };
    await renderSummary({ cluster, services: { useWatch } });
    expect(within(check('NMState')).getByRole('img', { name: 'Unknown' })).toBeVisible();
    expect(screen.queryByRole('link', { name: 'Create a migration plan' })).toBeNull();
  });
});
