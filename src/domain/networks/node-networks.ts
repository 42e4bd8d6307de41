import type { NodeInterface, NodeNetworkState } from '../platform-objects';
import type { Translate } from '../translate';

/** What the nodes say of a bridge or of a bridge mapping. */
export interface NodeAttachment {
  /** Names of the nodes that have it. */
  readonly nodes: readonly string[];
  /**
   * `vlan`: every uplink is an interface of that VLAN, so what leaves the bridge without a tag is in the VLAN already. `open`: uplinks
   * pass tags on. `none`: no uplink. `differs`: not the same on all nodes.
   */
  readonly uplink: Uplink | { readonly state: 'differs' };
}

type Uplink =
  { readonly state: 'vlan'; readonly vlan: number } | { readonly state: 'open' } | { readonly state: 'none' };

/** What NodeNetworkStates tell, by name. */
export interface NodeNetworks {
  readonly bridges: ReadonlyMap<string, NodeAttachment>;
  readonly mappings: ReadonlyMap<string, NodeAttachment>;
}

/** Reads what every node has. A VLAN on a VLAN interface counts as passing tags on: which tag is outside is not told by one number. */
export const readNodeNetworks = (states: readonly NodeNetworkState[]): NodeNetworks => {
  const bridges = new Map<string, NodeAttachment>();
  const mappings = new Map<string, NodeAttachment>();
  for (const { metadata, status } of states) {
    const { interfaces, ovn } = status?.currentState ?? {};
    const byName = new Map((interfaces ?? []).map((each) => [each.name, each]));
    for (const each of byName.values()) {
      if (each.type === 'linux-bridge') add(bridges, each.name, metadata.name, uplinkOf(each, byName));
    }
    for (const { localnet, bridge, state } of ovn?.['bridge-mappings'] ?? []) {
      const found = byName.get(bridge ?? '');
      if (state !== 'absent')
        add(mappings, localnet, metadata.name, found ? uplinkOf(found, byName) : { state: 'open' });
    }
  }
  return { bridges, mappings };
};

const add = (attachments: Map<string, NodeAttachment>, name: string, node: string, uplink: Uplink): void => {
  const before = attachments.get(name);
  const isSame = before === undefined || JSON.stringify(before.uplink) === JSON.stringify(uplink);
  attachments.set(name, { nodes: [...(before?.nodes ?? []), node], uplink: isSame ? uplink : { state: 'differs' } });
};

/** What leads out of a node. Pods and VMs are ports of a bridge too, and OVN's own; those that NMState does not list are theirs. */
const leadsOut = ({ type }: NodeInterface): boolean =>
  type === 'ethernet' || type === 'bond' || type === 'vlan' || type === 'infiniband';

const uplinkOf = ({ bridge }: NodeInterface, byName: ReadonlyMap<string, NodeInterface>): Uplink => {
  const uplinks = (bridge?.port ?? []).flatMap(({ name }) => byName.get(name) ?? []).filter(leadsOut);
  const [first, ...others] = uplinks.map((uplink) => vlanOf(uplink, byName));
  if (uplinks.length === 0) return { state: 'none' };
  return first !== undefined && others.every((other) => other === first)
    ? { state: 'vlan', vlan: first }
    : { state: 'open' };
};

const vlanOf = ({ type, vlan }: NodeInterface, byName: ReadonlyMap<string, NodeInterface>): number | undefined =>
  type === 'vlan' && byName.get(vlan?.['base-iface'] ?? '')?.type !== 'vlan' ? vlan?.id : undefined;

/** What the nodes say of a bridge or mapping in one sentence. */
export const nodeAttachmentText = (t: Translate, name: string, attached: NodeAttachment | undefined): string => {
  if (!attached) return t('No node has {{name}} yet.', { name });
  const params = { name, nodes: attached.nodes.length };
  switch (attached.uplink.state) {
    case 'vlan':
      return t('On {{nodes}} nodes, {{name}} is already in VLAN {{vlan}}, so its networks get no tag.', {
        ...params,
        vlan: attached.uplink.vlan,
      });
    case 'none':
      return t('On {{nodes}} nodes, {{name}} has no uplink.', params);
    case 'differs':
      return t('The nodes have {{name}} in different VLANs.', params);
    case 'open':
      return t('{{name}} is on {{nodes}} nodes.', params);
  }
};
