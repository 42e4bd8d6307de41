import type { NetworkAttachmentDefinition } from '../objects';
import { owned } from '../ownership';
import { resourceAnnotation, resourceOf } from './bridge-resource';
import type { Network } from './network';
import { localnetMtu } from './network';
import type { Trunk } from './trunk';
import type { Vlan } from './vlan';

/** The port groups a NetworkAttachmentDefinition was made for, as JSON. For people and for later steps; nothing is decided by it. */
export const portGroupsAnnotation = 'migration-prep/port-groups';

/** A port group as the annotation names it. */
export interface SourcePortGroup {
  /** moRef. */
  readonly id: string;
  readonly name: string;
}

/** A NetworkAttachmentDefinition to be made: its network, and the port groups that it stands for. */
export interface NadWish {
  readonly name: string;
  readonly namespace: string;
  readonly network: Network;
  /** `<namespace>/<name>` of the Provider whose port groups these are. */
  readonly provider: string;
  readonly portGroups: readonly SourcePortGroup[];
}

/** The NetworkAttachmentDefinition for a port group (docs/facts/forklift.md §8). No IPAM: it is not supported for VMs on a bridge. */
export const nadOf = (wish: NadWish): NetworkAttachmentDefinition => {
  const { name, namespace, network, provider, portGroups } = wish;
  const { attachment } = network;
  return {
    metadata: owned({
      name,
      namespace,
      annotations: {
        [portGroupsAnnotation]: JSON.stringify({ provider, portGroups }),
        ...(attachment.kind === 'linux-bridge' && { [resourceAnnotation]: resourceOf(attachment.bridge) }),
      },
    }),
    spec: { config: JSON.stringify(configOf(wish)) },
  };
};

const configOf = ({ name, namespace, network: { attachment, tag, mtu, anyMac } }: NadWish): object => {
  switch (attachment.kind) {
    case 'linux-bridge':
      return {
        cniVersion: '0.3.1',
        name,
        type: 'bridge',
        bridge: attachment.bridge,
        macspoofchk: !anyMac,
        ...(typeof tag === 'number' && { vlan: tag }),
        ...(isTrunk(tag) && { vlanTrunk: rangesOf(tag) }),
        ...(mtu !== undefined && { mtu }),
        preserveDefaultVlan: false,
      };
    case 'localnet': {
      const size = mtu ?? localnetMtu;
      return {
        cniVersion: '0.3.1',
        // Cluster-global: one name with two VLANs or MTUs is unsupported, so both are part of it.
        name: `${attachment.mapping}-${typeof tag === 'number' ? `vlan-${String(tag)}` : 'untagged'}-mtu-${String(size)}`,
        type: 'ovn-k8s-cni-overlay',
        topology: 'localnet',
        netAttachDefName: `${namespace}/${name}`,
        physicalNetworkName: attachment.mapping,
        ...(typeof tag === 'number' && { vlanID: tag }),
        mtu: size,
      };
    }
  }
};

const isTrunk = (vlan: Vlan): vlan is Trunk => typeof vlan === 'object';

/** As the bridge plugin takes them: a single VLAN by `id`. */
const rangesOf = ({ trunk }: Trunk): readonly object[] =>
  trunk.split(',').map((range) => {
    const [first, last] = range.split('-').map(Number);
    return last === undefined ? { id: first } : { minID: first, maxID: last };
  });
