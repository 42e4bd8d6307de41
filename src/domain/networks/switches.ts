import { compareText } from '../compare-text';
import type { Translate } from '../translate';
import type { InventoryHost, InventoryNetwork, InventorySnapshot } from './inventory';

/** What port groups belong to in vSphere. Two switches always stay two, even with the same names and VLANs. */
export interface SourceSwitch {
  /** Unique in one vCenter; has no spaces. */
  readonly id: string;
  readonly name: string;
  readonly kind: 'distributed' | 'standard' | 'nsx' | 'unknown';
  /** Names of its hosts, as far as the inventory has them. */
  readonly hosts: readonly string[];
  /** Those of its hosts that gave it no physical NIC: what is on it there reaches no wire. */
  readonly withoutUplink: readonly string[];
}

/** Whether no host has an uplink: VMs on it reach only each other, and only on the same host. */
export const isIsolated = ({ hosts, withoutUplink }: SourceSwitch): boolean =>
  hosts.length > 0 && withoutUplink.length === hosts.length;

/** The switches of `chosen`, each once, by name. */
export const switchesOf = (chosen: readonly { readonly switch: SourceSwitch }[]): readonly SourceSwitch[] => {
  const byId = new Map(chosen.map((each) => [each.switch.id, each.switch]));
  return [...byId.values()].sort((a, b) => compareText(a.name, b.name) || compareText(a.id, b.id));
};

/**
 * The switch of every network, by moRef.
 *
 * Standard switches are each host's own. Those of several hosts count as one where a port group that VMs use is on them: vSphere
 * moves VMs between these hosts and takes it for one network. A name in common makes them nothing: every ESXi host has a vSwitch0.
 */
export const readSwitches = (
  { networks, hosts }: Pick<InventorySnapshot, 'networks' | 'hosts'>,
  isUsed: (network: string) => boolean,
): ReadonlyMap<string, SourceSwitch> => {
  const distributed = distributedSwitches(networks, hosts);
  const standard = standardSwitches(networks, hosts, isUsed);
  return new Map(
    networks.map((network) => [
      network.id,
      ofNetwork(network, distributed) ?? standard.get(network.id) ?? unknownSwitch(network),
    ]),
  );
};

/** NSX has one switch here: which of its segments are one network is asked by their VLAN. */
const nsx: SourceSwitch = { id: 'nsx', name: 'NSX', kind: 'nsx', hosts: [], withoutUplink: [] };

/** If the inventory names no switch, each network gets a switch of its own. */
const unknownSwitch = ({ id, name }: InventoryNetwork): SourceSwitch => ({
  id,
  name,
  kind: 'unknown',
  hosts: [],
  withoutUplink: [],
});

const ofNetwork = (
  network: InventoryNetwork,
  distributed: ReadonlyMap<string, SourceSwitch>,
): SourceSwitch | undefined => {
  if (network.variant === 'OpaqueNetwork') return nsx;
  const id = network.dvSwitch?.id;
  if (network.variant !== 'DvPortGroup' || id === undefined || id === '') return undefined;
  return distributed.get(id) ?? { id, name: id, kind: 'distributed', hosts: [], withoutUplink: [] };
};

const distributedSwitches = (
  networks: readonly InventoryNetwork[],
  hosts: readonly InventoryHost[],
): ReadonlyMap<string, SourceSwitch> => {
  const nameOf = new Map(hosts.map(({ id, name }) => [id, name]));
  const switches = new Map<string, SourceSwitch>();
  for (const { id, name, variant, host } of networks) {
    if (variant !== 'DvSwitch') continue;
    const members = (host ?? []).map(({ Host: { id: of = '' } = { id: '' }, PNIC }) => ({
      name: nameOf.get(of) ?? of,
      pnics: PNIC?.length ?? 0,
    }));
    switches.set(id, {
      id,
      name,
      kind: 'distributed',
      hosts: members.map((member) => member.name),
      withoutUplink: members.filter(({ pnics }) => pnics === 0).map((member) => member.name),
    });
  }
  return switches;
};

/** One host's standard switch. */
interface HostSwitch {
  readonly key: string;
  readonly name: string;
  readonly host: string;
  readonly hasUplink: boolean;
}

const standardSwitches = (
  networks: readonly InventoryNetwork[],
  hosts: readonly InventoryHost[],
  isUsed: (network: string) => boolean,
): ReadonlyMap<string, SourceSwitch> => {
  const placesOf = placesByNetwork(networks, hosts);
  // Union-find: every host's switch points to another that it is one with, the first of all to itself.
  const parents = new Map<string, string>();
  const rootOf = (key: string): string => {
    let root = key;
    for (let next = parents.get(root); next !== undefined && next !== root; next = parents.get(root)) root = next;
    parents.set(key, root);
    return root;
  };
  for (const [network, places] of placesOf) {
    const [first] = places;
    if (!first || !isUsed(network)) continue;
    for (const place of places) parents.set(rootOf(place.key), rootOf(first.key));
  }

  const members = new Map<string, Map<string, HostSwitch>>();
  for (const places of placesOf.values()) {
    for (const place of places) {
      const root = rootOf(place.key);
      const known = members.get(root) ?? new Map<string, HostSwitch>();
      members.set(root, known.set(place.key, place));
    }
  }
  // An unused port group may be on several that nothing else joins: then it is on a switch of its own, made of these.
  return new Map(
    [...placesOf].map(([network, places]) => {
      const roots = [...new Set(places.map(({ key }) => rootOf(key)))];
      return [network, joined(roots.map((root) => [...(members.get(root)?.values() ?? [])]))];
    }),
  );
};

/** On which hosts' switches each standard network is. Where hosts list the network by its moRef, only those hosts count. */
const placesByNetwork = (
  networks: readonly InventoryNetwork[],
  hosts: readonly InventoryHost[],
): Map<string, HostSwitch[]> => {
  const named = new Map<string, { host: InventoryHost; place: HostSwitch }[]>();
  const joinedBy = new Map(hosts.map((host) => [host.id, new Set(host.networks?.map(({ id }) => id))]));
  for (const host of hosts) {
    const switches = new Map(host.networking?.switches?.map((each) => [each.key, each]));
    for (const { name, vSwitch } of host.networking?.portGroups ?? []) {
      const found = switches.get(vSwitch ?? '');
      if (!found) continue;
      const key = `${host.id}/${encodeURIComponent(found.key)}`;
      const place = { key, name: found.name, host: host.name, hasUplink: (found.pNICs ?? []).length > 0 };
      const list = named.get(name) ?? [];
      list.push({ host, place });
      named.set(name, list);
    }
  }
  const places = new Map<string, HostSwitch[]>();
  for (const { id, name, variant } of networks) {
    if (variant !== 'Standard') continue;
    const all = named.get(name) ?? [];
    const members = all.filter(({ host }) => joinedBy.get(host.id)?.has(id));
    const chosen = (members.length > 0 ? members : all).map(({ place }) => place);
    if (chosen.length > 0) places.set(id, chosen);
  }
  return places;
};

/** One switch made of its parts. The order of the inventory does not matter. */
const joined = (parts: readonly (readonly HostSwitch[])[]): SourceSwitch => {
  const members = parts.flat().sort((a, b) => compareText(a.host, b.host) || compareText(a.key, b.key));
  return {
    id: parts
      .map((part) => part.map(({ key }) => key).sort(compareText)[0] ?? '')
      .sort(compareText)
      .join('+'),
    name: [...new Set(members.map(({ name }) => name))].sort(compareText).join(', '),
    kind: 'standard',
    hosts: members.map(({ host }) => host),
    withoutUplink: members.filter(({ hasUplink }) => !hasUplink).map(({ host }) => host),
  };
};

/** A switch in a few words, with what distinguishes it from others of the same name. */
export const switchText = (t: Translate, { kind, name, hosts }: SourceSwitch): string => {
  switch (kind) {
    case 'distributed':
      return t('Distributed switch {{name}}', { name });
    case 'standard':
      // No host is in two switches of one name, so the first tells them apart; all of them would be lines of each row.
      return hosts.length > 2
        ? t('Standard switch {{name}} of {{host}} and {{number}} more hosts', {
            name,
            host: hosts[0] ?? '',
            number: String(hosts.length - 1),
          })
        : t('Standard switch {{name}} of {{hosts}}', { name, hosts: hosts.join(', ') });
    case 'nsx':
      return t('NSX segments');
    case 'unknown':
      return t('Unknown switch of {{name}}', { name });
  }
};

/** What is to be known about a switch before its port groups are attached to anything; empty when nothing is. */
export const uplinkText = (t: Translate, source: SourceSwitch): string => {
  if (isIsolated(source)) {
    return t(
      'This switch has no uplink, so its virtual machines reach no physical network. Skip it, or attach it to a bridge on purpose.',
    );
  }
  return source.withoutUplink.length > 0
    ? t('On {{hosts}} this switch has no uplink.', { hosts: source.withoutUplink.join(', ') })
    : '';
};
