import type { Write } from '../domain/change';
import { targetOf } from '../domain/change';
import type { Cluster } from '../domain/cluster';
import type { MigrationPlan, NetworkMap } from '../domain/migration-objects';
import { nameIndex } from '../domain/networks/from-plans/name-index';
import { keyOfRef, mapOfPlan, namedByMap } from '../domain/networks/from-plans/named';
import type { PlanWorld } from '../domain/networks/from-plans/world';
import { stateOf } from '../domain/networks/from-plans/world';
import type { KubeObject, Metadata, NetworkAttachmentDefinition, Provider } from '../domain/objects';
import type { Release } from '../domain/ownership';
import type { NetworksPolicy } from '../domain/networks/rules';
import type { Inventories } from './inventories';
import type { Host } from './process';
import type { Reflector } from './reflector';
import { keyOf } from './reflector';

/** The cluster as the planner of networks asks about it, kept up to date by watches. */
export interface NetworksWorld {
  readonly world: PlanWorld;
  readonly plans: ReadonlyMap<string, MigrationPlan>;
  readonly nads: Reflector<NetworkAttachmentDefinition>;
  /** Whether all that decides has been seen, so that what is not here is not there. */
  readonly isKnown: () => boolean;
  /** The cluster, with writes that this world knows of at once, before a watch tells. */
  readonly cluster: Cluster;
}

/** Whom it tells. */
export interface Listeners {
  /** The networks of a plan may come to something else now. */
  readonly onPlan: (key: string) => void;
  readonly onPlanGone: (plan: MigrationPlan) => void;
  /** A network is there, or gone; or something names others than before. */
  readonly onNetworks: () => void;
  readonly onNamed: (owner: string, networks: readonly string[]) => void;
}

/** For how many milliseconds a write is remembered: a watch that is not cut has told it long before. */
const remembered = 30_000;

/** What is kept of the metadata of objects that are only looked at. */
export const identityOf = ({ name, namespace, uid, resourceVersion, deletionTimestamp }: Metadata): Metadata => ({
  name,
  ...(namespace !== undefined && { namespace }),
  ...(uid !== undefined && { uid }),
  ...(resourceVersion !== undefined && { resourceVersion }),
  ...(deletionTimestamp !== undefined && { deletionTimestamp }),
});

/** Without its virtual machines, which are most of it. */
const keepPlan = ({ metadata, spec }: MigrationPlan): MigrationPlan => ({
  metadata: identityOf(metadata),
  ...(spec && { spec: Object.fromEntries(Object.entries(spec).filter(([field]) => field !== 'vms')) }),
});
const keepMap = ({ metadata, spec }: NetworkMap): NetworkMap => ({
  metadata: identityOf(metadata),
  ...(spec && { spec }),
});
const keepProvider = ({ metadata, spec = {}, status }: Provider): Provider => ({
  metadata: identityOf(metadata),
  spec: { ...(spec.type !== undefined && { type: spec.type }), ...(spec.url !== undefined && { url: spec.url }) },
  status: {
    conditions: (status?.conditions ?? []).flatMap(({ type, status: state }) =>
      type === 'Ready' ? [{ type, status: state }] : [],
    ),
  },
});
const keepNad = ({ metadata, spec }: NetworkAttachmentDefinition): NetworkAttachmentDefinition => ({
  metadata: {
    ...identityOf(metadata),
    ...(metadata.labels && { labels: metadata.labels }),
    ...(metadata.annotations && { annotations: metadata.annotations }),
  },
  ...(spec && { spec }),
});

/** Follows plans, maps, Providers, networks and projects, and says which plans are to be looked at. */
export const followNetworks = (
  host: Host,
  declared: { readonly policy: NetworksPolicy; readonly release: Release; readonly inventories: Inventories },
  { onPlan, onPlanGone, onNetworks, onNamed }: Listeners,
): NetworksWorld => {
  const { policy, release, inventories } = declared;
  /** Plans, by what they depend on. */
  const [byNetwork, byMap, byProvider, byProject] = [nameIndex(), nameIndex(), nameIndex(), nameIndex()];
  const written = new Map<string, { readonly object: KubeObject; readonly until: number }>();

  const isKnown = (): boolean =>
    [plans, maps, providers, nads].every(({ knowledge }) => knowledge() === 'listed') &&
    namespaces.knowledge() !== 'listing';
  const nad = (key: string): NetworkAttachmentDefinition | undefined => nads.objects.get(key) ?? writtenOf(key);
  const writtenOf = (key: string): KubeObject | undefined => {
    const write = written.get(key);
    return write && host.clock.now() < write.until ? write.object : undefined;
  };

  const addAll = (keys: Iterable<string>): void => {
    if (isKnown()) for (const key of keys) onPlan(key);
  };
  /** Whether plans agree on a network matters until it is there. */
  const addRivals = (networks: readonly string[]): void => {
    for (const network of networks) if (!nad(network)) addAll(byNetwork.ownersOf(network));
  };
  const networksOf = (plan: MigrationPlan | undefined): readonly string[] => {
    const ref = plan && mapOfPlan(plan);
    const map = ref && maps.objects.get(keyOfRef(ref));
    return map ? namedByMap(map) : [];
  };
  const everything = () => {
    addAll(plans.objects.keys());
    onNetworks();
  };

  const plans = host.follow({
    watched: { kind: 'plans' },
    keep: keepPlan,
    onKnowledge: everything,
    onChange: (key, is, was) => {
      const { source = {}, destination = {} } = is?.spec?.provider ?? {};
      const map = is && mapOfPlan(is);
      byMap.set(key, map ? [keyOfRef(map)] : []);
      byProvider.set(key, is ? [keyOfRef(source), keyOfRef(destination)] : []);
      byProject.set(key, is?.spec?.targetNamespace === undefined ? [] : [is.spec.targetNamespace]);
      const before = networksOf(was);
      byNetwork.set(key, networksOf(is));
      addRivals([...before, ...networksOf(is)]);
      addAll([key]);
      if (!is && was) onPlanGone(was);
    },
  });
  const maps: Reflector<NetworkMap> = host.follow({
    watched: { kind: 'networkMaps' },
    keep: keepMap,
    onKnowledge: everything,
    onChange: (key, is, was) => {
      const owners = byMap.ownersOf(key);
      for (const owner of owners) byNetwork.set(owner, is ? namedByMap(is) : []);
      onNamed(`map ${key}`, is ? namedByMap(is) : []);
      addRivals([...(was ? namedByMap(was) : []), ...(is ? namedByMap(is) : [])]);
      addAll(owners);
    },
  });
  const providers = host.follow({
    watched: { kind: 'providers' },
    keep: keepProvider,
    onKnowledge: everything,
    onChange: (key, is, was) => {
      if (was?.metadata.uid !== undefined && was.metadata.uid !== is?.metadata.uid)
        inventories.forget(was.metadata.uid);
      for (const owner of byProvider.ownersOf(key)) addRivals(networksOf(plans.objects.get(owner)));
      addAll(byProvider.ownersOf(key));
    },
  });
  const nads: Reflector<NetworkAttachmentDefinition> = host.follow({
    watched: { kind: 'networkAttachmentDefinitions' },
    keep: keepNad,
    onKnowledge: everything,
    onChange: (key) => {
      written.delete(key);
      addAll(byNetwork.ownersOf(key));
      onNetworks();
    },
  });
  const namespaces = host.follow({
    watched: { kind: 'namespaces', metadataOnly: true },
    keep: ({ metadata }) => ({ metadata: identityOf(metadata) }),
    onKnowledge: everything,
    onChange: (key) => {
      written.delete(key);
      addAll(byProject.ownersOf(key));
    },
  });

  return {
    plans: plans.objects,
    nads,
    isKnown,
    world: {
      policy,
      release,
      plansOn: (network) => [...byNetwork.ownersOf(network)].flatMap((key) => plans.objects.get(key) ?? []),
      networkMap: (key) => maps.objects.get(key),
      provider: (key) => providers.objects.get(key),
      nad,
      project: (name) => {
        if (namespaces.knowledge() !== 'listed') return 'unknown';
        const project = namespaces.objects.get(name) ?? writtenOf(name);
        return project ? stateOf(project) : 'absent';
      },
      sources: ({ metadata: { uid = '' } }) => inventories.known(uid),
    },
    cluster: {
      ...host.cluster,
      apply: async (write, how) => {
        const applied = await host.cluster.apply(write, how);
        const stored = applied.ok
          ? applied
          : applied.error.code === 'AlreadyExists'
            ? await look(host.cluster, write)
            : applied;
        const key = keyOf(targetOf(write));
        if (write.verb === 'create' && stored.ok && stored.value)
          written.set(key, { object: stored.value, until: host.clock.now() + remembered });
        return applied;
      },
    },
  };
};

/** What is there under the name of a write: it may be something else than what was to be written. */
const look = (cluster: Cluster, write: Write) => {
  const { kind, name, namespace } = targetOf(write);
  return cluster.get({ kind, name, ...(namespace !== undefined && { namespace }) });
};
