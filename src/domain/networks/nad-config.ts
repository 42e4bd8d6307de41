import { isRecord, parseJson } from '../json';
import type { NetworkAttachmentDefinition } from '../objects';

/** A plugin's configuration with its keys in lower case: plugins are written in Go, which reads them in any case. */
export type CniConfig = Readonly<Record<string, unknown>>;

/** A network on a wire. `chained`: the plugins that come after the bridge. `name`: what a localnet is called when it names no mapping. */
export type AttachedConfig =
  | { readonly kind: 'linux-bridge'; readonly config: CniConfig; readonly chained: readonly unknown[] }
  | { readonly kind: 'localnet'; readonly config: CniConfig; readonly name: string };

/**
 * `spec.config` by what runs it. `broken`: the plugin does not take `field`, in lower case, so pods fail; on which wire it was
 * meant to be is not guessed. `overlay`: an OVN layer-2 network, on no wire, that VMs can use.
 */
export type NadConfig =
  | AttachedConfig
  | { readonly kind: 'broken'; readonly field: string }
  | { readonly kind: 'overlay' }
  | { readonly kind: 'other'; readonly type: string }
  | { readonly kind: 'unreadable' };

/** Parses `spec.config`, also as a list of CNI plugins, and with `cnv-bridge`, the older name of `bridge`. */
export const parseNad = (nad: NetworkAttachmentDefinition): NadConfig => {
  const parsed = parseJson(nad.spec?.config ?? '');
  if (!parsed.ok || !isRecord(parsed.value)) return { kind: 'unreadable' };
  const whole = lowerKeys(parsed.value);
  const plugins: readonly unknown[] = Array.isArray(whole.plugins) ? whole.plugins : [];
  const [first, ...chained] = plugins;
  const config = isRecord(first) ? { ...whole, ...lowerKeys(first) } : whole;
  const type = textOf(config.type);
  if (type === 'bridge' || type === 'cnv-bridge') {
    return taken({ kind: 'linux-bridge', config, chained }, bridgeFields);
  }
  if (type === 'ovn-k8s-cni-overlay' && config.topology === 'localnet') {
    return taken({ kind: 'localnet', config, name: textOf(whole.name) }, localnetFields);
  }
  const isSecondary = config.role === undefined || config.role === 'secondary';
  if (type === 'ovn-k8s-cni-overlay' && config.topology === 'layer2' && isSecondary) return { kind: 'overlay' };
  return type ? { kind: 'other', type } : { kind: 'unreadable' };
};

/** Fields of the bridge plugin by their types (containernetworking/plugins, plugins/main/bridge); the rest changes nothing here. */
const bridgeFields = {
  vlan: 'vlan',
  mtu: 'number',
  bridge: 'string',
  ipam: 'object',
  vlantrunk: 'ranges',
  isgateway: 'boolean',
  isdefaultgateway: 'boolean',
  forceaddress: 'boolean',
  ipmasq: 'boolean',
  hairpinmode: 'boolean',
  promiscmode: 'boolean',
  preservedefaultvlan: 'boolean',
  macspoofchk: 'boolean',
  enabledad: 'boolean',
  disablecontainerinterface: 'boolean',
  portisolation: 'boolean',
} as const;

const localnetFields = {
  vlanid: 'vlan',
  mtu: 'number',
  name: 'string',
  physicalnetworkname: 'string',
  netattachdefname: 'string',
  subnets: 'string',
  excludesubnets: 'string',
  role: 'string',
  allowpersistentips: 'boolean',
} as const;

type FieldType = 'number' | 'string' | 'boolean' | 'object' | 'vlan' | 'ranges';

/** The configuration, unless the plugin refuses one of its fields; Go takes null for absent. */
const taken = (attached: AttachedConfig, fields: Readonly<Record<string, FieldType>>): NadConfig => {
  const refused = Object.entries(fields).find(([field, type]) => {
    const value = attached.config[field] ?? undefined;
    return value !== undefined && !hasType(value, type);
  });
  return refused ? { kind: 'broken', field: refused[0] } : attached;
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
export const positive = (value: unknown): number | undefined =>
  typeof value === 'number' && value > 0 ? value : undefined;

/** First and last VLANs of `vlanTrunk`; `undefined` where the plugin would refuse it. */
export const readRanges = (value: unknown): readonly (readonly [number, number])[] | undefined => {
  if (!Array.isArray(value)) return undefined;
  const ranges = value.map((each: unknown) => {
    const { id, minid, maxid } = isRecord(each) ? lowerKeys(each) : {};
    const [first, last] = minid === undefined && maxid === undefined ? [id, id] : [minid, maxid];
    return isTagged(first) && isTagged(last) && first <= last ? ([first, last] as const) : undefined;
  });
  return ranges.every((range) => range !== undefined) ? ranges : undefined;
};

const isTagged = (value: unknown): value is number =>
  Number.isInteger(value) && Number(value) >= 1 && Number(value) <= 4094;

/** What is no text counts as none. */
export const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** The same with its keys in lower case. */
export const lowerKeys = (record: Readonly<Record<string, unknown>>): CniConfig =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key.toLowerCase(), value]));
