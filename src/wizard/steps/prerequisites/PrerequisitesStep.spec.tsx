import { act, screen, within } from '@testing-library/react';
import { axe } from 'jest-axe';
import type { MemoryCluster } from '../../../testing/memory-cluster';
import { made, openshift, operatorBy } from '../../../testing/memory-openshift';
import { renderStep } from '../../../testing/render-step';
import { declaredByAnnotation } from '../../../domain/ownership';
import { virtDefaultAnnotation } from '../../../domain/storage/virt-default';
import { PrerequisitesStep } from './PrerequisitesStep';

/** A cluster that was just installed: OLM and a catalog, and no CRD of an operator. */
const bare = (): MemoryCluster => {
  const cluster = openshift('4.22.0', 'openshift-marketplace', 'vms');
  for (const kind of ['lvmClusters', 'forkliftControllers', 'providers', 'nmStates', 'hyperConvergeds'] as const)
    cluster.uninstall(kind);
  for (const kind of ['nodeHealthChecks', 'localVolumeDiscoveryResults'] as const) cluster.uninstall(kind);
  cluster.put('packageManifests', {
    metadata: { name: 'mtv-operator', namespace: 'openshift-marketplace' },
    status: {
      catalogSource: 'redhat-operators',
      catalogSourceNamespace: 'openshift-marketplace',
      catalogSourceDisplayName: 'Red Hat Operators',
      defaultChannel: 'release-v2.12',
      channels: [
        { name: 'release-v2.11', currentCSVDesc: { version: '2.11.4' } },
        { name: 'release-v2.12', currentCSVDesc: { version: '2.12.1' } },
      ],
    },
  });
  return cluster;
};

const show = async (cluster: MemoryCluster) => {
  const rendered = renderStep(<PrerequisitesStep />, { cluster, services: { userName: 'prep' } });
  await act(() => Promise.resolve());
  return rendered;
};

const rows = () =>
  screen.getAllByRole('listitem').map((row) => within(row).getByRole('heading', { level: 3 }).textContent);
const row = (name: string) => screen.getByRole('listitem', { name });
const mtv = 'Migration Toolkit for Virtualization';

describe('Prerequisites', () => {
  test('shows of a bare cluster what is missing, what blocks first, each with its reason', async () => {
    const cluster = bare();
    cluster.put('storageClasses', {
      metadata: { name: 'fast', annotations: { [virtDefaultAnnotation]: 'true' } },
      provisioner: 'csi.example.com',
    });
    const { container } = await show(cluster);
    expect(await screen.findByRole('button', { name: `Install: ${mtv}` })).toBeVisible();
    expect(rows()).toEqual([
      mtv,
      'NMState',
      'OpenShift Virtualization',
      'Image registry',
      'This cluster as target',
      'LVM Storage',
      'Storage for virtual machines',
      'Build API',
      'Console plugin',
      'Node Health Check',
    ]);
    expect(row(mtv)).toHaveTextContent(`${mtv} is not installed.`);
    expect(within(row('LVM Storage')).getByRole('img', { name: 'Ready' })).toBeVisible();
    expect(row('Node Health Check')).toHaveTextContent('Migrations do not need it.');
    expect(
      await screen.findByText('You have the rights to check all of this and to set up what is missing.'),
    ).toBeVisible();
    expect(await axe(container)).toHaveNoViolations();
  });

  test('installs an operator from the catalog, in the channel that was chosen', async () => {
    const cluster = bare();
    const { user, container } = await show(cluster);
    await user.click(await screen.findByRole('button', { name: `Install: ${mtv}` }));
    const channel = await screen.findByRole('radiogroup', { name: 'Channel' });
    expect(
      within(channel)
        .getAllByRole('radio')
        .map((option) => option.parentElement?.textContent),
    ).toEqual(["The catalog's default, release-v2.12", 'release-v2.11 (2.11.4)', 'release-v2.12 (2.12.1)']);
    expect(await axe(container)).toHaveNoViolations();
    await user.click(within(channel).getByRole('radio', { name: 'release-v2.11 (2.11.4)' }));
    await user.click(screen.getByRole('radio', { name: 'Manual' }));
    await user.click(screen.getByRole('button', { name: `Install ${mtv}` }));
    expect(await within(row(mtv)).findByText(/OLM has not processed its Subscription yet/)).toBeVisible();
    expect(made(cluster)).toEqual([
      'create namespaces /openshift-mtv',
      'create operatorGroups openshift-mtv/migration',
      'create subscriptions openshift-mtv/mtv-operator',
    ]);
    expect(cluster.all('subscriptions')[0]?.spec).toEqual({
      name: 'mtv-operator',
      source: 'redhat-operators',
      sourceNamespace: 'openshift-marketplace',
      channel: 'release-v2.11',
      installPlanApproval: 'Manual',
    });
    // What goes on is shown where it began.
    const stages = await screen.findByRole('list', { name: `Installation of ${mtv}` });
    expect(within(stages).getByRole('listitem', { name: 'Subscription mtv-operator: In progress' })).toBeVisible();
    expect(within(stages).getByRole('listitem', { name: 'InstallPlan: Pending' })).toBeVisible();
  });

  test('goes on while the catalog cannot be read, and says what is used instead', async () => {
    const cluster = bare();
    cluster.forbid('list', 'packageManifests');
    const { user } = await show(cluster);
    await user.click(await screen.findByRole('button', { name: 'Install: NMState' }));
    expect(
      await screen.findByText(
        /You are not permitted to list PackageManifest.* The default channel of catalog redhat-operators is used/,
      ),
    ).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Install NMState' }));
    expect(await within(row('NMState')).findByText(/OLM has not processed/)).toBeVisible();
    expect(cluster.all('subscriptions')[0]?.spec).not.toHaveProperty('channel');
  });

  test('says that no catalog has the package', async () => {
    const { user } = await show(bare());
    await user.click(await screen.findByRole('button', { name: 'Install: NMState' }));
    expect(await screen.findByText('No catalog offers package kubernetes-nmstate-operator now')).toBeVisible();
  });

  test('an installation that breaks off says why, and is resumed', async () => {
    const cluster = bare();
    cluster.fail({ verb: 'create', kind: 'subscriptions', failure: 'SessionExpired' });
    const { user } = await show(cluster);
    await user.click(await screen.findByRole('button', { name: `Install: ${mtv}` }));
    await screen.findByRole('radiogroup', { name: 'Channel' });
    await user.click(screen.getByRole('button', { name: `Install ${mtv}` }));
    expect(await screen.findByText(/Your session has expired/)).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Retry' }));
    expect(await within(row(mtv)).findByText(/OLM has not processed/)).toBeVisible();
    expect(made(cluster).filter((write) => write.startsWith('create operatorGroups'))).toHaveLength(1);
  });

  test('who may not set it up is told which rights are missing, with the roles that grant them', async () => {
    const cluster = bare();
    cluster.forbid('create', 'subscriptions');
    cluster.forbid('create', 'namespaces');
    const { user, container } = await show(cluster);
    expect(
      await within(row(mtv)).findByText(
        'You are not permitted to set this up. “Your rights” below says which rights are missing.',
      ),
    ).toBeVisible();
    expect(screen.queryByRole('button', { name: `Install: ${mtv}` })).toBeNull();
    const missing = await screen.findByRole('list', { name: 'Rights that are missing' });
    expect(missing).toHaveTextContent('create namespaces in the whole cluster');
    expect(missing).toHaveTextContent('create subscriptions in project openshift-mtv');
    expect(missing).not.toHaveTextContent('operatorgroups');
    await user.click(screen.getByRole('button', { name: 'Roles that grant these rights' }));
    expect(screen.getByText(/kind: ClusterRoleBinding/)).toHaveTextContent('kind: User name: prep');
    expect(await axe(container)).toHaveNoViolations();
    // Granted meanwhile.
    cluster.permit('create', 'subscriptions');
    cluster.permit('create', 'namespaces');
    await user.click(screen.getByRole('button', { name: 'Check my rights again' }));
    expect(await screen.findByRole('button', { name: `Install: ${mtv}` })).toBeVisible();
  });

  test('who may not look is told which rights that needs', async () => {
    const cluster = bare();
    cluster.forbid('list', 'subscriptions');
    await show(cluster);
    expect(row(mtv)).toHaveTextContent('You are not permitted to check this.');
    expect(await screen.findByRole('list', { name: 'Rights that are missing' })).toHaveTextContent(
      'list, watch subscriptions in the whole cluster',
    );
  });

  test('what values hold is said, and nothing is offered there', async () => {
    const cluster = bare();
    cluster.put('imageRegistryConfigs', {
      metadata: { name: 'cluster', annotations: { [declaredByAnnotation]: 'prep/migration-prep' } },
      spec: { managementState: 'Removed', storage: {} },
    });
    await show(cluster);
    await screen.findByRole('button', { name: `Install: ${mtv}` });
    expect(row('Image registry')).toHaveTextContent('Managed by values');
    expect(within(row('Image registry')).queryByRole('button')).toBeNull();
  });
});

describe('An operator that is on its way', () => {
  const waiting = () => {
    const cluster = bare();
    operatorBy(cluster, 'nmstate', { namespace: 'openshift-nmstate', group: 'g', subscription: 'nmstate' });
    cluster.put('subscriptions', {
      metadata: { name: 'nmstate', namespace: 'openshift-nmstate' },
      spec: { name: 'kubernetes-nmstate-operator', installPlanApproval: 'Manual' },
      status: {
        state: 'UpgradePending',
        installPlanRef: { name: 'install-x' },
        conditions: [{ type: 'InstallPlanPending', status: 'True', reason: 'RequiresApproval' }],
      },
    });
    cluster.put('installPlans', {
      metadata: { name: 'install-x', namespace: 'openshift-nmstate' },
      spec: { approval: 'Manual', approved: false, clusterServiceVersionNames: ['nmstate.v4', 'other.v2'] },
      status: { phase: 'RequiresApproval' },
    });
    return cluster;
  };

  test('is approved from the page, after it is said what is installed', async () => {
    const cluster = waiting();
    const { user, container } = await show(cluster);
    await user.click(await screen.findByRole('button', { name: 'Review and approve: NMState' }));
    const list = await screen.findByRole('list', { name: 'What is installed' });
    expect(list).toHaveTextContent('nmstate.v4');
    expect(list).toHaveTextContent('other.v2');
    expect(screen.getByRole('link', { name: 'InstallPlan install-x' })).toHaveAttribute(
      'href',
      '/k8s/ns/openshift-nmstate/operators.coreos.com~v1alpha1~InstallPlan/install-x',
    );
    expect(await axe(container)).toHaveNoViolations();
    await user.click(screen.getByRole('button', { name: 'Approve' }));
    await screen.findByRole('listitem', { name: /Change InstallPlan install-x: Done/ });
    expect(cluster.all('installPlans')[0]?.spec?.approved).toBe(true);
  });

  test('is not approved when its plan has changed since it was shown', async () => {
    const cluster = waiting();
    const { user } = await show(cluster);
    await user.click(await screen.findByRole('button', { name: 'Review and approve: NMState' }));
    const approve = await screen.findByRole('button', { name: 'Approve' });
    // Between the click and the write: the planner sees what nobody agreed to.
    const { list } = cluster;
    const get = cluster.get;
    Object.assign(cluster, {
      list,
      get: (one: Parameters<typeof get>[0]) => {
        cluster.put('installPlans', {
          metadata: { name: 'install-x', namespace: 'openshift-nmstate' },
          spec: { approved: false, clusterServiceVersionNames: ['nmstate.v5'] },
        });
        return get(one);
      },
    });
    await user.click(approve);
    expect(
      await screen.findByText(/was not approved, because it now installs something else: nmstate.v5/),
    ).toBeVisible();
    expect(cluster.all('installPlans')[0]?.spec?.approved).toBe(false);
  });
});
