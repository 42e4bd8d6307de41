import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { startControlPlane } from './control-plane';
import type { ControlPlane } from './control-plane';
import { run } from './program';
import { rulesOf } from './rights';

let plane: ControlPlane;
const folder = mkdtempSync(join(tmpdir(), 'export-'));

const labels = { 'app.kubernetes.io/managed-by': 'migration-prep' };
const quick = ['--deadline', '0'];

beforeAll(async () => {
  plane = await startControlPlane();
  await plane.install(
    ...(['providers', 'hosts', 'plans', 'networkMaps', 'forkliftControllers'] as const),
    ...(['networkAttachmentDefinitions', 'virtualMachines', 'virtualMachineInstances'] as const),
    ...(['subscriptions', 'clusterServiceVersions', 'lvmClusters', 'hyperConvergeds', 'imageRegistryConfigs'] as const),
    ...(['buildConfigs', 'imageStreams'] as const),
  );
  const network = (name: string, more: object) => ({
    metadata: { name, namespace: 'default', ...more },
    spec: {
      config: JSON.stringify({ cniVersion: '0.3.1', type: 'bridge', bridge: 'br1', vlan: 7, macspoofchk: true }),
    },
  });
  await plane.put('networkAttachmentDefinitions', network('free', { labels }));
  await plane.put('networkAttachmentDefinitions', network('used', { labels }));
  await plane.put('networkAttachmentDefinitions', network('theirs', {}));
  await plane.put('virtualMachines', {
    metadata: { name: 'vm', namespace: 'default' },
    spec: { template: { spec: { networks: [{ name: 'n', multus: { networkName: 'used' } }] } } },
  });
  await plane.put('providers', {
    metadata: { name: 'vc', namespace: 'default', labels },
    spec: {
      type: 'vsphere',
      url: 'https://vc.example.com/sdk',
      secret: { name: 'vc-credentials', namespace: 'default' },
    },
  });
  await plane.ask('POST', '/api/v1/namespaces/default/secrets', {
    metadata: { name: 'vc-credentials', labels },
    stringData: { password: 'only-in-the-secret' },
  });
}, 120_000);

afterAll(async () => {
  rmSync(folder, { recursive: true });
  await plane.stop();
});

test('export needs no right to a Secret, and writes values that the chart takes', async () => {
  const kubeconfig = await plane.account('exporter', rulesOf('export'));
  const { code, out, err } = await run(kubeconfig, 'export', '--to', join(folder, 'here'), ...quick);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toContain(`wrote ${join(folder, 'here')}/values.yaml`);
  const text = readFileSync(join(folder, 'here/values.yaml'), 'utf8');
  expect(parse(text)).toMatchObject({
    prepare: {
      providers: [{ name: 'vc', secret: 'vc-login' }],
      networks: { rules: [{ vlan: '7', bridge: 'br1' }], namespaces: ['default'] },
    },
  });
  expect(readFileSync(join(folder, 'here/objects/default/providers-vc.yaml'), 'utf8')).not.toContain('only-in');
});

test('undo lists first, and then removes what nothing needs and nothing else', async () => {
  const kubeconfig = await plane.account('undoer', rulesOf('undo'));
  const undo = (...more: readonly string[]) =>
    run(kubeconfig, 'undo', '--only', 'networks,bridges,bridge-policies,providers,vddk', ...quick, ...more);
  const listed = await undo();
  expect(listed).toMatchObject({ code: 0, err: '' });
  expect(listed.out).toContain('would delete NetworkAttachmentDefinition default/free');
  expect(listed.out).toContain('kept NetworkAttachmentDefinition default/used: VirtualMachine default/vm needs it.');
  expect(await plane.names('networkAttachmentDefinitions')).toEqual(['free', 'theirs', 'used']);
  expect(await undo('--yes')).toMatchObject({ code: 0, err: '' });
  expect(await plane.names('networkAttachmentDefinitions')).toEqual(['theirs', 'used']);
  expect(await plane.names('providers')).toEqual([]);
});

test('the report is one JSON document, and its exit code judges on request', async () => {
  const kubeconfig = await plane.account('judge', rulesOf('report'));
  const { code, out, err } = await run(kubeconfig, 'report', '--output', 'json', '--exit-code', ...quick);
  expect({ code, err }).toEqual({ code: 5, err: '' });
  expect(JSON.parse(out)).toMatchObject({ ready: false });
});

test('the controller is stopped with the rights of its block', async () => {
  await plane.ask('POST', '/apis/apps/v1/namespaces/default/deployments', {
    metadata: { name: 'migration-prep-controller' },
    spec: {
      replicas: 1,
      selector: { matchLabels: { a: 'b' } },
      template: { metadata: { labels: { a: 'b' } }, spec: { containers: [{ name: 'c', image: 'i' }] } },
    },
  });
  const kubeconfig = await plane.account('stopper', rulesOf('stop-controller'));
  const stopped = await run(kubeconfig, 'cleanup', '--only', 'controller', '--deadline', '0.3', '--interval', '0.2');
  expect(stopped.out).toContain('changed Deployment default/migration-prep-controller');
  const seen = await plane.read<{ spec: { replicas: number } }>('deployments', 'migration-prep-controller', 'default');
  expect(seen?.spec.replicas).toBe(0);
}, 40_000);
