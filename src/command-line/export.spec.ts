import { parse } from 'yaml';
import { ownLabels } from '../domain/ownership';
import { err, ok } from '../domain/result';
import { openshift } from '../testing/memory-openshift';
import type { MemoryCluster } from '../testing/memory-cluster';
import { execute } from './execute-tasks';
import { exportTo } from './export';

const nadConfig = (config: object): { readonly config: string } => ({
  config: JSON.stringify({ cniVersion: '0.3.1', ...config }),
});

const network = (name: string, config: object) => ({
  metadata: { name, namespace: 'vms', labels: ownLabels },
  spec: nadConfig(config),
});

const bridge = { type: 'bridge', bridge: 'br1', macspoofchk: true };

const prepared = (): MemoryCluster => {
  const cluster = openshift('4.22.0', 'openshift-mtv', 'vms');
  cluster.put('subscriptions', {
    metadata: { name: 'mtv-operator', namespace: 'openshift-mtv' },
    spec: { name: 'mtv-operator', channel: 'release-v2.12', source: 'mirror', sourceNamespace: 'catalogs' },
  });
  cluster.put('forkliftControllers', {
    metadata: { name: 'forklift-controller', namespace: 'openshift-mtv' },
    spec: { vddk_image: 'registry.example.com/vddk:8' },
  });
  cluster.put('secrets', {
    metadata: { name: 'vc-credentials', namespace: 'openshift-mtv', labels: ownLabels },
    stringData: { user: 'me', password: 'only-in-the-secret' },
  });
  const spec = { type: 'vsphere', url: 'https://vc.example.com/sdk' };
  const secret = { name: 'vc-credentials', namespace: 'openshift-mtv' };
  cluster.put('providers', {
    metadata: { name: 'vc', namespace: 'openshift-mtv', labels: ownLabels },
    spec: { ...spec, secret },
  });
  cluster.put('providers', { metadata: { name: 'theirs', namespace: 'openshift-mtv' }, spec });
  return cluster;
};

const exported = async (cluster: MemoryCluster) => {
  const files = new Map<string, string>();
  const world = { cluster, dryRun: false, say: () => undefined };
  const write = (path: string, content: string) => {
    files.set(path, content);
    return Promise.resolve(ok(undefined));
  };
  const { code } = await execute([exportTo(world, 'out', write)]);
  return { code, files, values: parse(files.get('out/values.yaml') ?? '') as unknown };
};

test('what there is becomes values, without a password', async () => {
  const cluster = prepared();
  cluster.put('networkAttachmentDefinitions', network('web', { ...bridge, vlan: 100 }));
  const { code, files, values } = await exported(cluster);
  expect(code).toBe(0);
  expect(values).toEqual({
    operators: {
      lvms: { mode: 'skip' },
      mtv: {
        mode: 'install',
        namespace: 'openshift-mtv',
        channel: 'release-v2.12',
        subscription: { source: 'mirror', sourceNamespace: 'catalogs' },
      },
      nmstate: { mode: 'skip' },
      cnv: { mode: 'skip' },
    },
    controller: { enabled: true },
    prepare: {
      providers: [
        {
          name: 'vc',
          url: 'https://vc.example.com/sdk',
          secret: 'vc-login',
          certificate: { configMap: 'vc-ca' },
        },
      ],
      vddk: { image: 'registry.example.com/vddk:8' },
      networks: { rules: [{ vlan: '100', bridge: 'br1' }], namespaces: ['vms'] },
    },
  });
  expect([...files.keys()]).toEqual([
    'out/values.yaml',
    'out/NOTES.md',
    'out/objects/0-projects/openshift-mtv.yaml',
    'out/objects/0-projects/vms.yaml',
    'out/objects/openshift-mtv/providers-vc.yaml',
    'out/objects/vms/network-attachment-definitions-web.yaml',
    'out/secrets/openshift-mtv/vc-credentials.yaml',
    'out/argocd/application.yaml',
    'out/argocd/cluster-role.yaml',
    'out/argocd/cluster-role-binding.yaml',
  ]);
  expect([...files.values()].join()).not.toContain('only-in-the-secret');
  expect(files.get('out/NOTES.md')).toMatch(/Secret vc-login .*\n.*ConfigMap vc-ca .*\n.*Provider theirs /);
});

test.each<[string, object, object, RegExp | undefined]>([
  [
    'untagged, with any MAC address',
    { ...bridge, macspoofchk: false },
    { vlan: 'untagged', bridge: 'br1', macspoofchk: false },
    undefined,
  ],
  ['a larger MTU', { ...bridge, vlan: 5, mtu: 9000 }, { vlan: '5', bridge: 'br1', mtu: 9000 }, undefined],
  [
    'a localnet',
    {
      type: 'ovn-k8s-cni-overlay',
      topology: 'localnet',
      name: 'physnet',
      netAttachDefName: 'vms/n',
      vlanID: 7,
      mtu: 1500,
    },
    { vlan: '7', mapping: 'physnet' },
    undefined,
  ],
])('a network that is %s becomes a rule', async (_, config, rule) => {
  const cluster = prepared();
  cluster.put('networkAttachmentDefinitions', network('n', config));
  const { values } = await exported(cluster);
  expect(values).toMatchObject({ prepare: { networks: { rules: [rule] } } });
});

test('of the disks, only what the chart has keys for becomes values', async () => {
  const cluster = prepared();
  cluster.put('subscriptions', {
    metadata: { name: 'lvms-operator', namespace: 'openshift-mtv' },
    spec: { name: 'lvms-operator' },
  });
  const thinPool = { name: 'thin-pool-1', sizePercent: 90, overprovisionRatio: 10 };
  const deviceClass = {
    name: 'vg1',
    thinPoolConfig: { ...thinPool, chunkSizeCalculationPolicy: 'Static' },
    deviceSelector: { paths: ['/dev/disk/by-id/a'], forceWipeDevicesAndDestroyAllData: false },
  };
  cluster.put('lvmClusters', {
    metadata: { name: 'lvm', namespace: 'openshift-mtv' },
    spec: { storage: { deviceClasses: [deviceClass] } },
  });
  const { values } = await exported(cluster);
  expect((values as { operators: { lvms: { operand: object } } }).operators.lvms.operand).toEqual({
    name: 'lvm',
    deviceClass: 'vg1',
    thinPool,
    paths: ['/dev/disk/by-id/a'],
  });
});

test('a trunk is no rule, and two networks on one VLAN need more than that', async () => {
  const cluster = prepared();
  cluster.put('networkAttachmentDefinitions', network('trunk', { ...bridge, vlanTrunk: [{ minID: 1, maxID: 9 }] }));
  cluster.put('networkAttachmentDefinitions', network('one', { ...bridge, vlan: 5 }));
  cluster.put('networkAttachmentDefinitions', network('other', { ...bridge, bridge: 'br2', vlan: 5 }));
  const { files } = await exported(cluster);
  expect(files.get('out/NOTES.md')).toMatch(/Network trunk in vms is not one/);
  expect(files.get('out/NOTES.md')).toMatch(/Several rules are for VLAN 5\./);
});

test('an image that was built here is left to be declared', async () => {
  const cluster = prepared();
  cluster.put('forkliftControllers', {
    metadata: { name: 'forklift-controller', namespace: 'openshift-mtv' },
    spec: { vddk_image: 'registry.svc:5000/openshift-mtv/migration-prep-vddk@sha256:1' },
  });
  const { files, values } = await exported(cluster);
  expect(values).not.toHaveProperty('prepare.vddk');
  expect(files.get('out/NOTES.md')).toMatch(/built on this cluster/);
});

test('a folder that cannot be written is told', async () => {
  const world = { cluster: prepared(), dryRun: false, say: () => undefined };
  const { code, complaints } = await execute([exportTo(world, 'out', () => Promise.resolve(err('EACCES')))]);
  expect({ code, complaints }).toEqual({ code: 1, complaints: ['export: out/values.yaml cannot be written: EACCES.'] });
});

test('a folder of an earlier export is not overwritten', async () => {
  const world = { cluster: prepared(), dryRun: false, say: () => undefined };
  const { code, complaints } = await execute([exportTo(world, 'out', () => Promise.resolve(err('EEXIST')))]);
  expect({ code, complaints }).toEqual({
    code: 1,
    complaints: [
      'export: out/values.yaml is there already, and nothing is overwritten. Name a folder that does not exist with --to, or delete this one first.',
    ],
  });
});

test('with --dry-run nothing is written', async () => {
  const said: string[] = [];
  const write = jest.fn();
  const world = { cluster: prepared(), dryRun: true, say: (line: string) => said.push(line) };
  await execute([exportTo(world, 'out', write)]);
  expect(write).not.toHaveBeenCalled();
  expect(said[0]).toBe('would write out/values.yaml');
});
