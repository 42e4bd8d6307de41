import type { KindId } from '../../src/domain/kinds';
import { startControlPlane } from './control-plane';
import type { ControlPlane } from './control-plane';
import { fileWith, run, start } from './program';
import { rulesOf } from './rights';

/** Cases from the field, on a real API server with the rights of the contract. */

let plane: ControlPlane;
let kubeconfig: string;

const olm: readonly KindId[] = ['subscriptions', 'operatorGroups', 'clusterServiceVersions', 'clusterVersions'];
const virt = 'storageclass.kubevirt.io/is-default-virt-class';
const quick = ['--deadline', '0'];
const patient = ['--deadline', '0.5', '--interval', '0.1'];
const blocks = ['operators', 'operands', 'virt-default-class', 'registry', 'report', 'cleanup'];
const wishes = (operators: object) => fileWith({ operators });
const install = { mode: 'install' };

beforeAll(async () => {
  plane = await startControlPlane();
  await plane.install(...olm, 'forkliftControllers', 'hyperConvergeds', 'imageRegistryConfigs', 'imageConfigs');
  await plane.put('clusterVersions', { metadata: { name: 'version' }, status: { desired: { version: '4.21.3' } } });
  for (const name of ['konveyor-forklift', 'openshift-mtv', 'kubevirt-hyperconverged'])
    await plane.put('namespaces', { metadata: { name } });
  kubeconfig = await plane.account('hooks', rulesOf(...blocks));
}, 120_000);

afterAll(() => plane.stop());

/** OLM's part of an operator. */
const olmHas = async (name: string, namespace: string, csv: string) => {
  await plane.put('operatorGroups', { metadata: { name: 'group', namespace }, spec: {} });
  await plane.put('clusterServiceVersions', { metadata: { name: csv, namespace }, status: { phase: 'Succeeded' } });
  await plane.put('subscriptions', {
    metadata: { name, namespace },
    spec: { name, source: 'community-operators' },
    status: { installedCSV: csv },
  });
};
const gone = async (kind: KindId, name: string, namespace?: string) => {
  const answer = await plane.cluster.get({ kind, name, ...(namespace !== undefined && { namespace }) });
  if (!answer.ok || !answer.value) throw new Error(`${kind} ${name} is not there`);
  const { uid = '' } = answer.value.metadata;
  await plane.cluster.apply({ verb: 'delete', kind, name, uid, ...(namespace !== undefined && { namespace }) });
};
const said = async (title: string) =>
  new RegExp(`^.{9}  ${title}.*$`, 'm').exec((await run(kubeconfig, 'report', ...quick)).out)?.[0] ?? '';

describe('case 3', () => {
  const mtv = 'Migration Toolkit for Virtualization';
  const controller = { name: 'forklift-controller', namespace: 'openshift-mtv' };
  const idle = {
    conditions: [
      { type: 'Successful', status: 'True' },
      { type: 'Running', status: 'True', reason: 'Successful' },
    ],
  };

  test('a CRD that an uninstall left behind keeps nothing from being installed', async () => {
    const { code, out } = await run(
      kubeconfig,
      'ensure',
      '--wishes',
      wishes({ mtv: install }),
      '--only',
      'operators',
      '--dry-run',
    );
    expect({ code, created: out.includes('would create Subscription openshift-mtv/mtv-operator') }).toEqual({
      code: 0,
      created: true,
    });
    expect(
      await run(kubeconfig, 'ensure', '--wishes', wishes({ mtv: install }), '--only', 'operands', ...quick),
    ).toMatchObject({
      code: 3,
      err: expect.stringContaining(`${mtv} is not installed.`) as string,
    });
    expect(await plane.names('forkliftControllers')).toEqual([]);
  });

  test('an operand that nothing is known to run: nothing is made, and no answer calls it ready', async () => {
    await plane.put('forkliftControllers', { metadata: controller, spec: {}, status: idle });
    const file = wishes({ mtv: install });
    const ensured = await run(kubeconfig, 'ensure', '--wishes', file, ...quick);
    expect(ensured.code).toBe(1);
    expect(ensured.err).toContain('ForkliftController openshift-mtv/forklift-controller exists without a Subscription');
    expect([...(await plane.names('subscriptions')), ...(await plane.names('operatorGroups'))]).toEqual([]);
    for (const target of ['operator/mtv', 'operand/mtv']) {
      expect(await run(kubeconfig, 'wait', target, '--wishes', file, ...quick)).toMatchObject({
        code: 1,
        err: expect.stringContaining('is unknown') as string,
      });
    }
    expect(await said(mtv)).toMatch(/^not known .*is unknown/);
    const adopting = wishes({ mtv: { mode: 'adopt' } });
    expect(await run(kubeconfig, 'ensure', '--wishes', adopting, ...quick)).toMatchObject({ code: 0, err: '' });
    expect(await run(kubeconfig, 'wait', 'operators', 'operands', '--wishes', adopting, ...quick)).toMatchObject({
      code: 0,
    });
  });

  test('a ClusterExtension is adopted by every command; a cluster that has no such kind is no failure', async () => {
    await plane.install('clusterExtensions');
    await plane.put('clusterExtensions', {
      metadata: { name: 'mtv' },
      spec: { namespace: 'openshift-mtv', source: { sourceType: 'Catalog', catalog: { packageName: 'mtv-operator' } } },
      status: {
        conditions: [
          {
            type: 'Installed',
            status: 'True',
            reason: 'Succeeded',
            message: 'Installed bundle quay.io/x successfully',
          },
        ],
        install: { bundle: { name: 'mtv-operator.v2.12.1', version: '2.12.1' } },
      },
    });
    const file = wishes({ mtv: install });
    const { code, out } = await run(kubeconfig, 'ensure', '--wishes', file, ...quick);
    expect(code).toBe(0);
    expect(out).toContain(
      'operator/mtv: Migration Toolkit for Virtualization is installed by ClusterExtension mtv (mtv-operator.v2.12.1). It is used as it is.',
    );
    expect(await plane.names('subscriptions')).toEqual([]);
    expect(await run(kubeconfig, 'wait', 'operators', 'operands', '--wishes', file, ...quick)).toMatchObject({
      code: 0,
    });
    expect(await said(mtv)).toMatch(/^ready /);
    const cleaned = await run(kubeconfig, 'cleanup', '--only', 'operands,operators', ...patient);
    expect(cleaned.out).toContain('operator/mtv: somebody else installed it.');
    expect(await plane.names('forkliftControllers')).toEqual(['forklift-controller']);
    await gone('clusterExtensions', 'mtv');
    await gone('forkliftControllers', controller.name, controller.namespace);
  });

  test('upstream Forklift and the community HyperConverged are used where they are', async () => {
    await olmHas('forklift-operator', 'konveyor-forklift', 'forklift-operator.v2.9.0');
    await olmHas(
      'community-kubevirt-hyperconverged',
      'kubevirt-hyperconverged',
      'kubevirt-hyperconverged-operator.v1.15.0',
    );
    const file = wishes({ mtv: install, cnv: install });
    const { code, out } = await run(kubeconfig, 'ensure', '--wishes', file, ...quick);
    expect(code).toBe(0);
    expect(out).toContain(
      'operator/mtv: its Subscription is in project konveyor-forklift, for package forklift-operator. It is used as it is.',
    );
    expect((await plane.names('subscriptions')).toSorted()).toEqual([
      'community-kubevirt-hyperconverged',
      'forklift-operator',
    ]);
    expect(await plane.read('forkliftControllers', 'forklift-controller', 'konveyor-forklift')).toBeDefined();
    expect(await plane.read('hyperConvergeds', 'kubevirt-hyperconverged', 'kubevirt-hyperconverged')).toBeDefined();
    expect(await run(kubeconfig, 'wait', 'operators', '--wishes', file, ...quick)).toMatchObject({ code: 0 });
    await run(kubeconfig, 'cleanup', '--only', 'operands,operators,namespaces', ...patient);
    expect((await plane.names('subscriptions')).toSorted()).toEqual([
      'community-kubevirt-hyperconverged',
      'forklift-operator',
    ]);
  }, 30_000);
});

describe('case 7', () => {
  const storageClass = (name: string, provisioner: string, annotations = {}) =>
    plane.put('storageClasses', { metadata: { name, annotations }, provisioner });
  const wish = (unsetOthers: boolean) => fileWith({ storage: { virtDefaultClass: 'lvms', unsetOthers } });
  const markOf = async (name: string) =>
    (await plane.read<{ metadata: { annotations?: Record<string, string> } }>('storageClasses', name))?.metadata
      .annotations?.[virt];

  test('the wished class is not done while a newer one is taken', async () => {
    await storageClass('lvms-vg1', 'topolvm.io');
    await plane.cluster.pause(1100);
    await storageClass('ceph-virt', 'rbd', { [virt]: 'true' });
    const ensured = await run(kubeconfig, 'ensure', '--wishes', wish(false), ...quick);
    expect(ensured.code).toBe(1);
    expect(ensured.err).toContain(
      'lvms-vg1 is marked, but disks of virtual machines get ceph-virt: of several marked classes CDI takes the newest',
    );
    const waited = await run(kubeconfig, 'wait', 'virt-default-class', '--wishes', wish(false), ...quick);
    expect(waited).toMatchObject({ code: 3, err: expect.stringContaining('The newest, ceph-virt, is used') as string });
  }, 30_000);

  test('a mark that another operator sets back is told, with who does it', async () => {
    const running = { yes: true };
    const owner = (async () => {
      while (running.yes) {
        if ((await markOf('ceph-virt')) !== 'true') {
          await plane.cluster.pause(500);
          await plane.ask('PATCH', '/apis/storage.k8s.io/v1/storageclasses/ceph-virt?fieldManager=ocs-operator', {
            metadata: { annotations: { [virt]: 'true' } },
          });
        }
        await plane.cluster.pause(50);
      }
    })();
    const { code, err } = await run(kubeconfig, 'ensure', '--wishes', wish(true), ...patient);
    running.yes = false;
    await owner;
    expect(code).toBe(1);
    expect(err).toContain('Somebody sets StorageClass ceph-virt back: ocs-operator.');
  }, 30_000);

  test('once nobody does, the wished class is the one that is used', async () => {
    expect(await run(kubeconfig, 'ensure', '--wishes', wish(true), ...quick)).toMatchObject({ code: 0, err: '' });
    expect(await markOf('ceph-virt')).toBe('false');
    expect(await run(kubeconfig, 'wait', 'virt-default-class', '--wishes', wish(true), ...quick)).toMatchObject({
      code: 0,
    });
    for (const name of ['lvms-vg1', 'ceph-virt']) await gone('storageClasses', name);
  }, 30_000);
});

describe('cases 13 to 15', () => {
  const registry = (spec: object, available: object) =>
    plane.put('imageRegistryConfigs', {
      metadata: { name: 'cluster' },
      spec: { managementState: 'Managed', ...spec },
      status: {
        conditions: [
          { type: 'Available', ...available },
          { type: 'Removed', status: 'False' },
        ],
      },
    });

  test('case 14: minimum availability is enough', async () => {
    await plane.put('imageConfigs', {
      metadata: { name: 'cluster' },
      status: { internalRegistryHostname: 'image-registry.openshift-image-registry.svc:5000' },
    });
    const waiter = start(kubeconfig, 'wait', 'registry', ...patient);
    await registry(
      { replicas: 2, storage: { pvc: { claim: 'image-registry-storage' } } },
      { status: 'True', reason: 'MinimumAvailability' },
    );
    expect(await waiter.ended).toMatchObject({ code: 0 });
    expect(await said('Image registry')).toMatch(/^ready /);
  }, 30_000);

  test('case 13: images that are gone with the pod are a warning, and usable', async () => {
    await registry({ replicas: 1, storage: { emptyDir: {}, pvc: null } }, { status: 'True', reason: 'Ready' });
    expect(await run(kubeconfig, 'wait', 'registry', ...quick)).toMatchObject({
      code: 0,
      out: expect.stringContaining('lost when the pod is') as string,
    });
    expect(await said('Image registry')).toMatch(/^warning .*emptyDir/);
    const ensured = await run(kubeconfig, 'ensure', '--wishes', fileWith({ registry: { enable: true } }), ...quick);
    expect(ensured).toMatchObject({ code: 0, out: expect.stringMatching(/emptyDir.*left as it is/) as string });
    const kept = await plane.read<{ data: { summary: string } }>('configMaps', 'migration-prep-report', 'default');
    expect(kept?.data.summary).toMatch(/, \d of them with a warning$/);
  }, 30_000);

  test('case 15: the beta annotation makes a default class', async () => {
    await plane.put('storageClasses', {
      metadata: { name: 'vendor-block', annotations: { 'storageclass.beta.kubernetes.io/is-default-class': 'true' } },
      provisioner: 'csi.vendor.example.com',
    });
    expect(await said('Storage for virtual machines')).toMatch(/^warning .*default vendor-block/);
  }, 30_000);
});
