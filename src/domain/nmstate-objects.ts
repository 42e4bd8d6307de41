import type { WithConditions } from './conditions';
import type { KubeObject } from './objects';

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
  readonly mtu?: number;
  readonly vlan?: { readonly 'base-iface'?: string; readonly id?: number };
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
    };
  };
}

/** nmstate.io/v1 NodeNetworkConfigurationPolicy, as far as it is about bridges. */
export interface NodeNetworkConfigurationPolicy extends KubeObject {
  readonly spec?: {
    /** Labels that a node must have, each with exactly this value. */
    readonly nodeSelector?: Readonly<Record<string, string>>;
    readonly desiredState?: {
      readonly interfaces?: readonly { readonly name?: string }[] | null;
      readonly ovn?: { readonly 'bridge-mappings'?: readonly BridgeMapping[] | null };
    };
  };
  readonly status?: WithConditions;
}

/** v1 Node, as far as it says where virtual machines may run. */
export interface ClusterNode extends KubeObject {
  readonly spec?: { readonly unschedulable?: boolean };
}
