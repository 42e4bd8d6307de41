import { apiVersionOf, kinds } from '../../src/domain/kinds';
import { startInventory } from '../controller/inventory-server';
import type { InventoryServer } from '../controller/inventory-server';
import { startControlPlane } from './control-plane';
import type { ControlPlane } from './control-plane';
import { fileWith, run } from './program';
import { controllerRules, rulesOf } from './rights';

let plane: ControlPlane;
let inventory: InventoryServer;
let kubeconfig: string;

const mtv = 'openshift-mtv';
const quick = ['--deadline', '0'];

beforeAll(async () => {
  plane = await startControlPlane();
  inventory = await startInventory();
  await plane.install('forkliftControllers', 'providers', 'hosts');
  await plane.put('namespaces', { metadata: { name: mtv } });
  await plane.put('forkliftControllers', { metadata: { name: 'forklift-controller', namespace: mtv }, spec: {} });
  await plane.put('providers', {
    metadata: { name: 'vc', namespace: mtv },
    spec: { type: 'vsphere', url: 'https://vcenter.example.com/sdk' },
    status: {
      phase: 'Ready',
      observedGeneration: 1,
      conditions: ['Ready', 'ConnectionTestSucceeded', 'InventoryCreated'].map((type) => ({ type, status: 'True' })),
    },
  });
  await plane.ask('POST', '/api/v1/namespaces/default/secrets', {
    metadata: { name: 'esxi' },
    stringData: { user: 'root', password: 'only-in-the-secret' },
  });
  kubeconfig = await plane.account(
    'preparer',
    controllerRules(
      { release: { namespace: 'default', name: 'migration-prep' }, providers: ['vc'], named: ['esxi'] },
      ...(['always', 'providers', 'hosts'] as const),
    ),
  );
}, 120_000);

afterAll(async () => {
  inventory.stop();
  await plane.stop();
});

describe('an ESXi host that a wishes file declares', () => {
  const wishes = () =>
    fileWith({
      prepare: {
        providers: [
          { name: 'vc', url: 'https://vcenter.example.com/sdk', secret: 'vcenter', certificate: { insecure: true } },
        ],
        hosts: [{ provider: 'vc', host: 'DC0_C0_H0', adapter: 'Management Network', secret: 'esxi' }],
      },
    });
  const hosts = (command: string, ...more: readonly string[]) =>
    run(kubeconfig, command, '--wishes', wishes(), '--only', 'hosts', ...quick, ...more);

  test('is planned, made and found there', async () => {
    const planned = await hosts('plan', '--inventory', inventory.url);
    expect(planned).toMatchObject({ code: 0, err: '' });
    expect(planned.out).toContain(`create ${kinds.hosts.kind} ${mtv}/vc-`);
    expect(await plane.names('hosts')).toEqual([]);

    const made = await hosts('ensure', '--inventory', inventory.url);
    expect(made.out).toContain(`created ${kinds.hosts.kind} ${mtv}/vc-`);
    expect(made.out + made.err).not.toContain('only-in-the-secret');
    const [name = ''] = await plane.names('hosts');
    await plane.put('hosts', {
      apiVersion: apiVersionOf(kinds.hosts),
      metadata: { name, namespace: mtv },
      status: { conditions: [{ type: 'Ready', status: 'True' }] },
    });
    expect(await hosts('ensure', '--inventory', inventory.url)).toMatchObject({ code: 0, err: '' });
  });

  test('needs the inventory, which is elsewhere outside of the cluster', async () => {
    const { code, err } = await hosts('ensure');
    expect({ code, err }).toEqual({
      code: 3,
      err: expect.stringContaining('inventory service did not answer') as string,
    });
    expect(await hosts('ensure', '--inventory', 'http://inventory.example.com')).toEqual({
      code: 2,
      out: '',
      err: '--inventory must begin with https://, because a token is sent there.\n',
    });
  });
});

test('what a release declared can be changed again, with the rights of its block', async () => {
  const noted = (name: string, release: string) =>
    plane.put('forkliftControllers', {
      metadata: {
        name,
        namespace: mtv,
        labels: { 'app.kubernetes.io/managed-by': 'migration-prep' },
        annotations: { 'migration-prep/declared-by': release, note: 'x' },
      },
    });
  await noted('forklift-controller', 'default/mine');
  await noted('theirs', 'default/other');
  await plane.ask('POST', '/api/v1/namespaces/default/configmaps', {
    metadata: { name: 'mine-refused-credentials', labels: { 'app.kubernetes.io/managed-by': 'migration-prep' } },
  });
  const cleaner = await plane.account('cleaner', rulesOf('declared'));
  const args = ['cleanup', '--only', 'declared', '--release', 'mine', ...quick];
  expect(await run(cleaner, ...args)).toMatchObject({ code: 0, err: '' });
  const annotationsOf = async (name: string) =>
    (await plane.read<{ metadata: { annotations?: object } }>('forkliftControllers', name, mtv))?.metadata.annotations;
  expect(await annotationsOf('forklift-controller')).toEqual({ note: 'x' });
  expect(await annotationsOf('theirs')).toEqual({ 'migration-prep/declared-by': 'default/other', note: 'x' });
  expect(await plane.read('configMaps', 'mine-refused-credentials', 'default')).toBeUndefined();
  expect((await run(cleaner, ...args)).out).toBe('declared: the release holds nothing.\n');
});
