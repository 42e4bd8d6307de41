import type { NetworkAttachmentDefinition } from '../objects';
import { parseNad, positive, readRanges, textOf } from './nad-config';
import type { CniConfig, AttachedConfig } from './nad-config';
import { flawOf } from './nad-flaw';
import type { NadFlaw } from './nad-flaw';
import type { Network } from './network';
import { trunkOf } from './trunk';

/** What a NetworkAttachmentDefinition is, no matter who wrote it. Its states are those of `NadConfig`. `field` is spelled as plugins document it. */
export type NadReading =
  | { readonly state: 'network'; readonly network: Network; readonly flaw?: NadFlaw }
  | { readonly state: 'broken'; readonly field: string }
  | { readonly state: 'overlay' }
  | { readonly state: 'other'; readonly type: string }
  | { readonly state: 'unreadable' };

/** Reads which network it is, and what keeps VMs from it. */
export const readNad = (nad: NetworkAttachmentDefinition): NadReading => {
  const parsed = parseNad(nad);
  switch (parsed.kind) {
    case 'linux-bridge':
    case 'localnet': {
      const flaw = flawOf(parsed, nad);
      return { state: 'network', network: networkOf(parsed), ...(flaw && { flaw }) };
    }
    case 'broken':
      return { state: 'broken', field: spelled[parsed.field] ?? parsed.field };
    case 'other':
      return { state: 'other', type: parsed.type };
    case 'overlay':
    case 'unreadable':
      return { state: parsed.kind };
  }
};

const networkOf = (parsed: AttachedConfig): Network =>
  parsed.kind === 'linux-bridge' ? bridgeOf(parsed.config) : localnetOf(parsed.config, parsed.name);

const bridgeOf = (config: CniConfig): Network => ({
  attachment: { kind: 'linux-bridge', bridge: textOf(config.bridge) || 'cni0' },
  tag: positive(config.vlan) ?? trunkOf(readRanges(config.vlantrunk) ?? []),
  mtu: positive(config.mtu),
  anyMac: config.macspoofchk !== true,
});

const localnetOf = (config: CniConfig, name: string): Network => ({
  attachment: { kind: 'localnet', mapping: textOf(config.physicalnetworkname) || name },
  tag: positive(config.vlanid),
  mtu: positive(config.mtu),
  anyMac: true,
});

/** How plugins document the fields that have capital letters. */
const spelled: Readonly<Record<string, string>> = {
  vlantrunk: 'vlanTrunk',
  vlanid: 'vlanID',
  isgateway: 'isGateway',
  isdefaultgateway: 'isDefaultGateway',
  forceaddress: 'forceAddress',
  ipmasq: 'ipMasq',
  hairpinmode: 'hairpinMode',
  promiscmode: 'promiscMode',
  preservedefaultvlan: 'preserveDefaultVlan',
  disablecontainerinterface: 'disableContainerInterface',
  portisolation: 'portIsolation',
  physicalnetworkname: 'physicalNetworkName',
  netattachdefname: 'netAttachDefName',
  excludesubnets: 'excludeSubnets',
  allowpersistentips: 'allowPersistentIPs',
};

/** What keeps a network on the right wire from standing in for the wanted one; `undefined` when it can. */
export const flawFor = (
  { network: present, flaw }: Extract<NadReading, { state: 'network' }>,
  wanted: Network,
): NadFlaw | undefined => {
  if (flaw) return flaw;
  if (present.mtu !== wanted.mtu) return { code: 'Mtu' };
  return wanted.anyMac && !present.anyMac ? { code: 'SpoofCheck' } : undefined;
};
