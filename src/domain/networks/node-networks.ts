import { compareText } from '../compare-text';
import { listOf } from '../lists';
import type { BridgePort, ClusterNode, NodeInterface, NodeNetworkState } from '../nmstate-objects';
import type { NodePolicies } from './node-policies';
import { noPolicies } from './node-policies';
import type { VlanRanges } from './vlan-ranges';
import { inBoth, rangesOf } from './vlan-ranges';

/** What the nodes say of a bridge or of a bridge mapping. */
export interface NodeAttachment {
  /** Names of the nodes that have it, of those that count. */
  readonly nodes: readonly string[];
  /**
   * `vlan`: every uplink is an interface of that VLAN, so what leaves the bridge without a tag is in the VLAN already. `open`: uplinks
   * pass tags on. `none`: no uplink. `differs`: not the same on all nodes.
   */
  readonly uplink: Uplink | { readonly state: 'differs' };
  /** What leads out, on any node, by name; of a VLAN interface the interface below it. */
  readonly over: readonly string[];
  /** The same by node, such as "worker-1/bond0": what shares one is on one wire. */
  readonly wires: readonly string[];
  /** Whether it is on the bridge that carries the nodes' own traffic. */
  readonly isNodeNetwork: boolean;
  /** The smallest of its uplinks and of itself, on any node; `undefined` where no node tells. */
  readonly mtu: number | undefined;
  /** The VLANs that pass on every node; `undefined`: nothing is filtered. */
  readonly allowed: VlanRanges | undefined;
}

type Uplink =
  { readonly state: 'vlan'; readonly vlan: number } | { readonly state: 'open' } | { readonly state: 'none' };

/** What NodeNetworkStates tell, by name. */
export interface NodeNetworks {
  readonly bridges: ReadonlyMap<string, NodeAttachment>;
  readonly mappings: ReadonlyMap<string, NodeAttachment>;
  /** How many nodes count: those that report and, where that is known, run virtual machines. */
  readonly nodes: number;
  /** Whether it is known which nodes run virtual machines. */
  readonly isExact: boolean;
  readonly policies: NodePolicies;
}

/**
 * Reads what every node has. A VLAN on a VLAN interface counts as passing tags on: which tag is outside is not told by one number.
 * `machines`: the nodes that run virtual machines; where there are none among those that report, all that report count.
 */
export const readNodeNetworks = (
  states: readonly NodeNetworkState[],
  machines: readonly ClusterNode[] = [],
  policies: NodePolicies = noPolicies,
): NodeNetworks => {
  const able = new Set(machines.filter(({ spec }) => !spec?.unschedulable).map(({ metadata }) => metadata.name));
  const chosen = states.filter(({ metadata }) => able.has(metadata.name));
  const counted = [...(chosen.length > 0 ? chosen : states)].sort((a, b) =>
    compareText(a.metadata.name, b.metadata.name),
  );
  const bridges = new Map<string, NodeAttachment>();
  const mappings = new Map<string, NodeAttachment>();
  for (const { metadata, status } of counted) {
    const { interfaces, ovn } = status?.currentState ?? {};
    // A bridge of Open vSwitch and its internal interface have one name.
    const isSwitch = ({ type }: NodeInterface): boolean => type === 'ovs-bridge';
    const ofOvs = new Map(listOf(interfaces).flatMap((each) => (isSwitch(each) ? [[each.name, each] as const] : [])));
    const byName = new Map(listOf(interfaces).flatMap((each) => (isSwitch(each) ? [] : [[each.name, each] as const])));
    for (const each of byName.values()) {
      if (each.type === 'linux-bridge') add(bridges, each.name, attachmentOn(metadata.name, each, byName));
    }
    for (const { localnet, bridge, state } of listOf(ovn?.['bridge-mappings'])) {
      if (state !== 'absent') add(mappings, localnet, attachmentOn(metadata.name, ofOvs.get(bridge ?? ''), byName));
    }
  }
  return { bridges, mappings, nodes: counted.length, isExact: chosen.length > 0, policies };
};

const add = (attachments: Map<string, NodeAttachment>, name: string, here: NodeAttachment): void => {
  const before = attachments.get(name);
  attachments.set(name, before ? both(before, here) : here);
};

const both = (one: NodeAttachment, other: NodeAttachment): NodeAttachment => ({
  nodes: [...one.nodes, ...other.nodes],
  uplink: JSON.stringify(one.uplink) === JSON.stringify(other.uplink) ? one.uplink : { state: 'differs' },
  over: [...new Set([...one.over, ...other.over])].sort(compareText),
  wires: [...new Set([...one.wires, ...other.wires])],
  isNodeNetwork: one.isNodeNetwork || other.isNodeNetwork,
  mtu: smallest([one.mtu, other.mtu]),
  allowed: one.allowed && other.allowed ? inBoth(one.allowed, other.allowed) : (one.allowed ?? other.allowed),
});

const smallest = (numbers: readonly (number | undefined)[]): number | undefined => {
  const known = numbers.filter((each) => each !== undefined);
  return known.length > 0 ? Math.min(...known) : undefined;
};

/** A bridge on one node; `undefined` for one that the node names and does not show, which nothing is known of. */
const attachmentOn = (
  node: string,
  bridge: NodeInterface | undefined,
  byName: ReadonlyMap<string, NodeInterface>,
): NodeAttachment => {
  if (!bridge) {
    const nothing = { over: [], wires: [], mtu: undefined, allowed: undefined };
    return { nodes: [node], uplink: { state: 'open' }, isNodeNetwork: false, ...nothing };
  }
  const uplinks = listOf(bridge.bridge?.port).flatMap((port) =>
    membersOf(port)
      .flatMap((name) => byName.get(name) ?? [])
      .filter(leadsOut)
      .map((each) => ({ port, each })),
  );
  const filters = uplinks.map(({ port }) => filterOf(port));
  const over = [...new Set(uplinks.map(({ each }) => baseOf(each, byName)))].sort(compareText);
  return {
    nodes: [node],
    uplink: uplinkOf(uplinks.map(({ each }) => vlanOf(each, byName))),
    over,
    wires: over.map((name) => `${node}/${name}`),
    // OVN-Kubernetes names it so on every node (docs/facts/forklift.md §8).
    isNodeNetwork: bridge.name === 'br-ex',
    mtu: smallest([bridge.mtu, ...uplinks.map(({ each }) => each.mtu)]),
    // A VLAN gets out where any of the uplinks lets it.
    allowed:
      filters.length > 0 && filters.every((each) => each !== undefined)
        ? rangesOf(filters.flatMap((each) => each))
        : undefined,
  };
};

/** Open vSwitch bonds interfaces itself: what is below such a port is what leads out. */
const membersOf = ({ name, 'link-aggregation': bond }: BridgePort): readonly string[] =>
  bond ? listOf(bond.port).map((each) => each.name) : [name];

/** What leads out of a node. Pods and VMs are ports of a bridge too, and OVN's own; those that NMState does not list are theirs. */
const leadsOut = ({ type }: NodeInterface): boolean =>
  type === 'ethernet' || type === 'bond' || type === 'vlan' || type === 'infiniband';

const uplinkOf = (vlans: readonly (number | undefined)[]): Uplink => {
  const [first, ...others] = vlans;
  if (vlans.length === 0) return { state: 'none' };
  return first !== undefined && others.every((other) => other === first)
    ? { state: 'vlan', vlan: first }
    : { state: 'open' };
};

const vlanOf = ({ type, vlan }: NodeInterface, byName: ReadonlyMap<string, NodeInterface>): number | undefined =>
  type === 'vlan' && byName.get(vlan?.['base-iface'] ?? '')?.type !== 'vlan' ? vlan?.id : undefined;

/** What is below a VLAN interface, however many VLANs are on each other. */
const baseOf = (uplink: NodeInterface, byName: ReadonlyMap<string, NodeInterface>): string => {
  let at: NodeInterface | undefined = uplink;
  let { name } = uplink;
  for (const seen = new Set<string>(); at?.type === 'vlan' && !seen.has(at.name); at = byName.get(name)) {
    seen.add(at.name);
    name = at.vlan?.['base-iface'] ?? name;
  }
  return name;
};

/** The VLANs that a port lets pass with their tag, and the one that it carries without; `undefined`: it does not filter. */
const filterOf = ({ vlan }: BridgePort): VlanRanges | undefined => {
  const { mode, tag, 'enable-native': isNative = false, 'trunk-tags': tags } = vlan ?? {};
  if (mode === undefined) return undefined;
  const own = tag !== undefined && (mode === 'access' || isNative) ? [[tag, tag] as const] : [];
  const trunk = listOf(tags).flatMap(({ id, 'id-range': range }) => {
    if (range) return [[range.min, range.max] as const];
    return id === undefined ? [] : [[id, id] as const];
  });
  return rangesOf(mode === 'access' ? own : [...own, ...trunk]);
};
