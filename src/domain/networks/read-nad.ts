import { isRecord, parseJson } from '../json';
import type { NetworkAttachmentDefinition } from '../objects';
import type { Network } from './network';
import { resourceAnnotation, resourceOf } from './network';
import { trunkOf } from './trunk';

/**
 * Why VMs on a network cannot do what they can on ours, though it is on the right wire. `WrongReference`: OVN ignores it,
 * `netAttachDefName` is not its own. `Mtu` and `SpoofCheck` come from comparing.
 */
export type NadFlaw =
  | { readonly code: 'Resource'; readonly resource: string }
  | { readonly code: 'Chained'; readonly type: string }
  | {
      readonly code:
        | 'Addresses' | 'Gateway' | 'Isolation' | 'Hairpin' | 'Disabled' | 'DefaultVlan' | 'Trunk' | 'WrongReference' | 'Primary'
        | 'Leaving' | 'Mtu' | 'SpoofCheck';
    };

/**
 * What a NetworkAttachmentDefinition is, whoever wrote it. `broken`: the plugin does not take `field`, so pods fail; on which wire it was
 * meant to be is not guessed. `overlay`: an OVN layer-2 network, on no wire, that VMs can use.
 */
export type NadReading =
  | { readonly state: 'network'; readonly network: Network; readonly flaw?: NadFlaw }
  | { readonly state: 'broken'; readonly field: string }
  | { readonly state: 'overlay' }
  | { readonly state: 'other'; readonly type: string }
  | { readonly state: 'unreadable' };

/** A plugin's configuration with its keys in lower case: plugins are written in Go, which reads them in any case. */
type Config = Readonly<Record<string, unknown>>;

/** Reads `spec.config`, also as a list of CNI plugins, and with `cnv-bridge`, the older name of `bridge`. */
export const readNad = (nad: NetworkAttachmentDefinition): NadReading => {
  const parsed = parseJson(nad.spec?.config ?? '');
  if (!parsed.ok || !isRecord(parsed.value)) return { state: 'unreadable' };
  const whole = lowerKeys(parsed.value);
  const plugins: readonly unknown[] = Array.isArray(whole.plugins) ? whole.plugins : [];
  const [first, ...others] = plugins;
  const config = isRecord(first) ? { ...whole, ...lowerKeys(first) } : whole;
  const type = textOf(config.type);
  if (type === 'bridge' || type === 'cnv-bridge') {
    const field = brokenField(config, bridgeFields);
    return field === undefined ? network(bridgeOf(config), nad, bridgeFlaw(config, nad) ?? chainFlaw(others)) : { state: 'broken', field };
  }
  if (type === 'ovn-k8s-cni-overlay' && config.topology === 'localnet') {
    const field = brokenField(config, localnetFields);
    if (field !== undefined) return { state: 'broken', field };
    return network(localnetOf(config, textOf(whole.name)), nad, localnetFlaw(config, nad));
  }
  const isSecondary = config.role === undefined || config.role === 'secondary';
  if (type === 'ovn-k8s-cni-overlay' && config.topology === 'layer2' && isSecondary) return { state: 'overlay' };
  return type ? { state: 'other', type } : { state: 'unreadable' };
};

const network = (read: Network, { metadata }: NetworkAttachmentDefinition, flaw: NadFlaw | undefined): NadReading => {
  const found: NadFlaw | undefined = metadata.deletionTimestamp === undefined ? flaw : { code: 'Leaving' };
  return { state: 'network', network: read, ...(found && { flaw: found }) };
};

const bridgeOf = (config: Config): Network => ({
  attachment: { kind: 'linux-bridge', bridge: textOf(config.bridge) || 'cni0' },
  tag: positive(config.vlan) ?? trunkOf(readRanges(config.vlantrunk) ?? []),
  mtu: positive(config.mtu),
  anyMac: config.macspoofchk !== true,
});

const localnetOf = (config: Config, name: string): Network => ({
  attachment: { kind: 'localnet', mapping: textOf(config.physicalnetworkname) || name },
  tag: positive(config.vlanid),
  mtu: positive(config.mtu),
  anyMac: true,
});

/** Fields of the bridge plugin by their types (containernetworking/plugins, plugins/main/bridge); the rest changes nothing here. */
const bridgeFields = {
  vlan: 'vlan', mtu: 'number', bridge: 'string', ipam: 'object', vlantrunk: 'ranges',
  isgateway: 'boolean', isdefaultgateway: 'boolean', forceaddress: 'boolean', ipmasq: 'boolean', hairpinmode: 'boolean',
  promiscmode: 'boolean', preservedefaultvlan: 'boolean', macspoofchk: 'boolean', enabledad: 'boolean',
  disablecontainerinterface: 'boolean', portisolation: 'boolean',
} as const;

const localnetFields = {
  vlanid: 'vlan', mtu: 'number', name: 'string', physicalnetworkname: 'string', netattachdefname: 'string', subnets: 'string',
  excludesubnets: 'string', role: 'string', allowpersistentips: 'boolean',
} as const;

const bridgeFlaw = (config: Config, nad: NetworkAttachmentDefinition): NadFlaw | undefined => {
  if (isRecord(config.ipam) && textOf(lowerKeys(config.ipam).type)) return { code: 'Addresses' };
  if (config.isgateway === true || config.isdefaultgateway === true || config.ipmasq === true) return { code: 'Gateway' };
  if (config.portisolation === true) return { code: 'Isolation' };
  if (config.hairpinmode === true) return { code: 'Hairpin' };
  if (config.disablecontainerinterface === true) return { code: 'Disabled' };
  const hasVlan = positive(config.vlan) !== undefined;
  if (hasVlan && Array.isArray(config.vlantrunk) && config.vlantrunk.length > 0) return { code: 'Trunk' };
  if (hasVlan && config.preservedefaultvlan === true) return { code: 'DefaultVlan' };
  const resource = nad.metadata.annotations?.[resourceAnnotation] ?? '';
  return resource === '' || resource === resourceOf(textOf(config.bridge)) ? undefined : { code: 'Resource', resource };
};

const localnetFlaw = (config: Config, { metadata }: NetworkAttachmentDefinition): NadFlaw | undefined => {
  if (config.netattachdefname !== `${metadata.namespace ?? ''}/${metadata.name}`) return { code: 'WrongReference' };
  if (config.role === 'primary') return { code: 'Primary' };
  if (textOf(config.subnets)) return { code: 'Addresses' };
  const resource = metadata.annotations?.[resourceAnnotation] ?? '';
  return resource === '' ? undefined : { code: 'Resource', resource };
};

/** What OpenShift's own lists end with; whatever else comes after the bridge may filter or shape what VMs send. */
const chainFlaw = (others: readonly unknown[]): NadFlaw | undefined => {
  const types = others.map((other) => (isRecord(other) ? textOf(lowerKeys(other).type) : ''));
  const strange = types.find((type) => type !== 'tuning' && type !== 'cnv-tuning');
  return strange === undefined ? undefined : { code: 'Chained', type: strange };
};

type FieldType = 'number' | 'string' | 'boolean' | 'object' | 'vlan' | 'ranges';

/** The first field that the plugin refuses, spelled as plugins are documented; Go takes null for absent. */
const brokenField = (config: Config, fields: Readonly<Record<string, FieldType>>): string | undefined => {
  const found = Object.entries(fields).find(([field, type]) => {
    const value = config[field] ?? undefined;
    return value !== undefined && !hasType(value, type);
  });
  return found && (spelled[found[0]] ?? found[0]);
};

const spelled: Readonly<Record<string, string>> = {
  vlantrunk: 'vlanTrunk', vlanid: 'vlanID', isgateway: 'isGateway', isdefaultgateway: 'isDefaultGateway',
  forceaddress: 'forceAddress', ipmasq: 'ipMasq', hairpinmode: 'hairpinMode', promiscmode: 'promiscMode', preservedefaultvlan: 'preserveDefaultVlan',
  disablecontainerinterface: 'disableContainerInterface', portisolation: 'portIsolation', physicalnetworkname: 'physicalNetworkName',
  netattachdefname: 'netAttachDefName', excludesubnets: 'excludeSubnets', allowpersistentips: 'allowPersistentIPs',
};

const hasType = (value: unknown, type: FieldType): boolean => {
  switch (type) {
    case 'object':
      return isRecord(value);
    case 'ranges':
      return readRanges(value) !== undefined;
    case 'vlan':
      return Number.isInteger(value) && Number(value) >= 0 && Number(value) <= 4094;
    case 'number':
      return Number.isInteger(value);
    case 'string':
    case 'boolean':
      return typeof value === type;
  }
};

/** Go's 0 means none. */
const positive = (value: unknown): number | undefined => (typeof value === 'number' && value > 0 ? value : undefined);

/** `undefined` where the plugin would refuse it. */
const readRanges = (value: unknown): readonly (readonly [number, number])[] | undefined => {
  if (!Array.isArray(value)) return undefined;
  const ranges = value.map((each: unknown) => {
    const { id, minid, maxid } = isRecord(each) ? lowerKeys(each) : {};
    const [first, last] = minid === undefined && maxid === undefined ? [id, id] : [minid, maxid];
    return isTagged(first) && isTagged(last) && first <= last ? ([first, last] as const) : undefined;
  });
  return ranges.every((range) => range !== undefined) ? ranges : undefined;
};

const isTagged = (value: unknown): value is number => Number.isInteger(value) && Number(value) >= 1 && Number(value) <= 4094;

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

const lowerKeys = (record: Readonly<Record<string, unknown>>): Config =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key.toLowerCase(), value]));

/** What keeps a network on the right wire from standing in for the wanted one; `undefined` when it can. */
export const flawFor = ({ network: present, flaw }: Extract<NadReading, { state: 'network' }>, wanted: Network): NadFlaw | undefined => {
  if (flaw) return flaw;
  if (present.mtu !== wanted.mtu) return { code: 'Mtu' };
  return wanted.anyMac && !present.anyMac ? { code: 'SpoofCheck' } : undefined;
};

/** Whether virtual machines can be attached to it at all. */
export const isForVms = (nad: NetworkAttachmentDefinition): boolean => {
  const reading = readNad(nad);
  return reading.state === 'overlay' || (reading.state === 'network' && reading.flaw === undefined);
};
