import type { NetworkAttachmentDefinition } from '../objects';
import type { Translate } from '../translate';
import type { Network } from './network';
import type { NadFlaw } from './nad-flaw';
import { readNad } from './read-nad';
import { vlanText } from './vlan';

/** A network in a few words. */
export const networkText = (t: Translate, { attachment, tag, mtu, anyMac }: Network): string =>
  [
    attachment.kind === 'linux-bridge'
      ? t('Linux bridge {{bridge}}, {{vlan}}', { bridge: attachment.bridge, vlan: vlanText(t, tag) })
      : t('OVN localnet {{mapping}}, {{vlan}}', { mapping: attachment.mapping, vlan: vlanText(t, tag) }),
    ...(mtu === undefined ? [] : [t('MTU {{mtu}}', { mtu })]),
    ...(anyMac && attachment.kind === 'linux-bridge' ? [t('any MAC address')] : []),
  ].join(', ');

/** What a NetworkAttachmentDefinition is, in a few words. */
export const nadText = (t: Translate, nad: NetworkAttachmentDefinition): string => {
  const reading = readNad(nad);
  switch (reading.state) {
    case 'unreadable':
      return t('a configuration that cannot be read');
    case 'broken':
      return t('a configuration that makes pods fail: the plugin does not accept the value of "{{field}}"', {
        field: reading.field,
      });
    case 'overlay':
      return t('an OVN layer-2 network without a physical network');
    case 'other':
      return t('a network of type {{type}}', { type: reading.type });
    case 'network': {
      const text = networkText(t, { ...reading.network, anyMac: false });
      return reading.flaw
        ? t('{{network}} ({{flaw}})', { network: text, flaw: flawText(t, reading.flaw, reading.network) })
        : text;
    }
  }
};

/** A flaw of `present` in a few words. */
export const flawText = (t: Translate, flaw: NadFlaw, present: Network): string => {
  switch (flaw.code) {
    case 'Resource':
      return t('requires nodes that offer {{resource}}', { resource: flaw.resource });
    case 'Chained':
      return t('also runs the plugin {{type}}', { type: flaw.type });
    case 'Addresses':
      return t('assigns IP addresses');
    case 'Gateway':
      return t('makes the node a gateway');
    case 'Isolation':
      return t('isolates virtual machines from each other');
    case 'Hairpin':
      return t('sends frames back to the port they came from');
    case 'Disabled':
      return t('leaves the interface disabled');
    case 'DefaultVlan':
      return t('also admits the untagged VLAN of the bridge');
    case 'Trunk':
      return t('carries several VLANs');
    case 'WrongReference':
      return t('has a netAttachDefName that names another object');
    case 'Primary':
      return t("is a project's primary network");
    case 'Leaving':
      return t('is being deleted');
    case 'Mtu':
      return present.mtu === undefined ? t('sets no MTU') : t('has MTU {{mtu}}', { mtu: present.mtu });
    case 'SpoofCheck':
      return t('drops frames from other MAC addresses');
  }
};
