import type { ClusterNode, NodeInterface, NodeNetworkState } from '../domain/nmstate-objects';

/** A node that is ready and that KubeVirt runs virtual machines on, unless its labels say otherwise. For specs. */
export const nodeOf = (name: string, labels: Readonly<Record<string, string>> = {}, ready = 'True'): ClusterNode => ({
  metadata: {
    name,
    labels: {
      'kubernetes.io/hostname': name,
      'kubernetes.io/os': 'linux',
      'node-role.kubernetes.io/worker': '',
      'kubevirt.io/schedulable': 'true',
      ...labels,
    },
  },
  status: { conditions: [{ type: 'Ready', status: ready }] },
});

/** A card that is up and that nothing uses. */
export const card = (name: string, more: Partial<NodeInterface> = {}): NodeInterface => ({
  name,
  type: 'ethernet',
  state: 'up',
  ipv4: { enabled: false },
  ipv6: { enabled: false },
  ...more,
});

/** What a node reports: `br-ex` over `eno1`, with the default route, and these. */
export const reportOf = (name: string, ...more: readonly NodeInterface[]): NodeNetworkState => ({
  metadata: { name },
  status: {
    currentState: {
      routes: { running: [{ destination: '0.0.0.0/0', 'next-hop-interface': 'br-ex' }] },
      ovn: { 'bridge-mappings': [{ localnet: 'physnet', bridge: 'br-ex', state: 'present' }] },
      interfaces: [
        card('eno1', { controller: 'br-ex' }),
        { name: 'br-ex', type: 'ovs-bridge', state: 'up', bridge: { port: [{ name: 'eno1' }, { name: 'br-ex' }] } },
        { name: 'br-ex', type: 'ovs-interface', state: 'up', ipv4: { enabled: true, address: [{ ip: '10.0.0.1' }] } },
        ...more,
      ],
    },
  },
});
