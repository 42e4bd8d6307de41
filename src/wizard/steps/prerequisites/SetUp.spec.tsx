import { act, screen, within } from '@testing-library/react';
import { axe } from 'jest-axe';
import type { OperatorId } from '../../../domain/operators/operator';
import { virtDefaultAnnotation } from '../../../domain/storage/virt-default';
import type { MemoryCluster } from '../../../testing/memory-cluster';
import { made, openshift, operatorBy } from '../../../testing/memory-openshift';
import { renderStep } from '../../../testing/render-step';
import { PrerequisitesStep } from './PrerequisitesStep';

const homes = {
  lvms: 'openshift-lvm-storage',
  mtv: 'openshift-mtv',
  nmstate: 'openshift-nmstate',
  cnv: 'openshift-cnv',
} as const satisfies Record<OperatorId, string>;

/** All operators are installed, and none is set up. */
const installed = (): MemoryCluster => {
  const cluster = openshift('4.22.0', ...Object.values(homes));
  for (const [id, namespace] of Object.entries(homes) as [OperatorId, string][]) {
    operatorBy(cluster, id, { namespace, group: 'g', subscription: id });
    cluster.put('clusterServiceVersions', {
      metadata: { name: `${id}.v1`, namespace },
      status: { phase: 'Succeeded' },
    });
  }
  return cluster;
};

const show = async (cluster: MemoryCluster) => {
  const rendered = renderStep(<PrerequisitesStep />, { cluster });
  await act(() => Promise.resolve());
  return rendered;
};
const row = (name: string) => screen.getByRole('listitem', { name });

const disk = (deviceID: string, path: string, state: string, more = {}) => ({
  deviceID,
  path,
  size: 960 * 1024 ** 3,
  model: 'SSD 960',
  vendor: 'ACME ',
  type: 'disk',
  fstype: '',
  status: { state },
  ...more,
});

describe('The custom resource of an operator', () => {
  test('of MTV is made with the settings of the chart', async () => {
    const cluster = installed();
    const { user } = await show(cluster);
    await user.click(await screen.findByRole('button', { name: 'Set up: Migration Toolkit for Virtualization' }));
    await user.click(await screen.findByRole('button', { name: 'Set up Migration Toolkit for Virtualization' }));
    expect(await within(row('Migration Toolkit for Virtualization')).findByText(/is being set up/)).toBeVisible();
    expect(cluster.all('forkliftControllers')[0]).toMatchObject({
      metadata: { name: 'forklift-controller', namespace: 'openshift-mtv' },
      spec: { feature_ui_plugin: 'true' },
    });
  });

  test('of OpenShift Virtualization shuts machines down that cannot migrate, where their disks are on one node', async () => {
    const cluster = installed();
    cluster.put('storageClasses', {
      metadata: { name: 'lvms-vg1', annotations: { [virtDefaultAnnotation]: 'true' } },
      provisioner: 'topolvm.io',
    });
    const { user } = await show(cluster);
    await user.click(await screen.findByRole('button', { name: 'Set up: OpenShift Virtualization' }));
    expect(await screen.findByRole('radio', { name: /shut down a machine that cannot/ })).toBeChecked();
    await user.click(screen.getByRole('button', { name: 'Set up OpenShift Virtualization' }));
    await within(row('OpenShift Virtualization')).findByText(/is being set up/);
    expect(cluster.all('hyperConvergeds')[0]?.spec).toEqual({ evictionStrategy: 'LiveMigrateIfPossible' });
  });

  test('of LVM Storage needs disks that somebody names, and says what that means for the data', async () => {
    const cluster = installed();
    cluster.uninstall('localVolumeDiscoveryResults');
    const { user, container } = await show(cluster);
    await user.click(await screen.findByRole('button', { name: 'Set up: LVM Storage' }));
    expect(await screen.findByText('The data of a virtual machine is on one disk of one node')).toBeVisible();
    expect(screen.getByText(/No node reports its disks/)).toBeVisible();
    const disks = screen.getByRole('textbox', { name: /^Disks/ });
    await user.click(screen.getByRole('button', { name: 'Use these disks' }));
    expect(disks).toHaveFocus();
    expect(disks).toHaveAccessibleDescription(
      /Choose at least one disk\. LVM Storage would otherwise take every empty disk/,
    );
    await user.type(disks, 'sdb');
    expect(disks).toHaveAccessibleDescription(/sdb is not the path of a disk/);
    await user.clear(disks);
    await user.type(disks, '/dev/sdb');
    expect(disks).toHaveAccessibleDescription(/another disk may be \/dev\/sdb/);
    await user.clear(disks);
    await user.type(disks, '/dev/disk/by-id/wwn-0x1');
    expect(await axe(container)).toHaveNoViolations();
    expect(made(cluster)).toEqual([]);
    await user.click(screen.getByRole('radio', { name: 'Each node has some of them' }));
    await user.click(screen.getByRole('button', { name: 'Use these disks' }));
    await within(row('LVM Storage')).findByText(/is being set up/);
    expect(cluster.all('lvmClusters')[0]?.spec?.storage?.deviceClasses).toEqual([
      {
        name: 'vg1',
        fstype: 'xfs',
        thinPoolConfig: { name: 'thin-pool-1', sizePercent: 90, overprovisionRatio: 10 },
        deviceSelector: { optionalPaths: ['/dev/disk/by-id/wwn-0x1'] },
      },
    ]);
  });

  test('of LVM Storage takes disks of those that nodes report; one that is in use cannot be chosen', async () => {
    const cluster = installed();
    const results = {
      worker0: [disk('/dev/disk/by-id/a', '/dev/sdb', 'Available'), disk('', '/dev/sdc', 'NotAvailable')],
      worker1: [disk('/dev/disk/by-id/b', '/dev/sdb', 'Available')],
    };
    for (const [nodeName, discoveredDevices] of Object.entries(results))
      cluster.put('localVolumeDiscoveryResults', {
        metadata: { name: nodeName, namespace: 'openshift-local-storage' },
        spec: { nodeName },
        status: { discoveredDevices },
      });
    const { user, container } = await show(cluster);
    await user.click(await screen.findByRole('button', { name: 'Set up: LVM Storage' }));
    const first = await screen.findByRole('group', { name: 'Disks of worker0' });
    expect(first).toHaveTextContent('/dev/sdb, ACME SSD 960, 960 GiB');
    expect(within(first).getByRole('checkbox', { name: /^\/dev\/sdc/ })).toBeDisabled();
    expect(first).toHaveTextContent('in use, or not empty');
    await user.click(within(first).getByRole('checkbox', { name: /by-id\/a/ }));
    await user.click(screen.getByRole('checkbox', { name: /by-id\/b/ }));
    expect(await axe(container)).toHaveNoViolations();
    await user.click(screen.getByRole('button', { name: 'Use these disks' }));
    await within(row('LVM Storage')).findByText(/is being set up/);
    expect(cluster.all('lvmClusters')[0]?.spec?.storage?.deviceClasses?.[0]?.deviceSelector).toEqual({
      optionalPaths: ['/dev/disk/by-id/a', '/dev/disk/by-id/b'],
    });
  });

  test('of LVM Storage: that no node has a free disk is said, with what to do', async () => {
    const cluster = installed();
    cluster.put('localVolumeDiscoveryResults', {
      metadata: { name: 'worker0', namespace: 'openshift-local-storage' },
      spec: { nodeName: 'worker0' },
      status: { discoveredDevices: [disk('/dev/disk/by-id/a', '/dev/sdb', 'Available', { fstype: 'xfs' })] },
    });
    const { user } = await show(cluster);
    await user.click(await screen.findByRole('button', { name: 'Set up: LVM Storage' }));
    expect(await screen.findByText(/No node reports a free disk\. Attach one, or wipe one/)).toBeVisible();
  });
});

describe('Storage for virtual machines', () => {
  const withClasses = (...marked: readonly string[]) => {
    const cluster = installed();
    for (const name of ['fast', 'slow', ...marked])
      cluster.put('storageClasses', {
        metadata: { name, ...(marked.includes(name) && { annotations: { [virtDefaultAnnotation]: 'true' } }) },
        provisioner: 'csi.example.com',
      });
    return cluster;
  };
  const markedIn = (cluster: MemoryCluster) =>
    cluster
      .all('storageClasses')
      .filter(({ metadata }) => metadata.annotations?.[virtDefaultAnnotation] === 'true')
      .map(({ metadata }) => metadata.name);

  test('is a class among those that exist', async () => {
    const cluster = withClasses();
    const { user, container } = await show(cluster);
    await user.click(await screen.findByRole('button', { name: 'Choose the class: Storage for virtual machines' }));
    await user.click(await screen.findByRole('radio', { name: 'slow' }));
    expect(await axe(container)).toHaveNoViolations();
    await user.click(screen.getByRole('button', { name: 'Mark this class' }));
    expect(
      await within(row('Storage for virtual machines')).findByText('slow is the storage class for virtual machines.'),
    ).toBeVisible();
    expect(markedIn(cluster)).toEqual(['slow']);
  });

  test('takes the mark from others, of which the newest would be used', async () => {
    const cluster = withClasses('gold', 'silver');
    const { user } = await show(cluster);
    await user.click(await screen.findByRole('button', { name: 'Choose the class: Storage for virtual machines' }));
    await user.click(await screen.findByRole('radio', { name: 'silver' }));
    expect(screen.getByRole('checkbox', { name: 'Take the mark from gold' })).toBeChecked();
    await user.click(screen.getByRole('button', { name: 'Mark this class' }));
    await within(row('Storage for virtual machines')).findByText('silver is the storage class for virtual machines.');
    expect(markedIn(cluster)).toEqual(['silver']);
  });

  test('a class that is deleted meanwhile is said to be gone', async () => {
    const cluster = withClasses();
    const { user } = await show(cluster);
    await user.click(await screen.findByRole('button', { name: 'Choose the class: Storage for virtual machines' }));
    await user.click(await screen.findByRole('radio', { name: 'slow' }));
    const { list } = cluster;
    Object.assign(cluster, {
      list: (many: Parameters<typeof list>[0]) => {
        if (many.list === 'storageClasses') cluster.remove('storageClasses', 'slow');
        return list(many);
      },
    });
    await user.click(screen.getByRole('button', { name: 'Mark this class' }));
    expect(await screen.findByText('There is no storage class slow.')).toBeVisible();
  });
});

describe('The image registry', () => {
  const withClass = () => {
    const cluster = installed();
    cluster.put('storageClasses', { metadata: { name: 'lvms-vg1' }, provisioner: 'topolvm.io' });
    return cluster;
  };
  const open = async (cluster: MemoryCluster) => {
    const rendered = await show(cluster);
    await rendered.user.click(await screen.findByRole('button', { name: 'Switch on: Image registry' }));
    return { ...rendered, switchOn: await screen.findByRole('button', { name: 'Switch the registry on' }) };
  };
  const spec = (cluster: MemoryCluster) => cluster.all('imageRegistryConfigs')[0]?.spec;

  test('gets a volume of the class and the size that were chosen', async () => {
    const cluster = withClass();
    const { user, container, switchOn } = await open(cluster);
    const size = screen.getByRole('textbox', { name: /^Size/ });
    await user.clear(size);
    await user.type(size, '20');
    expect(size).toHaveAccessibleDescription(/^Enter a size such as 100Gi\./);
    expect(switchOn).toBeDisabled();
    await user.type(size, 'Gi');
    expect(await axe(container)).toHaveNoViolations();
    await user.click(switchOn);
    expect(await within(row('Image registry')).findByText(/The internal image registry is starting/)).toBeVisible();
    expect(cluster.all('persistentVolumeClaims')[0]).toMatchObject({
      metadata: { name: 'image-registry-migration-prep', namespace: 'openshift-image-registry' },
      spec: {
        storageClassName: 'lvms-vg1',
        accessModes: ['ReadWriteOnce'],
        resources: { requests: { storage: '20Gi' } },
      },
    });
    expect(spec(cluster)).toMatchObject({
      managementState: 'Managed',
      storage: { pvc: { claim: 'image-registry-migration-prep' } },
    });
  });

  test('keeps its images in its pod only after it is said that they get lost', async () => {
    const cluster = withClass();
    const { user, switchOn } = await open(cluster);
    await user.click(screen.getByRole('radio', { name: /emptyDir/ }));
    expect(screen.getByText('The images are lost with the pod')).toBeVisible();
    await user.click(switchOn);
    expect(await within(row('Image registry')).findByText(/The internal image registry is starting/)).toBeVisible();
    expect(cluster.all('persistentVolumeClaims')).toEqual([]);
    expect(spec(cluster)).toMatchObject({ managementState: 'Managed', storage: { emptyDir: {} } });
  });

  test('keeps storage that somebody has set', async () => {
    const cluster = withClass();
    cluster.put('imageRegistryConfigs', {
      metadata: { name: 'cluster' },
      spec: { managementState: 'Removed', storage: { s3: { bucket: 'b' } } as object },
    });
    const { user, switchOn } = await open(cluster);
    expect(screen.getByText(/Its storage is set already \(s3\), and stays as it is/)).toBeVisible();
    expect(screen.queryByRole('radio')).toBeNull();
    await user.click(switchOn);
    expect(await within(row('Image registry')).findByText(/The internal image registry is starting/)).toBeVisible();
    expect(spec(cluster)).toEqual({ managementState: 'Managed', storage: { s3: { bucket: 'b' } } });
  });

  test('says which quota is in the way', async () => {
    const cluster = withClass();
    cluster.fail({
      verb: 'create',
      kind: 'persistentVolumeClaims',
      status: {
        code: 403,
        reason: 'Forbidden',
        message: 'persistentvolumeclaims "x" is forbidden: exceeded quota: storage, requested: requests.storage=100Gi',
      },
    });
    const { user, switchOn } = await open(cluster);
    await user.click(switchOn);
    expect(await screen.findByText(/exceeded quota.*This is a quota of the project/)).toBeVisible();
  });
});
