import { pathOf, startControlPlane } from './control-plane';
import type { ControlPlane } from './control-plane';
import { guard, unguard } from './policies';
import { fileWith, run, start } from './program';
import { example, rulesOf } from './rights';

let plane: ControlPlane;

const olm = ['subscriptions', 'operatorGroups', 'clusterServiceVersions', 'clusterVersions'] as const;
const platform = ['consoleConfigs', 'imageRegistryConfigs', 'imageConfigs'] as const;

beforeAll(async () => {
  plane = await startControlPlane();
  await plane.install(...olm, ...platform);
  await plane.put('clusterVersions', { metadata: { name: 'version' }, status: { desired: { version: '4.21.3' } } });
  await plane.ask('POST', '/api/v1/namespaces', { metadata: { name: 'openshift-image-registry' } });
}, 120_000);

afterAll(() => plane.stop());

const quick = ['--deadline', '0'];
const patient = ['--deadline', '0.5', '--interval', '0.1'];

describe('what is wrong before the cluster is asked', () => {
  test.each<[string, readonly string[], RegExp]>([
    ['no such command', ['enable'], /no command enable/],
    ['no such option', ['wait', 'registry', '--tmeout', '3'], /--tmeout/],
    ['no target', ['wait'], /what to wait for/],
    ['no such target', ['wait', 'operator/lvm'], /operator\/lvm/],
    ['wishes are needed', ['wait', 'operators'], /needs --wishes/],
    ['no file named', ['ensure'], /needs --wishes FILE/],
    ['no such file', ['ensure', '--wishes', '/nowhere.yaml'], /nowhere\.yaml cannot be read: ENOENT/],
    ['no such part', ['ensure', '--wishes', '/nowhere.yaml', '--only', 'operator'], /does not know operator\./],
    ['no folder named', ['export'], /needs --to FOLDER/],
    ['no such part to undo', ['undo', '--only', 'controller'], /does not know controller\./],
    ['no such output', ['plan', '--wishes', '/nowhere.yaml', '--output', 'xml'], /--output must be one of: text, json/],
    ['no time', ['report', '--deadline', 'soon'], /--deadline must be a number/],
    ['no cluster', ['report'], /No cluster is known/],
    ['no kubeconfig', ['report', '--kubeconfig', '/nowhere'], /cannot be used: ENOENT/],
  ])('%s', async (_, args, says) => {
    const { code, err, out } = await run(undefined, ...args);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(says);
  });

  test('everything that is wrong in the wishes is told at once, with its path', async () => {
    const wishes = fileWith({
      operators: { mtv: { mode: 'instal', chanel: 'x' }, lvms: { operand: { paths: ['sda'] } } },
      registry: { claim: 'image-registry-storage' },
    });
    const { code, err } = await run(plane.kubeconfig, 'ensure', '--wishes', wishes);
    expect(code).toBe(2);
    expect(err).toContain('operators.mtv.mode has a value that is not allowed. Allowed: install, adopt, skip.');
    expect(err).toContain('operators.mtv.chanel is not a known key.');
    expect(err).toContain('operators.lvms.operand.paths[0]');
    expect(err).toContain('registry.claim');
  });

  test('a file that is no YAML, and one that is no Application', async () => {
    expect((await run(plane.kubeconfig, 'ensure', '--wishes', fileWith('a: [1'))).err).toMatch(
      /is not YAML: .* at character/,
    );
    expect(await run(plane.kubeconfig, 'apply-application', '--file', fileWith({ kind: 'ConfigMap' }))).toMatchObject({
      code: 2,
    });
  });

  test('each command explains itself', async () => {
    expect((await run(undefined, '--help')).out).toMatch(/COMMAND \[arguments\]/);
    for (const command of [
      'ensure',
      'plan',
      'wait',
      'enable-plugin',
      'disable-plugin',
      'apply-application',
      'report',
      'cleanup',
      'undo',
      'export',
    ]) {
      const { code, out } = await run(undefined, command, '--help');
      expect({ code, out }).toEqual({
        code: 0,
        out: expect.stringMatching(new RegExp(`^migration-prep ${command} .*Exit codes: 0 done`, 's')) as string,
      });
    }
  });
});

describe("the console's list", () => {
  const list = async () =>
    (await plane.read<{ spec: { plugins?: string[] } }>('consoleConfigs', 'cluster'))?.spec.plugins;

  test('two at once both end up in it, behind those that were there', async () => {
    await plane.put('consoleConfigs', { metadata: { name: 'cluster' }, spec: { plugins: ['monitoring-plugin'] } });
    const ten = Array.from({ length: 5 }, (_, i) => `plugin-${String(i)}`);
    const ended = await Promise.all(
      [...ten, ...ten].map((name) => run(plane.kubeconfig, 'enable-plugin', '--name', name, ...patient)),
    );
    expect(ended.map(({ code }) => code)).toEqual(ended.map(() => 0));
    const plugins = (await list()) ?? [];
    expect(plugins[0]).toBe('monitoring-plugin');
    expect([...plugins].sort()).toEqual(['monitoring-plugin', ...ten]);
    const out = await Promise.all(
      ten.map((name) => run(plane.kubeconfig, 'disable-plugin', '--name', name, ...patient)),
    );
    expect(out.map(({ code }) => code)).toEqual(out.map(() => 0));
    expect(await list()).toEqual(['monitoring-plugin']);
  }, 60_000);

  test('is made where there is none; a second time nothing is written', async () => {
    await plane.ask('DELETE', pathOf('consoleConfigs', 'cluster'));
    expect(await run(plane.kubeconfig, 'enable-plugin', ...quick)).toMatchObject({
      code: 3,
      err: expect.stringContaining('no console yet') as string,
    });
    await plane.put('consoleConfigs', { metadata: { name: 'cluster' }, spec: {} });
    expect((await run(plane.kubeconfig, 'enable-plugin')).out).toContain('changed Console cluster');
    expect(await list()).toEqual(['migration-prep']);
    expect((await run(plane.kubeconfig, 'enable-plugin')).out).not.toContain('changed');
  });

  test('needs a right, which is told by exit code 4 and once', async () => {
    const nobody = await plane.account('nobody', []);
    const { code, err } = await run(nobody, 'enable-plugin');
    expect(code).toBe(4);
    expect(err).toMatch(/^enable-plugin: You are not permitted to get Console .*\n$/);
  });
});

describe('case 6: what a quota or a policy refuses', () => {
  test('is said in its own words and ends with 1; a missing right still with 4', async () => {
    const project = 'reports';
    await plane.ask('POST', '/api/v1/namespaces', { metadata: { name: project } });
    await guard(plane, {
      name: 'no-reports',
      project,
      reason: 'Forbidden',
      quotes: "'the platform team writes these'",
    });
    const report = (kubeconfig: string) =>
      run(kubeconfig, 'report', '--namespace', project, '--deadline', '0.2', '--interval', '0.05');
    let ended = await report(plane.kubeconfig);
    for (let tries = 0; ended.code !== 1 && tries < 20; tries += 1) {
      await plane.ask('DELETE', `/api/v1/namespaces/${project}/configmaps/migration-prep-report`);
      ended = await report(plane.kubeconfig);
    }
    expect(ended.code).toBe(1);
    expect(ended.err).toMatch(/ValidatingAdmissionPolicy 'no-reports' .*the platform team writes these/);
    expect(ended.err).not.toContain('You are not permitted to');
    expect((await report(await plane.account('reader', []))).code).toBe(4);
    await unguard(plane, 'no-reports');
  }, 60_000);
});

describe('operators', () => {
  const wishes = () =>
    fileWith({ operators: { mtv: { mode: 'install' }, nmstate: { mode: 'adopt' } }, namespaceLabels: { team: 'vm' } });

  test('a dry run asks the cluster and leaves nothing', async () => {
    const { code, out } = await run(plane.kubeconfig, 'ensure', '--wishes', wishes(), '--dry-run');
    expect(code).toBe(0);
    expect(out).toContain('would create Namespace openshift-mtv');
    expect(out).toContain('would create Subscription openshift-mtv/mtv-operator (not checked');
    expect(await plane.names('subscriptions')).toEqual([]);
    expect(await plane.read('namespaces', 'openshift-mtv')).toBeUndefined();
  });

  test('are planned by exactly the rights of the contract: each change, why and what differs; nothing is left', async () => {
    const kubeconfig = await plane.account('planner', rulesOf('operators'));
    const args = ['plan', '--wishes', wishes(), '--only', 'operators'];
    const text = await run(kubeconfig, ...args);
    expect(text).toMatchObject({ code: 0, err: '' });
    expect(text.out).toMatch(
      /create Namespace openshift-mtv\n {4}because: .*\n( {4}.*\n)* {4}\+ metadata\.labels\.team: vm\n/,
    );
    expect(text.out).toContain(
      'create Subscription openshift-mtv/mtv-operator (not checked: project openshift-mtv does not exist yet)',
    );
    expect(text.out).toContain('operator/nmstate: nothing to do. NMState is left to others to install.');
    const { code, out } = await run(kubeconfig, ...args, '--output', 'json');
    expect({ code, plan: JSON.parse(out) as unknown }).toMatchObject({
      code: 0,
      plan: {
        parts: [
          { part: 'operator/mtv', state: 'planned', changes: [{ check: 'accepted' }, { check: 'unchecked' }, {}] },
          { part: 'operator/nmstate', state: 'done', changes: [] },
        ],
      },
    });
    expect(await plane.names('subscriptions')).toEqual([]);
    expect(await plane.read('namespaces', 'openshift-mtv')).toBeUndefined();
  });

  test('that may not be installed: every right that is missing is said at once, and the API server is asked nothing else', async () => {
    const kubeconfig = await plane.account(
      'looker',
      rulesOf('operators')
        .map((rule) => ({ ...rule, verbs: rule.verbs.filter((verb) => verb !== 'create') }))
        .filter(({ verbs }) => verbs.length > 0),
    );
    const { code, out, err } = await run(kubeconfig, 'plan', '--wishes', wishes(), '--only', 'operators');
    expect(code).toBe(4);
    for (const kind of ['Namespace in the cluster', 'OperatorGroup in openshift-mtv', 'Subscription in openshift-mtv'])
      expect(err).toContain(`You are not permitted to create ${kind}.`);
    expect(out).toContain('create Subscription openshift-mtv/mtv-operator (not checked: an earlier change');
  });

  test('are installed by exactly the rights of the contract, and by a second run not again', async () => {
    const kubeconfig = await plane.account('installer', rulesOf('operators'));
    const args = ['ensure', '--wishes', wishes(), '--only', 'operators'];
    const first = await run(kubeconfig, ...args);
    expect(first).toMatchObject({ code: 0, err: '' });
    expect(first.out).toContain('operator/nmstate: NMState is left to others to install.');
    const project = await plane.read<{ metadata: { labels: object } }>('namespaces', 'openshift-mtv');
    expect(project?.metadata.labels).toMatchObject({ team: 'vm', 'app.kubernetes.io/managed-by': 'migration-prep' });
    expect(await plane.read('operatorGroups', 'migration', 'openshift-mtv')).toMatchObject({
      spec: { targetNamespaces: ['openshift-mtv'] },
    });
    expect(await plane.read('subscriptions', 'mtv-operator', 'openshift-mtv')).toMatchObject({
      spec: { name: 'mtv-operator', source: 'redhat-operators' },
    });
    expect((await run(kubeconfig, ...args)).out).not.toContain('created');
    expect(await plane.names('subscriptions')).toEqual(['mtv-operator']);
  });

  test('are waited for, and what is waited for is said when it changes', async () => {
    const kubeconfig = await plane.account('watcher', rulesOf('operators'));
    const waiter = start(kubeconfig, 'wait', 'operator/mtv', '--deadline', '1', '--interval', '0.05');
    const subscription = { name: 'mtv-operator', namespace: 'openshift-mtv' };
    const csv = { name: 'mtv-operator.v2.12.0', namespace: 'openshift-mtv' };
    await waiter.says('OLM has not processed its Subscription yet');
    await plane.put('subscriptions', {
      metadata: subscription,
      status: { conditions: [{ type: 'CatalogSourcesUnhealthy', status: 'True', message: 'none' }] },
    });
    await waiter.says('Catalog redhat-operators');
    await plane.cluster.pause(500);
    await plane.put('clusterServiceVersions', { metadata: csv, spec: {}, status: { phase: 'Installing' } });
    await plane.put('subscriptions', { metadata: subscription, status: { installedCSV: csv.name, conditions: [] } });
    await waiter.says('mtv-operator.v2.12.0 is Installing');
    await plane.put('clusterServiceVersions', { metadata: csv, status: { phase: 'Succeeded' } });
    await waiter.says('its API is not served yet');
    await plane.install('forkliftControllers');
    const { code, out, err } = await waiter.ended;
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out.split('\n').filter(Boolean)).toHaveLength(5);
  }, 30_000);

  test('get their own resources, which are waited for by their signs', async () => {
    const kubeconfig = await plane.account('operand', rulesOf('operands'));
    const file = fileWith({
      operators: { mtv: { mode: 'install', operand: { settings: { feature_ui_plugin: true } } } },
    });
    expect(await run(kubeconfig, 'ensure', '--wishes', file, '--only', 'operands')).toMatchObject({ code: 0, err: '' });
    const where = { name: 'forklift-controller', namespace: 'openshift-mtv' };
    expect(await plane.read('forkliftControllers', where.name, where.namespace)).toMatchObject({
      spec: { feature_ui_plugin: 'true' },
    });
    const waiter = start(kubeconfig, 'wait', 'operands', '--wishes', file, ...patient);
    await waiter.says('is being set up');
    const conditions = [
      { type: 'Successful', status: 'True' },
      { type: 'Running', status: 'True', reason: 'Successful' },
    ];
    await plane.put('forkliftControllers', { metadata: where, status: { conditions } });
    expect(await waiter.ended).toMatchObject({ code: 0 });
  }, 30_000);

  test('of which the API is not there yet are waited for until the time is over', async () => {
    const file = fileWith({ operators: { cnv: { mode: 'adopt' } } });
    const { code, err } = await run(
      plane.kubeconfig,
      'ensure',
      '--wishes',
      file,
      '--only',
      'operand/cnv',
      '--deadline',
      '0.01',
      '--interval',
      '0.1',
    );
    expect(code).toBe(3);
    expect(err).toBe('operand/cnv: the deadline has passed. OpenShift Virtualization is not installed.\n');
  });

  test('a project with several OperatorGroups is left alone, and nothing else is held up by it', async () => {
    await plane.ask('POST', '/api/v1/namespaces', { metadata: { name: 'crowded' } });
    for (const name of ['one', 'two']) await plane.put('operatorGroups', { metadata: { name, namespace: 'crowded' } });
    const file = fileWith({
      operators: { lvms: { mode: 'install', namespace: 'crowded' }, nmstate: { mode: 'install' } },
    });
    const { code, err } = await run(plane.kubeconfig, 'ensure', '--wishes', file, '--only', 'operators');
    expect(code).toBe(1);
    expect(err).toContain('Project crowded has several OperatorGroups: one, two.');
    expect(await plane.read('subscriptions', 'lvms-operator', 'crowded')).toBeUndefined();
    expect(await plane.read('subscriptions', 'kubernetes-nmstate-operator', 'openshift-nmstate')).toBeDefined();
  });
});

describe('a run that is stopped', () => {
  test.each([
    ['SIGTERM', 143],
    ['SIGINT', 130],
  ] as const)('by %s ends with its code and says that it can be continued', async (signal, expected) => {
    const waiter = start(plane.kubeconfig, 'wait', 'storage-class/never');
    await waiter.says('no storage class never yet');
    waiter.stop(signal);
    expect(await waiter.ended).toMatchObject({
      code: expected,
      err: `Stopped by ${signal}. Run this again to continue.\n`,
    });
  });
});

test('the example of the contract is accepted', async () => {
  for (const args of [['ensure', '--dry-run'], ['plan']]) {
    const { code, err } = await run(plane.kubeconfig, ...args, '--wishes', fileWith(example));
    expect({ code, err }).toEqual({ code: 0, err: '' });
  }
}, 30_000);

test('a right that a role grants for one object, by its name, is not called missing', async () => {
  await plane.put('imageRegistryConfigs', {
    metadata: { name: 'cluster' },
    spec: { managementState: 'Removed', storage: {} },
  });
  const kubeconfig = await plane.account('registrar', rulesOf('registry'));
  const file = fileWith({ registry: { enable: true, storageClass: 'fast' } });
  const { code, out, err } = await run(kubeconfig, 'plan', '--wishes', file, '--only', 'registry');
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toContain('registry: the cluster would accept this.');
  expect(out).toContain('change Config cluster\n');
  expect(out).toContain('~ spec.managementState: Removed -> Managed');
});
