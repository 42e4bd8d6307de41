import { because, create, patchOf } from '../change';
import type { Many, Needs, Seen } from '../cluster';
import { compareText } from '../compare-text';
import { isHost } from '../connection/host';
import type { Plan } from '../converge';
import type { NetworkDestination, NetworkMap, NetworkMapEntry, NetworkSource } from '../migration-objects';
import { toName } from '../names';
import type { NetworkAttachmentDefinition, ObjectReference, Provider } from '../objects';
import { owned } from '../ownership';
import { err, ok } from '../result';
import type { Text, Translate } from '../translate';
import { isOwnMap } from './own-map';
import type { Arrangement, NetworksWish, WantedPortGroup } from './arrange-nads';
import { arrangeNads } from './arrange-nads';
import { projectsNeeds } from './plan-nads';
import type { ProjectsNeeds } from './plan-nads';

/** The NetworkMap of one project: a migration plan has one target project, and maps only to networks of it and of `default`. */
export interface MapWish {
  readonly name: string;
  /** What is mapped, and the project with the networks. */
  readonly networks: NetworksWish;
}

/**
 * Why no NetworkMap is made or changed.
 *
 * - `NetworksMissing`: these port groups have no network in the project yet. `NothingToMap`: no port group is chosen.
 * - `NoHostProvider`: MTV has no Provider for this cluster beside the source.
 * - `MapNameTaken`: a NetworkMap of that name is somebody else's, a migration plan's, or ours for another vCenter.
 */
export type MapProblem =
  | { readonly code: 'NetworksMissing'; readonly project: string; readonly portGroups: readonly string[] }
  | { readonly code: 'NothingToMap' }
  | { readonly code: 'NoHostProvider'; readonly project: string }
  | { readonly code: 'MapNameTaken'; readonly name: string; readonly by: 'Others' | 'Plan' | 'OtherSource' };

/** The Provider's name and the project's: each project has a map of its own. At most 63 characters. */
export const proposedMapName = (provider: string, project: string): string =>
  toName(`${provider.replace(/^.*\//, '').slice(0, 31)}-${project}`, 'network-map');

/** A name as vCenter stores it and MTV's page writes it: `%`, `/` and `\` are escaped (docs/facts/forklift.md §6). */
const storedName = (name: string): string =>
  name.replace(/[%/\\]/g, (letter) => ({ '%': '%25', '/': '%2f' })[letter] ?? '%5c');

/** Project and name of the Provider that a wish is for. */
export const providerOf = ({ provider }: NetworksWish): { readonly namespace: string; readonly name: string } => {
  const [namespace = '', name = ''] = provider.split('/');
  return { namespace, name };
};

/** What `planNetworkMaps` looks at: networks of each project, and maps and Providers beside the source. */
export type MapNeeds = ProjectsNeeds & {
  readonly maps: Many<'networkMaps'>;
  readonly providers: Many<'providers'>;
};

/** The needs of these wishes. All are for one Provider, each for a project of its own. */
export const mapNeeds = (wishes: readonly MapWish[]): MapNeeds => {
  const [first] = wishes;
  const namespace = first ? providerOf(first.networks).namespace : '';
  return {
    maps: { list: 'networkMaps', namespace },
    providers: { list: 'providers', namespace },
    ...projectsNeeds(wishes.map(({ networks }) => networks.project)),
  } satisfies Needs;
};

/**
 * Creates the NetworkMaps that are missing, and adds to those of ours what they lack. All or none: one name in the way, or one network
 * that is missing, and nothing is written.
 */
export const planNetworkMaps =
  (wishes: readonly MapWish[]) =>
  ({ maps, providers, ...networks }: Seen<MapNeeds>): Plan<MapProblem> => {
    const changes = [];
    for (const wish of wishes) {
      const planned = planOne(wish, maps, providers, networks[`networks of ${wish.networks.project}`] ?? []);
      if (!planned.ok) return planned;
      changes.push(...planned.value);
    }
    return ok(changes);
  };

const planOne = (
  { name, networks }: MapWish,
  maps: readonly NetworkMap[],
  providers: readonly Provider[],
  nads: readonly NetworkAttachmentDefinition[],
): Plan<MapProblem> => {
  const source = providerOf(networks);
  const arrangements = arrangeNads(networks, nads);
  const lacking = lackingNetworks(arrangements);
  if (lacking.length > 0) return err({ code: 'NetworksMissing', project: networks.project, portGroups: lacking });
  const present = maps.find(({ metadata }) => metadata.name === name);
  const entries = entriesOf(arrangements, present?.spec?.map ?? []);
  if (entries.length === 0) return err({ code: 'NothingToMap' });
  const hosts = providers.filter(isHost);
  const host = hosts.find(({ metadata }) => metadata.name === 'host') ?? hosts[0];
  if (!host) return err({ code: 'NoHostProvider', project: source.namespace });
  const destination = { name: host.metadata.name, namespace: source.namespace };
  if (!present) {
    const why: Text = (t) => t('A migration plan chooses it and has its networks mapped.');
    return ok([
      because(
        why,
        create('networkMaps', {
          metadata: owned({ name, namespace: source.namespace }),
          spec: { provider: { source, destination }, map: entries },
        }),
      ),
    ]);
  }
  const by = holderOfMap(present, source);
  if (by) return err({ code: 'MapNameTaken', name, by });
  const map = updated(present, entries, networks.portGroups);
  const { name: before, namespace } = present.spec?.provider?.destination ?? {};
  const isThere = before === destination.name && namespace === destination.namespace;
  if (!map && isThere) return ok([]);
  const why: Text = (t) => t('It does not map every selected port group to its network yet.');
  return ok([
    because(
      why,
      patchOf('networkMaps', present, [
        ...(map ? [{ op: 'replace', path: '/spec/map', value: map } as const] : []),
        ...(isThere ? [] : [{ op: 'add', path: '/spec/provider/destination', value: destination } as const]),
      ]),
    ),
  ]);
};

/** Port groups without a network, by their names. */
const lackingNetworks = (arrangements: readonly Arrangement[]): readonly string[] =>
  arrangements.flatMap(({ portGroups, missing, inTheWay }) =>
    missing.length + inTheWay.length > 0 ? portGroups.map(({ name }) => name) : [],
  );

/**
 * An entry for each port group, as MTV's page writes it: id and name of the source, which has no type where it is vSphere's. Only where a
 * network for each NIC is needed a port group has several, each to another network; everywhere else it is there once. Of several networks
 * that would do, those that the map names already stay.
 */
const entriesOf = (
  arrangements: readonly Arrangement[],
  present: readonly NetworkMapEntry[],
): readonly NetworkMapEntry[] => {
  const named = targetsBySource(present);
  return arrangements.flatMap(({ portGroups, existing }) => {
    const targets = existing.map(({ metadata }) => ({ namespace: metadata.namespace ?? '', name: metadata.name }));
    return portGroups.flatMap(({ id, name, copies }) => {
      const before = named.get(id) ?? [];
      const place = (target: ObjectReference): number => {
        const at = before.indexOf(keyOfTarget({ type: 'multus', ...target }));
        return at < 0 ? before.length : at;
      };
      return [...targets]
        .sort((a, b) => place(a) - place(b))
        .slice(0, copies)
        .map((target) => ({
          source: { id, name: storedName(name) },
          destination: { type: 'multus', ...target },
        }));
    });
  });
};

const keyOfTarget = ({ type = '', namespace = '', name = '' }: NetworkDestination): string =>
  `${type} ${namespace}/${name}`;

const targetsBySource = (entries: readonly NetworkMapEntry[]): ReadonlyMap<string, readonly string[]> => {
  const targets = new Map<string, string[]>();
  for (const { source: { id = '' } = {}, destination = {} } of entries)
    targets.set(id, [...(targets.get(id) ?? []), keyOfTarget(destination)]);
  return targets;
};

/** Whose this map is, if it is not ours to change; `source` is the Provider that it should be for. */
export const holderOfMap = (
  map: NetworkMap,
  source: { readonly namespace: string; readonly name: string },
): Extract<MapProblem, { code: 'MapNameTaken' }>['by'] | undefined => {
  if ((map.metadata.ownerReferences ?? []).length > 0) return 'Plan';
  if (!isOwnMap(map)) return 'Others';
  const { name, namespace } = map.spec?.provider?.source ?? {};
  return name === source.name && namespace === source.namespace ? undefined : 'OtherSource';
};

/** The entries of our own map once it maps what is wanted; `undefined`: it does. Entries of other port groups stay as they are. */
const updated = (
  { spec }: NetworkMap,
  wanted: readonly NetworkMapEntry[],
  portGroups: readonly WantedPortGroup[],
): readonly NetworkMapEntry[] | undefined => {
  const present = spec?.map ?? [];
  const ids = new Set(wanted.map(({ source }) => source?.id));
  const names = new Set(portGroups.map(({ name }) => storedName(name)));
  // MTV looks for the name only where there is no id.
  const isWanted = ({ id = '', name = '' }: NetworkSource = {}): boolean => (id === '' ? names.has(name) : ids.has(id));
  const others = present.filter(({ source }) => !isWanted(source));
  const ours = present.filter(({ source }) => isWanted(source));
  return textOf(ours) === textOf(wanted) ? undefined : [...others, ...wanted];
};

/** The same text for the same mapping, in whatever order port groups come. The order of one port group's networks counts. */
const textOf = (entries: readonly NetworkMapEntry[]): string =>
  JSON.stringify([...targetsBySource(entries)].sort(([a], [b]) => compareText(a, b)));

/** Why no NetworkMap was made, and what to do. */
export const mapProblemText = (t: Translate, problem: MapProblem): string => {
  switch (problem.code) {
    case 'NetworksMissing':
      return t('In project {{project}}, these port groups have no network yet: {{list}}. Create the networks first.', {
        project: problem.project,
        list: problem.portGroups.join(', '),
      });
    case 'NothingToMap':
      return t('Choose at least one port group.');
    case 'NoHostProvider':
      return t(
        "Project {{project}} has no provider for this cluster, to which a map leads. In MTV's project, MTV creates it. Elsewhere, create one of type OpenShift Virtualization without a URL on MTV's page, then retry.",
        { project: problem.project },
      );
    case 'MapNameTaken':
      return nameTakenText(t, problem);
  }
};

const nameTakenText = (t: Translate, { name, by }: Extract<MapProblem, { code: 'MapNameTaken' }>): string => {
  switch (by) {
    case 'Others':
      return t('NetworkMap {{name}} was not created by Migration Prep and is left as it is. Choose another name.', {
        name,
      });
    case 'Plan':
      return t('NetworkMap {{name}} belongs to a migration plan and is left as it is. Choose another name.', { name });
    case 'OtherSource':
      return t('NetworkMap {{name}} is for another vCenter. Choose another name.', { name });
  }
};
