import type { KindId } from '../../kinds';
import type { MigrationPlan, NetworkMap, VirtualMachine, VirtualMachineInstance } from '../../migration-objects';
import type { ForkliftController, Namespace, NetworkAttachmentDefinition, Provider } from '../../objects';
import type { Release } from '../../ownership';
import type { Result } from '../../result';
import { err } from '../../result';
import type { Watched } from '../../watched';
import type { InventoryFailure, InventorySnapshot } from '../inventory';
import type { NodeNetworks } from '../node-networks';
import type { NetworksPolicy } from '../rules';
import { nameIndex } from './name-index';
import {
  keyOfObject,
  keyOfRef,
  mapOfPlan,
  namedByInstance,
  namedByMap,
  namedByPlan,
  namedBySettings,
  namedByVm,
} from './named';
import type { SourceNetworks } from './source-networks';
import { sourceNetworksOf } from './source-networks';

/** What is known of a project. `unknown`: it cannot be looked at. */
export type ProjectState = 'there' | 'absent' | 'terminating' | 'unknown';

/**
 * What the planners ask. Each answer costs the same, however much there is. Keys are `<namespace>/<name>`. Whoever answers has seen
 * all plans, maps, Providers and networks: what it does not have counts as not there.
 */
export interface PlanWorld {
  /** Whose values these are; written on what is created. */
  readonly release: Release;
  readonly policy: NetworksPolicy;
  /** The plans whose map names a network. */
  readonly plansOn: (destination: string) => Iterable<MigrationPlan>;
  readonly networkMap: (key: string) => NetworkMap | undefined;
  readonly provider: (key: string) => Provider | undefined;
  readonly project: (name: string) => ProjectState;
  readonly nad: (key: string) => NetworkAttachmentDefinition | undefined;
  /** What the inventory of a Provider comes to by the rules; asked only for a vSphere Provider that is Ready. `Loading` while nobody has read it yet. */
  readonly sources: (provider: Provider) => Result<SourceNetworks, InventoryFailure>;
}

/** What decides whether a network may be removed. */
export interface RemovalWorld extends Pick<PlanWorld, 'release' | 'policy'> {
  /** Whether anything names a network: a map, a plan, MTV's settings, a virtual machine, or one that runs. */
  readonly isNamed: (key: string) => boolean;
  /** Kinds that cannot be listed, so that something of them might name it. */
  readonly unseen: readonly KindId[];
}

/** Everything at once, as lists. */
export interface NetworksSeen extends Pick<PlanWorld, 'release' | 'policy'> {
  readonly plans: readonly MigrationPlan[];
  readonly networkMaps: readonly NetworkMap[];
  readonly controllers: readonly ForkliftController[];
  readonly providers: readonly Provider[];
  readonly nads: readonly NetworkAttachmentDefinition[];
  readonly namespaces: Watched<Namespace>;
  readonly virtualMachines: Watched<VirtualMachine>;
  readonly virtualMachineInstances: Watched<VirtualMachineInstance>;
  /** By UID of the Provider. */
  readonly inventories: ReadonlyMap<string, Result<InventorySnapshot, InventoryFailure>>;
  /** `undefined`: NodeNetworkStates cannot be read. */
  readonly nodes: NodeNetworks | undefined;
}

/** The world of these lists, in time linear in them. */
export const worldOf = (seen: NetworksSeen): PlanWorld & RemovalWorld => {
  const { release, policy, nodes, inventories } = seen;
  const plans = byKey(seen.plans);
  const maps = byKey(seen.networkMaps);
  const providers = byKey(seen.providers);
  const nads = byKey(seen.nads);
  const plansOn = nameIndex();
  for (const [key, plan] of plans) plansOn.set(key, namedByPlansMap(maps, plan));
  const sources = new Map<string, Result<SourceNetworks, InventoryFailure>>();
  const sourcesOf = (uid: string): Result<SourceNetworks, InventoryFailure> => {
    const inventory = inventories.get(uid) ?? err({ code: 'Loading' });
    return inventory.ok ? { ok: true, value: sourceNetworksOf(inventory.value, policy.rules, nodes) } : inventory;
  };
  return {
    release,
    policy,
    plansOn: (destination) => [...plansOn.ownersOf(destination)].flatMap((key) => plans.get(key) ?? []),
    networkMap: (key) => maps.get(key),
    provider: (key) => providers.get(key),
    project: projectsOf(seen.namespaces),
    nad: (key) => nads.get(key),
    sources: ({ metadata: { uid = '' } }) => {
      const known = sources.get(uid) ?? sourcesOf(uid);
      sources.set(uid, known);
      return known;
    },
    ...usersOf(seen),
  };
};

const byKey = <T extends MigrationPlan | NetworkMap | Provider | NetworkAttachmentDefinition>(
  objects: readonly T[],
): ReadonlyMap<string, T> => new Map(objects.map((each) => [keyOfObject(each), each]));

const namedByPlansMap = (maps: ReadonlyMap<string, NetworkMap>, plan: MigrationPlan): readonly string[] => {
  const ref = mapOfPlan(plan);
  const map = ref && maps.get(keyOfRef(ref));
  return map ? namedByMap(map) : [];
};

/** The state of a project, by what is known of all. */
export const projectsOf = (namespaces: Watched<Namespace>): ((name: string) => ProjectState) => {
  if (namespaces.state !== 'loaded') return () => 'unknown';
  const states = new Map(namespaces.items.map((each) => [each.metadata.name, stateOf(each)]));
  return (name) => states.get(name) ?? 'absent';
};

/** Of a project that is there. */
export const stateOf = ({ metadata, status }: Namespace): Exclude<ProjectState, 'absent' | 'unknown'> =>
  metadata.deletionTimestamp !== undefined || status?.phase === 'Terminating' ? 'terminating' : 'there';

const usersOf = ({
  plans,
  networkMaps,
  controllers,
  virtualMachines,
  virtualMachineInstances,
}: NetworksSeen): Pick<RemovalWorld, 'isNamed' | 'unseen'> => {
  const named = new Set([
    ...networkMaps.flatMap(namedByMap),
    ...plans.flatMap(namedByPlan),
    ...controllers.flatMap(namedBySettings),
  ]);
  const unseen: KindId[] = [];
  if (virtualMachines.state === 'loaded') for (const key of virtualMachines.items.flatMap(namedByVm)) named.add(key);
  else unseen.push('virtualMachines');
  if (virtualMachineInstances.state === 'loaded')
    for (const key of virtualMachineInstances.items.flatMap(namedByInstance)) named.add(key);
  else unseen.push('virtualMachineInstances');
  return { isNamed: (key) => named.has(key), unseen };
};
