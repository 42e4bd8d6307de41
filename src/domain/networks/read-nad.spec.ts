import { networks } from '../checks/networks';
import type { NetworkAttachmentDefinition } from '../objects';
import { plainEnglish } from '../translate';
import { isForVms } from './nad-flaw';
import { nadText } from './network-text';
import { readNad } from './read-nad';

const nad = (
  config: object | string,
  annotations: Readonly<Record<string, string>> = {},
  patch: object = {},
): NetworkAttachmentDefinition => ({
  metadata: { name: 'x', namespace: 'vms', annotations, ...patch },
  spec: { config: typeof config === 'string' ? config : JSON.stringify(config) },
});
const bridge = (patch: object = {}) => ({ cniVersion: '0.3.1', name: 'x', type: 'bridge', bridge: 'br1', ...patch });
const localnet = (patch: object = {}) => ({
  name: 'physnet',
  type: 'ovn-k8s-cni-overlay',
  topology: 'localnet',
  netAttachDefName: 'vms/x',
  vlanID: 3,
  mtu: 1500,
  ...patch,
});
const resource = 'k8s.v1.cni.cncf.io/resourceName';

test.each<[string, NetworkAttachmentDefinition, string]>([
  ['cnv-bridge', nad({ type: 'cnv-bridge', bridge: 'br1', vlan: 7 }), 'Linux bridge br1, VLAN 7'],
  [
    'a list of plugins',
    nad({ name: 'x', plugins: [{ type: 'cnv-bridge', bridge: 'br1' }, { type: 'cnv-tuning' }] }),
    'Linux bridge br1, untagged',
  ],
  ['the console’s empty ipam', nad(bridge({ ipam: {} })), 'Linux bridge br1, untagged'],
  ['no resource name', nad(bridge({ vlan: 200 })), 'Linux bridge br1, VLAN 200'],
  [
    'its own resource name',
    nad(bridge(), { [resource]: 'bridge.network.kubevirt.io/br1' }),
    'Linux bridge br1, untagged',
  ],
  ['an MTU', nad(bridge({ mtu: 9000 })), 'Linux bridge br1, untagged, MTU 9000'],
  [
    'a trunk',
    nad(bridge({ vlanTrunk: [{ minID: 10, maxID: 20 }, { id: 30 }] })),
    'Linux bridge br1, VLANs 10-20, 30 with their tags',
  ],
  ['keys in another case, which Go reads', nad({ Type: 'bridge', BRIDGE: 'br1', Vlan: 7 }), 'Linux bridge br1, VLAN 7'],
  ['null, which Go takes for absent', nad(bridge({ vlan: null, ipam: null })), 'Linux bridge br1, untagged'],
  ['a localnet', nad(localnet()), 'OVN localnet physnet, VLAN 3, MTU 1500'],
])('%s is a network for VMs', (_, object, expected) => {
  expect(nadText(plainEnglish, object)).toBe(expected);
  expect(isForVms(object)).toBe(true);
});

test.each<[string, NetworkAttachmentDefinition, string]>([
  [
    'case 11: ports kept apart',
    nad(bridge({ vlan: 200, portIsolation: true })),
    'Linux bridge br1, VLAN 200 (isolates virtual machines from each other)',
  ],
  ['case 11: a gateway', nad(bridge({ isGateway: true })), 'Linux bridge br1, untagged (makes the node a gateway)'],
  [
    'a default gateway',
    nad(bridge({ isDefaultGateway: true })),
    'Linux bridge br1, untagged (makes the node a gateway)',
  ],
  ['case 11: masquerading', nad(bridge({ ipMasq: true })), 'Linux bridge br1, untagged (makes the node a gateway)'],
  ['addresses', nad(bridge({ ipam: { type: 'whereabouts' } })), 'Linux bridge br1, untagged (assigns IP addresses)'],
  [
    'hairpin mode',
    nad(bridge({ hairpinMode: true })),
    'Linux bridge br1, untagged (sends frames back to the port they came from)',
  ],
  [
    'an interface that stays down',
    nad(bridge({ disableContainerInterface: true })),
    'Linux bridge br1, untagged (leaves the interface disabled)',
  ],
  [
    'the default VLAN kept',
    nad(bridge({ vlan: 7, preserveDefaultVlan: true })),
    'Linux bridge br1, VLAN 7 (also admits the untagged VLAN of the bridge)',
  ],
  [
    'a VLAN and a trunk',
    nad(bridge({ vlan: 7, vlanTrunk: [{ id: 8 }] })),
    'Linux bridge br1, VLAN 7 (carries several VLANs)',
  ],
  [
    'a firewall behind it',
    nad({ plugins: [bridge(), { type: 'firewall' }] }),
    'Linux bridge br1, untagged (also runs the plugin firewall)',
  ],
  [
    'a deletion under way',
    nad(bridge(), {}, { deletionTimestamp: '2026-11-29T00:00:00Z' }),
    'Linux bridge br1, untagged (is being deleted)',
  ],
  [
    'case 40: the resource of another bridge',
    nad(bridge({ vlan: 200 }), { [resource]: 'bridge.network.kubevirt.io/br0' }),
    'Linux bridge br1, VLAN 200 (requires nodes that offer bridge.network.kubevirt.io/br0)',
  ],
  [
    'case 40: a resource that nobody offers',
    nad(bridge(), { [resource]: 'bridge-cni.network.kubevirt.io/br1' }),
    'Linux bridge br1, untagged (requires nodes that offer bridge-cni.network.kubevirt.io/br1)',
  ],
  [
    'a localnet with a resource',
    nad(localnet(), { [resource]: 'bridge.network.kubevirt.io/br1' }),
    'OVN localnet physnet, VLAN 3, MTU 1500 (requires nodes that offer bridge.network.kubevirt.io/br1)',
  ],
  [
    'a localnet that names another object',
    nad(localnet({ netAttachDefName: 'else/where' })),
    'OVN localnet physnet, VLAN 3, MTU 1500 (has a netAttachDefName that names another object)',
  ],
  [
    'a localnet that assigns addresses',
    nad(localnet({ subnets: '10.0.0.0/16' })),
    'OVN localnet physnet, VLAN 3, MTU 1500 (assigns IP addresses)',
  ],
  [
    'case 39: a VLAN as text',
    nad(bridge({ vlan: '300' })),
    'a configuration that makes pods fail: the plugin does not accept the value of "vlan"',
  ],
  [
    'a VLAN that is none',
    nad(bridge({ vlan: 4095 })),
    'a configuration that makes pods fail: the plugin does not accept the value of "vlan"',
  ],
  [
    'half a VLAN',
    nad(bridge({ vlan: 1.5 })),
    'a configuration that makes pods fail: the plugin does not accept the value of "vlan"',
  ],
  [
    'a localnet with a VLAN as text',
    nad(localnet({ vlanID: '3' })),
    'a configuration that makes pods fail: the plugin does not accept the value of "vlanID"',
  ],
  [
    'an MTU as text',
    nad(bridge({ mtu: '9000' })),
    'a configuration that makes pods fail: the plugin does not accept the value of "mtu"',
  ],
  [
    'a choice as text',
    nad(bridge({ portIsolation: 'true' })),
    'a configuration that makes pods fail: the plugin does not accept the value of "portIsolation"',
  ],
  [
    'a trunk without VLANs',
    nad(bridge({ vlanTrunk: [{ minID: 20, maxID: 10 }] })),
    'a configuration that makes pods fail: the plugin does not accept the value of "vlanTrunk"',
  ],
  ['case 16: macvlan', nad({ type: 'macvlan', master: 'eth1' }), 'a network of type macvlan'],
  [
    "case 16: a project's primary network",
    nad({
      name: 'vms_x',
      type: 'ovn-k8s-cni-overlay',
      topology: 'layer2',
      role: 'primary',
      subnets: '10.1.0.0/16',
      netAttachDefName: 'vms/x',
    }),
    'a network of type ovn-k8s-cni-overlay',
  ],
  [
    'a layer-3 network',
    nad({ type: 'ovn-k8s-cni-overlay', topology: 'layer3', role: 'secondary' }),
    'a network of type ovn-k8s-cni-overlay',
  ],
  ['case 16: broken JSON', nad('{ broken }'), 'a configuration that cannot be read'],
  ['no configuration', { metadata: { name: 'x' } }, 'a configuration that cannot be read'],
])('%s is no network for VMs', (_, object, expected) => {
  expect(nadText(plainEnglish, object)).toBe(expected);
  expect(isForVms(object)).toBe(false);
});

test('case 39: what cannot be read is on no wire, least of all untagged', () => {
  expect(readNad(nad(bridge({ vlan: '300' })))).toEqual({ state: 'broken', field: 'vlan' });
});

test('case 16: networks count as ready when VMs can use them, not by being there', () => {
  const judge = (...items: NetworkAttachmentDefinition[]) => {
    const { state, text } = networks.judge({ networkAttachmentDefinitions: { state: 'loaded', items } });
    return `${state}: ${text(plainEnglish)}`;
  };
  const bad = [nad({ type: 'macvlan' }), nad('{ broken }'), nad(bridge({ portIsolation: true }))];
  const ofSystem = nad(bridge(), {}, { namespace: 'openshift-sriov' });
  expect(judge(...bad)).toBe('blocked: No network for virtual machines is set up. Networks that they cannot use: 3');
  expect(judge(ofSystem)).toBe('blocked: No network for virtual machines is set up.');
  expect(
    judge(...bad, ofSystem, nad(bridge({ vlan: 7 })), nad({ type: 'ovn-k8s-cni-overlay', topology: 'layer2' })),
  ).toBe('ready: Networks ready: 2');
});
