import { listOf } from '../../lists';
import type { NodeInterface, NodeNetworkConfigurationPolicy } from '../../nmstate-objects';
import type { NodeReport } from './facts';

/** The bridge of OVN-Kubernetes that carries the nodes' own traffic (docs/facts/forklift.md §8). */
export const nodeBridge = 'br-ex';

/** Why a bridge must not get the network card of a node. */
export type NicUse =
  /** The node has none of that name, or reports nothing at all. */
  | { readonly code: 'Absent' | 'Silent' | 'Down' | 'Routes' }
  /** It carries the node's own traffic: through it, the cluster reaches the node. */
  | { readonly code: 'NodeNetwork' }
  | { readonly code: 'PortOf'; readonly other: string }
  | { readonly code: 'Address'; readonly other: string }
  /** A VLAN or something else is on it. */
  | { readonly code: 'Below'; readonly other: string }
  | { readonly code: 'Policy'; readonly other: string };

/**
 * What uses a card on a node; `undefined`: nothing that NMState reports. `own`: the name of the bridge that is being made, whose port it may be
 * already, and of its policy.
 */
export const nicUseOn = (
  { interfaces, switches, state }: NodeReport,
  nic: string,
  policies: readonly NodeNetworkConfigurationPolicy[],
  own?: { readonly bridge: string; readonly policy: string },
): NicUse | undefined => {
  if (!interfaces) return { code: 'Silent' };
  const card = interfaces.find(({ name }) => name === nic);
  if (!card) return { code: 'Absent' };
  const routes = listOf(state?.status?.currentState?.routes?.running);
  const ports = [...switches, ...interfaces].filter((each) => portsOf(each).includes(nic) && each.name !== nic);
  const holder = card.controller ?? ports[0]?.name;
  if (holder === nodeBridge || ports.some(({ name }) => name === nodeBridge)) return { code: 'NodeNetwork' };
  if (routes.some((each) => each['next-hop-interface'] === nic && isDefault(each.destination)))
    return { code: 'NodeNetwork' };
  if (holder !== undefined && holder !== '' && holder !== own?.bridge) return { code: 'PortOf', other: holder };
  const address = [...listOf(card.ipv4?.address), ...listOf(card.ipv6?.address)].find(({ ip = '' }) => !isLocal(ip));
  if (address) return { code: 'Address', other: address.ip ?? '' };
  if (routes.some((each) => each['next-hop-interface'] === nic)) return { code: 'Routes' };
  const above = interfaces.find((each) => basesOf(each).includes(nic));
  if (above) return { code: 'Below', other: above.name };
  if (card.state !== 'up') return { code: 'Down' };
  const policy = policies.find((each) => each.metadata.name !== own?.policy && namedBy(each).includes(nic));
  return policy && { code: 'Policy', other: policy.metadata.name };
};

const portsOf = ({ bridge }: NodeInterface): readonly string[] =>
  listOf(bridge?.port).flatMap(({ name, 'link-aggregation': bond }) => [
    name,
    ...listOf(bond?.port).map((each) => each.name),
  ]);

const basesOf = (each: NodeInterface): readonly (string | undefined)[] => [
  each.vlan?.['base-iface'],
  each['mac-vlan']?.['base-iface'],
  each.vxlan?.['base-iface'],
];

const isDefault = (destination = ''): boolean => destination === '0.0.0.0/0' || destination === '::/0';

/** Every interface that is up has such an address of IPv6. */
const isLocal = (ip: string): boolean => ip === '' || /^fe[89ab]/i.test(ip);

const namedBy = ({ spec }: NodeNetworkConfigurationPolicy): readonly string[] =>
  listOf(spec?.desiredState?.interfaces).flatMap(({ name = '', bridge }) => [
    name,
    ...listOf(bridge?.port).map((port) => port.name ?? ''),
  ]);
