import { compareText } from '../compare-text';
import type { InventoryHost, InventoryNetwork, InventorySnapshot } from './inventory';
import type { SourceSwitch } from './switches';
import { readSwitches } from './switches';
import type { VlanReading, VlanVote } from './vlan';
import { readVlanId, readVotes } from './vlan';

/** A source network that a VM can be attached to, with what is known about it. */
export interface PortGroup {
  /** moRef: stable and unique in one vCenter. */
  readonly id: string;
  readonly name: string;
  readonly path: string;
  /** The name. If the vCenter has several of that name, with what distinguishes them. */
  readonly label: string;
  readonly switch: SourceSwitch;
  readonly reading: VlanReading;
  /** VMs with a NIC on it; templates are not counted, they are not migrated. */
  readonly vms: number;
  /** The most NICs that one VM has on it: MTV 2.11 needs a network for each (mtv-version.ts). */
  readonly nicsPerVm: number;
}

/**
 * Port groups of a Provider, those used by most VMs first, then by name. Left out are distributed switches, which the inventory
 * lists among the networks, and their uplink groups.
 */
export const readPortGroups = ({ networks, hosts, vms }: InventorySnapshot): readonly PortGroup[] => {
  const usageOf = readUsage(networks, vms);
  const isUsed = (id: string): boolean => (usageOf.get(id)?.vms ?? 0) > 0;
  const plain = networks.map((network) => ({
    ...network,
    name: unescaped(network.name),
    path: unescaped(network.path),
  }));
  const votes = votesByName(hosts);
  const switches = readSwitches({ networks: plain, hosts: hosts.map(withPlainNames) }, isUsed);
  const listed = plain.flatMap((network) => {
    const usage = usageOf.get(network.id) ?? unused;
    const source = switches.get(network.id);
    return source && network.variant !== 'DvSwitch' && !isUplink(network, usage.vms)
      ? [{ network, usage, source }]
      : [];
  });
  const labelOf = labels(listed.map(({ network }) => network));
  return listed
    .map(({ network, usage, source }) => ({
      id: network.id,
      name: network.name,
      path: network.path,
      label: labelOf(network),
      switch: source,
      reading: readVlan(network, votes),
      ...usage,
    }))
    .sort((a, b) => b.vms - a.vms || compareText(a.name, b.name) || compareText(a.id, b.id));
};

interface Usage {
  readonly vms: number;
  readonly nicsPerVm: number;
}

const unused: Usage = { vms: 0, nicsPerVm: 0 };

/** By moRef. NICs on NSX segments carry the segment's key instead (docs/facts/forklift.md, corrections). */
const readUsage = (
  networks: InventorySnapshot['networks'],
  vms: InventorySnapshot['vms'],
): ReadonlyMap<string, Usage> => {
  const byKey = new Map(networks.flatMap(({ id, key }) => (key ? [[key, id] as const] : [])));
  for (const { id } of networks) byKey.set(id, id);
  const users = new Map<string, Usage>();
  for (const { networks: attached, nics: adapters, isTemplate } of vms) {
    if (isTemplate) continue;
    const counted = countBy((adapters ?? []).flatMap(({ network }) => byKey.get(network?.id ?? '') ?? []));
    for (const { id } of attached ?? []) if (!counted.has(id)) counted.set(id, 1);
    for (const [id, nics] of counted) {
      const before = users.get(id) ?? unused;
      users.set(id, { vms: before.vms + 1, nicsPerVm: Math.max(before.nicsPerVm, nics) });
    }
  }
  return users;
};

/** Two datacenters may have a network of the same name; NSX shows a segment in one folder once for every switch. */
const labels = (networks: readonly InventoryNetwork[]): ((network: InventoryNetwork) => string) => {
  const names = countBy(networks.map(({ name }) => name));
  const paths = countBy(networks.map(({ path }) => path));
  return ({ id, name, path }) => {
    if (names.get(name) === 1) return name;
    return paths.get(path) === 1 ? `${name} (${path})` : `${name} (${path}, ${id})`;
  };
};

const withPlainNames = (host: InventoryHost): InventoryHost => ({
  ...host,
  networking: {
    ...host.networking,
    portGroups: host.networking?.portGroups?.map((each) => ({ ...each, name: unescaped(each.name) })) ?? [],
  },
});

/**
 * The group of a distributed switch's physical ports, on which no VM can be. vCenter tags it; where the tag is missing it is
 * known by carrying every VLAN *and* by its name (vCenter's default is "<switch>-DVUplinks-<n>"). One of these signs alone may
 * be an ordinary trunk, and a group that a VM uses is never hidden.
 */
const isUplink = ({ variant, vlanId, name, tag }: InventoryNetwork, vms: number): boolean =>
  variant === 'DvPortGroup' &&
  vms === 0 &&
  (tag === 'SYSTEM/DVS.UPLINKPG' || (vlanId === '0-4094' && /uplink/i.test(name)));

const readVlan = (network: InventoryNetwork, votes: ReadonlyMap<string, readonly HostVote[]>): VlanReading => {
  switch (network.variant) {
    case 'DvPortGroup':
      return readVlanId(network.vlanId);
    case 'Standard':
      return readVotes(tally(network, votes.get(network.name) ?? []));
    case 'OpaqueNetwork':
    case 'DvSwitch':
      return { state: 'unknown' };
  }
};

interface HostVote {
  readonly host: InventoryHost;
  readonly vlanId: number;
}

const votesByName = (hosts: readonly InventoryHost[]): ReadonlyMap<string, readonly HostVote[]> => {
  const votes = new Map<string, HostVote[]>();
  for (const host of hosts) {
    for (const { name, vlanId } of host.networking?.portGroups ?? []) {
      const key = unescaped(name);
      const list = votes.get(key) ?? [];
      list.push({ host, vlanId });
      votes.set(key, list);
    }
  }
  return votes;
};

/** Two datacenters may each have a "VM Network": where hosts list the network by its moRef, only those hosts are asked. */
const tally = ({ id }: InventoryNetwork, votes: readonly HostVote[]): readonly VlanVote[] => {
  const members = votes.filter(({ host }) => host.networks?.some((network) => network.id === id));
  const byVlan = new Map<number, string[]>();
  for (const { host, vlanId } of members.length > 0 ? members : votes) {
    byVlan.set(vlanId, [...(byVlan.get(vlanId) ?? []), host.name]);
  }
  return [...byVlan].map(([vlanId, names]) => ({ vlanId, hosts: names }));
};

const countBy = (items: readonly string[]): Map<string, number> => {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(item, (counts.get(item) ?? 0) + 1);
  return counts;
};

/** A name as people see it: vCenter stores `%`, `/` and `\\` as %25, %2f and %5c. */
export const unescaped = (name: string): string =>
  name.replace(/%(2f|5c|25)/gi, (_, code: string) => ({ '2f': '/', '5c': '\\' })[code.toLowerCase()] ?? '%');
