import { pathOf, startControlPlane } from './control-plane';
import type { ControlPlane } from './control-plane';
import { run, start } from './program';
import { rulesOf } from './rights';

let plane: ControlPlane;
let watcher: string;

const namespace = 'openshift-console';
const versionAnnotation = 'console.openshift.io/console-config-version';
const quick = ['--deadline', '0'];

beforeAll(async () => {
  plane = await startControlPlane();
  await plane.install('consoleConfigs', 'consolePlugins');
  await plane.ask('POST', '/api/v1/namespaces', { metadata: { name: namespace } });
  await plane.put('consolePlugins', { metadata: { name: 'migration-prep' } });
  watcher = await plane.account('watcher', rulesOf('served'));
}, 120_000);

afterAll(() => plane.stop());

const setConsole = (managementState: string, plugins: readonly string[] = ['monitoring-plugin', 'migration-prep']) =>
  plane.put('consoleConfigs', { metadata: { name: 'cluster' }, spec: { managementState, plugins } });

/** Writes the console's configuration as its operator does. */
const configure = (...plugins: readonly string[]) =>
  plane.put('configMaps', {
    metadata: { name: 'console-config', namespace },
    data: {
      'console-config.yaml': `kind: ConsoleConfig\nplugins:\n${plugins.map((name) => `  ${name}: https://${name}.svc:9443/\n`).join('')}`,
    },
  });

/** Has the console's pods start with the configuration as it is now. */
const deploy = async () => {
  const config = await plane.read<{ metadata: { resourceVersion: string } }>('configMaps', 'console-config', namespace);
  const annotations = { [versionAnnotation]: config?.metadata.resourceVersion ?? '' };
  const labels = { app: 'console' };
  const container = {
    name: 'console',
    image: 'console',
    securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
  };
  const pod = {
    securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
    containers: [container],
  };
  await plane.put('deployments', {
    metadata: { name: 'console', namespace, annotations },
    spec: {
      replicas: 1,
      selector: { matchLabels: labels },
      template: { metadata: { labels, annotations }, spec: pod },
    },
  });
};

/** Plays the node: every pod of the console answers. */
const answer = async () => {
  const { items } = (await plane.ask('GET', pathOf('pods', '', namespace))).body as {
    items: { metadata: { name: string } }[];
  };
  for (const { metadata } of items) {
    await plane.ask('PATCH', `${pathOf('pods', metadata.name, namespace)}/status`, {
      status: { phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }] },
    });
  }
};

describe('whether the console serves the plugin, with exactly the rights of the contract', () => {
  test('the list is not enough, nor the configuration: pods have to run with it', async () => {
    await setConsole('Managed', ['monitoring-plugin']);
    await configure('monitoring-plugin');
    await deploy();
    const waiter = start(watcher, 'wait', 'plugin/migration-prep', '--deadline', '1', '--interval', '0.05');
    await waiter.says("It is not in the console's list yet");
    await setConsole('Managed');
    await waiter.says("has not put migration-prep into the console's configuration yet");
    await configure('monitoring-plugin', 'migration-prep');
    await plane.cluster.pause(500);
    await deploy();
    await waiter.says('The console restarts, to load migration-prep');
    const isAnswered = setInterval(() => {
      void answer();
    }, 200);
    const ended = await waiter.ended;
    clearInterval(isAnswered);
    expect(ended).toMatchObject({
      code: 0,
      err: '',
      out: expect.stringContaining('the console runs with migration-prep') as string,
    });
  }, 60_000);

  test.each([
    ['Unmanaged', /operator is switched off, so nobody reads the console's list .* managementState .* to Managed/],
    ['Removed', /console of this cluster is Removed\. Set managementState .* to Managed/],
  ])(
    'case 44: %s is said, and not waited for',
    async (state, says) => {
      await setConsole(state, ['monitoring-plugin']);
      await configure('monitoring-plugin');
      const enabler = await plane.account(`enabler-${state.toLowerCase()}`, rulesOf('plugin'));
      const enabled = await run(enabler, 'enable-plugin');
      expect(enabled.code).toBe(0);
      expect(enabled.out).toMatch(says);
      expect(await run(watcher, 'wait', 'plugin/migration-prep', '--deadline', '1')).toMatchObject({
        code: 1,
        err: expect.stringMatching(says) as string,
      });
      expect(await run(enabler, 'disable-plugin')).toMatchObject({ code: 0 });
    },
    60_000,
  );

  test('a configuration that is no YAML is none', async () => {
    await setConsole('Managed');
    await plane.put('configMaps', {
      metadata: { name: 'console-config', namespace },
      data: { 'console-config.yaml': 'plugins: [' },
    });
    expect(await run(watcher, 'wait', 'plugin/migration-prep', ...quick)).toMatchObject({ code: 3 });
  });
});
