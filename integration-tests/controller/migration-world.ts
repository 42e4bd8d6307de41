import { beyond } from '../audit';
import type { ControlPlane } from '../hooks/control-plane';
import { pathOf, startControlPlane } from '../hooks/control-plane';
import type { Started } from '../started';
import { fileWith, startIn } from '../hooks/program';
import { controllerRules } from '../hooks/rights';
import { startInventory } from './inventory-server';

/** Source networks of the recorded inventory that have one VLAN each, and what their networks are called. */
const sources = [
  { name: 'app-100', id: 'dvportgroup-92', suffix: 'app' },
  { name: 'db-200', id: 'dvportgroup-93', suffix: 'db' },
  { name: 'app-100', id: 'dvportgroup-92', suffix: 'app-too' },
] as const;
/** One that has several. */
const trunk = { name: 'trunk', id: 'dvportgroup-94', suffix: 'trunk' };

/** How long `isExact` waits, in milliseconds. */
const patience = 120_000;

const mtv = 'openshift-mtv';
/** The release whose controller it is: that of the kubeconfig's project. */
export const ownRelease = { namespace: 'default', name: 'migration-prep' };
/** Who the controller is to the API server. */
export const controllerUser = 'system:serviceaccount:default:controller';
const target = 'vms';

/** A cluster with MTV's kinds, a vCenter that is connected, and migration plans that tests add. */
export interface MigrationWorld {
  readonly plane: ControlPlane;
  /** The controller's kubeconfig. */
  readonly kubeconfig: string;
  /** Starts the built program; `--port 0` unless something else is given. */
  readonly controller: (kubeconfig?: string, environment?: Readonly<Record<string, string>>) => Started;
  /** Adds so many plans, with a map of three networks each unless it is said otherwise. */
  readonly addPlans: (count: number, networks?: number) => Promise<void>;
  /** Changes so many plans, each as often as another: as many events. */
  readonly touchPlans: (count: number) => Promise<void>;
  /** Adds a plan with a network that cannot be decided; answers with its name. */
  readonly addTrunk: () => Promise<string>;
  /** Resolves when there are exactly the networks that the plans name; rejects after two minutes, with what differs. */
  readonly isExact: () => Promise<void>;
  readonly events: (plan: string) => Promise<readonly PlanEvent[]>;
  /** Ends everything. Whatever the test was about: the controller asked nothing that the chart does not permit. */
  readonly stop: () => Promise<void>;
}

export interface PlanEvent {
  readonly reason: string;
  readonly message: string;
  readonly count: number;
  readonly involvedObject: { readonly name: string };
}

/** Starts it; its API server writes every request down. */
export const startWorld = async (): Promise<MigrationWorld> => {
  const plane = await startControlPlane({ audit: true });
  const inventory = await startInventory();
  await plane.install(
    'forkliftControllers',
    'hosts',
    'plans',
    'networkMaps',
    'providers',
    'networkAttachmentDefinitions',
  );
  for (const name of [mtv, target]) await plane.put('namespaces', { metadata: { name } });
  const rules = controllerRules({ release: ownRelease }, 'always', 'networks');
  const kubeconfig = await plane.account('controller', rules);
  const ready = { conditions: [{ type: 'Ready', status: 'True' }] };
  await plane.put('providers', {
    metadata: { name: 'vcenter', namespace: mtv },
    spec: { type: 'vsphere', url: 'https://vcenter.example.com/sdk' },
    status: ready,
  });
  await plane.put('providers', {
    metadata: { name: 'host', namespace: mtv },
    spec: { type: 'openshift' },
    status: ready,
  });
  const wishes = fileWith({ prepare: { networks: { rules: [{ bridge: 'br1' }] } } });

  const provider = { source: { name: 'vcenter', namespace: mtv }, destination: { name: 'host', namespace: mtv } };
  const expected = new Set<string>();
  let plans = 0;
  let touched = 0;
  const addPlan = async (
    name: string,
    networks: readonly { readonly name: string; readonly id: string; readonly suffix: string }[],
  ) => {
    const map = networks.map(({ name: network, id, suffix }) => ({
      source: { name: network, id },
      destination: { type: 'multus', namespace: target, name: `${name}-${suffix}` },
    }));
    // Now one comes first, and now the other.
    const parts = [
      () => plane.put('networkMaps', { metadata: { name, namespace: mtv }, spec: { provider, map } }),
      () =>
        plane.put('plans', {
          metadata: { name, namespace: mtv },
          spec: { provider, map: { network: { name, namespace: mtv } }, targetNamespace: target, vms: [] },
        }),
    ];
    for (const part of plans % 2 === 0 ? parts : parts.reverse()) await part();
  };
  const nextName = () => `plan-${String((plans += 1))}`;

  return {
    plane,
    kubeconfig,
    controller: (through = kubeconfig, environment = {}) =>
      startIn(environment, through, 'run', '--wishes', wishes, '--port', '0', '--inventory', inventory.url),
    addPlans: async (count, networks = sources.length) => {
      for (let at = 0; at < count; at += 1) {
        const name = nextName();
        const named = sources.slice(0, networks);
        for (const source of named) expected.add(`${name}-${source.suffix}`);
        await addPlan(name, named);
      }
    },
    touchPlans: async (count) => {
      for (let at = 0; at < count; at += 1) {
        const path = pathOf('plans', `plan-${String((at % plans) + 1)}`, mtv);
        const { code } = await plane.ask('PATCH', path, {
          metadata: { annotations: { touched: String((touched += 1)) } },
        });
        if (code !== 200) throw new Error(`${path}: ${String(code)}`);
      }
    },
    addTrunk: async () => {
      const name = nextName();
      await addPlan(name, [trunk]);
      return name;
    },
    isExact: async () => {
      const until = Date.now() + patience;
      for (;;) {
        const found = new Set(await plane.names('networkAttachmentDefinitions'));
        const missing = [...expected].filter((name) => !found.has(name));
        const tooMany = [...found].filter((name) => !expected.has(name));
        if (missing.length + tooMany.length === 0) return;
        if (Date.now() > until) throw new Error(`missing: ${some(missing)}; too many: ${some(tooMany)}`);
        await plane.cluster.pause(200);
      }
    },
    events: async (plan) => {
      const { body } = await plane.ask('GET', `/api/v1/namespaces/${mtv}/events`);
      return (body as { items: PlanEvent[] }).items.filter(({ involvedObject }) => involvedObject.name === plan);
    },
    stop: async () => {
      inventory.stop();
      const asked = plane.audit();
      await plane.stop();
      expect(beyond(asked, controllerUser, rules)).toEqual([]);
    },
  };
};

/** The first of them, and how many there are. */
const some = (names: readonly string[]): string => `${String(names.length)} (${names.slice(0, 5).join(' ')})`;

/** Stops them as pods are stopped: each ends by itself, and well. */
export const stopped = async (...controllers: readonly Started[]): Promise<void> => {
  for (const controller of controllers) await controller.says('"event":"started"');
  for (const controller of controllers) controller.stop('SIGTERM');
  for (const controller of controllers) expect(await controller.ended).toMatchObject({ code: 0, err: '' });
};
