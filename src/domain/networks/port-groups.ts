import type { InventoryHost, InventoryNetwork, InventorySnapshot } from './inventory';
import type { VlanReading, VlanVote } from './vlan';
import { readVlanId, readVotes } from './vlan';

/** A source network that a VM can be attached to, with what is known about it. */
export interface PortGroup {
  /** moRef: stable and unique in one vCenter. */
  readonly id: string;
  readonly name: string;
  readonly path: string;
  readonly reading: VlanReading;
  /** VMs with a NIC on it; templates are not counted, they are not migrated. */
  readonly vms: number;
  /** The most NICs that one VM has on it: from MTV 2.11.z on, each needs a network of its own (docs/facts/forklift.md §7). */
  readonly nicsPerVm: number;
}

/**
 * Port groups of a Provider, those used by most VMs first, then by name. Left out are distributed switches, which the inventory
 * lists among the networks, and their uplink groups.
 */
export const readPortGroups = ({ networks, hosts, vms }: InventorySnapshot): readonly PortGroup[] => {
  const users = new Map<string, { vms: number; nicsPerVm: number }>();
  for (const { networks: attached, nics: adapters, isTemplate } of vms) {
    if (isTemplate) continue;
    const counted = countById((adapters ?? []).flatMap(({ network }) => network ?? []));
    for (const { id } of attached ?? []) if (!counted.has(id)) counted.set(id, 1);
    for (const [id, nics] of counted) {
      const before = users.get(id) ?? { vms: 0, nicsPerVm: 0 };
      users.set(id, { vms: before.vms + 1, nicsPerVm: Math.max(before.nicsPerVm, nics) });
    }
  }
  const votes = votesByName(hosts);
  return networks
    .map((network) => ({ network, usage: users.get(network.id) ?? { vms: 0, nicsPerVm: 0 } }))
    .filter(({ network, usage }) => network.variant !== 'DvSwitch' && !isUplink(network, usage.vms))
    .map(({ network, usage }) => ({
      id: network.id,
      name: unescaped(network.name),
      path: network.path,
      reading: readVlan(network, votes),
      ...usage,
    }))
    .sort((a, b) => b.vms - a.vms || compareText(a.name, b.name) || compareText(a.id, b.id));
};

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
      return readVotes(tally(network, votes.get(unescaped(network.name)) ?? []));
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
      votes.set(key, [...(votes.get(key) ?? []), { host, vlanId }]);
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

const countById = (items: readonly { readonly id: string }[]): Map<string, number> => {
  const counts = new Map<string, number>();
  for (const { id } of items) counts.set(id, (counts.get(id) ?? 0) + 1);
  return counts;
};

const unescaped = (name: string): string =>
  name.replace(/%(2f|5c|25)/gi, (_, code: string) => ({ '2f': '/', '5c': '\\' })[code.toLowerCase()] ?? '%');

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
