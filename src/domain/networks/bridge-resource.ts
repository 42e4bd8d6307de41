/** By it a pod asks for a node that offers the bridge. */
export const resourceAnnotation = 'k8s.v1.cni.cncf.io/resourceName';

/** What nodes that have the bridge offer, so that VMs are scheduled there and nowhere else. */
export const resourceOf = (bridge: string): string => `bridge.network.kubevirt.io/${bridge}`;
