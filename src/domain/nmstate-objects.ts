import type { WithConditions } from './conditions';
import type { KubeObject } from './objects';

/** The addresses of one IP version. */
export interface InterfaceIp {
  readonly enabled?: boolean;
  readonly address?: readonly { readonly ip?: string }[] | null;
}

/** A port of a bridge. `vlan` is absent or empty where the bridge does not filter VLANs. */
export interface BridgePort {
  readonly name: string;
  readonly vlan?: {
    /** "access" or "trunk". */
    readonly mode?: string;
    /** Of an access port, or the native VLAN of a trunk. */
    readonly tag?: number;
    readonly 'enable-native'?: boolean;
    readonly 'trunk-tags'?:
      | readonly {
          readonly id?: number;
          readonly 'id-range'?: { readonly min: number; readonly max: number };
        }[]
      | null;
  };
  /** A bond that Open vSwitch makes itself: it is no interface of its own. */
  readonly 'link-aggregation'?: { readonly port?: readonly { readonly name: string }[] | null };
}

/** An interface of a node as NMState reports it (docs/facts/platform.md §10). */
export interface NodeInterface {
  readonly name: string;
  /** Such as "ethernet", "bond", "vlan", "linux-bridge", "ovs-bridge", "veth". */
  readonly type?: string;
  /** Such as "up" or "down". */
  readonly state?: string;
  /** The bridge or bond that it is a port of. */
  readonly controller?: string;
  readonly ipv4?: InterfaceIp;
  readonly ipv6?: InterfaceIp;
  readonly mtu?: number;
  readonly vlan?: { readonly 'base-iface'?: string; readonly id?: number };
  readonly 'mac-vlan'?: { readonly 'base-iface'?: string };
  readonly vxlan?: { readonly 'base-iface'?: string };
  /** Of a bridge. */
  readonly bridge?: { readonly port?: readonly BridgePort[] | null };
}

/** Which bridge of Open vSwitch the localnet of a name is on. */
export interface BridgeMapping {
  readonly localnet: string;
  readonly bridge?: string;
  /** "present" or "absent"; left out: present. */
  readonly state?: string;
}

/** nmstate.io/v1beta1 NodeNetworkState: what a node's network is at the moment. Its name is the node's. */
export interface NodeNetworkState extends KubeObject {
  readonly status?: {
    readonly currentState?: {
      readonly interfaces?: readonly NodeInterface[] | null;
      readonly ovn?: { readonly 'bridge-mappings'?: readonly BridgeMapping[] | null };
      readonly routes?: {
        readonly running?: readonly { readonly destination?: string; readonly 'next-hop-interface'?: string }[] | null;
      };
    };
  };
}

/** What a policy wants of one interface. */
export interface WantedInterface {
  readonly name?: string;
  readonly type?: string;
  /** "absent" removes it. */
  readonly state?: string;
  readonly ipv4?: { readonly enabled: boolean };
  readonly ipv6?: { readonly enabled: boolean };
  readonly bridge?: { readonly options?: object; readonly port?: readonly { readonly name?: string }[] | null };
}

/** nmstate.io/v1 NodeNetworkConfigurationPolicy, as far as it is about bridges. */
export interface NodeNetworkConfigurationPolicy extends KubeObject {
  readonly spec?: {
    /** Labels that a node must have, each with exactly this value. */
    readonly nodeSelector?: Readonly<Record<string, string>>;
    /** How many nodes may change at once, as a number or a percentage; left out: half of them. */
    readonly maxUnavailable?: number | string;
    readonly desiredState?: {
      readonly interfaces?: readonly WantedInterface[] | null;
      readonly ovn?: { readonly 'bridge-mappings'?: readonly BridgeMapping[] | null };
    };
  };
  readonly status?: WithConditions;
}

/** nmstate.io/v1beta1 NodeNetworkConfigurationEnactment: how far one node is with one policy (docs/facts/platform.md §11). */
export interface NodeNetworkConfigurationEnactment extends KubeObject {
  readonly status?: WithConditions & {
    /** The policy's generation that the conditions are about. */
    readonly policyGeneration?: number;
  };
}

/** v1 Node, as far as it says where virtual machines may run, and whether the node is there. */
export interface ClusterNode extends KubeObject {
  readonly spec?: { readonly unschedulable?: boolean };
  readonly status?: WithConditions;
}
