import type { Translate } from '../translate';
import type { EsxiAdapter, EsxiHost } from './esxi-host';

/** A network that hosts have an address in, whatever their adapters are called. */
export interface Subnet {
  /** Such as "198.51.100.0/24". */
  readonly cidr: string;
  /** How many hosts have an address in it. */
  readonly hosts: number;
  /** The slowest link in it, in Mbit/s; 0: that of some is not known. */
  readonly linkSpeed: number;
  /** The smallest and the largest MTU in it; 0: that of some is not known. */
  readonly mtu: readonly [smallest: number, largest: number];
}

const numberOf = (address: string): number | undefined => {
  const parts = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(address.trim())?.slice(1).map(Number);
  if (!parts?.every((part) => part <= 255)) return undefined;
  return parts.reduce((sum, part) => sum * 256 + part, 0);
};

const addressOf = (number: number): string =>
  [24, 16, 8, 0].map((shift) => String(Math.floor(number / 2 ** shift) % 256)).join('.');

/** How many bits of an address are the network's; `undefined`: it is no mask. */
const prefixOf = (mask: string): number | undefined => {
  const number = numberOf(mask);
  if (number === undefined) return undefined;
  const bits = number.toString(2).padStart(32, '0');
  return /^1+0*$/.test(bits) ? bits.replace(/0/g, '').length : undefined;
};

/** The subnet of an adapter; `undefined`: it has no address or no mask. */
export const subnetOf = ({ ipAddress, subnetMask = '' }: EsxiAdapter): string | undefined => {
  const address = numberOf(ipAddress);
  const prefix = prefixOf(subnetMask);
  if (address === undefined || address === 0 || prefix === undefined) return undefined;
  const size = 2 ** (32 - prefix);
  return `${addressOf(Math.floor(address / size) * size)}/${String(prefix)}`;
};

/** The adapters of a host with an address in this subnet: one, unless vSphere has several there. The same address counts once. */
export const adaptersIn = ({ networkAdapters }: EsxiHost, cidr: string): readonly EsxiAdapter[] => [
  ...new Map(
    (networkAdapters ?? []).filter((each) => subnetOf(each) === cidr).map((each) => [each.ipAddress, each]),
  ).values(),
];

/** The subnets to choose from: first those that most hosts have an address in, then those with the fastest links. */
export const subnetsOf = (hosts: readonly EsxiHost[]): readonly Subnet[] => {
  const all = new Set(
    hosts.flatMap(({ networkAdapters }) => (networkAdapters ?? []).flatMap((a) => subnetOf(a) ?? [])),
  );
  return [...all]
    .map((cidr) => {
      const found = hosts.map((host) => adaptersIn(host, cidr)).filter((adapters) => adapters.length > 0);
      const adapters = found.flat();
      const sizes = adapters.map(({ mtu = 0 }) => mtu);
      return {
        cidr,
        hosts: found.length,
        linkSpeed: Math.min(...adapters.map(({ linkSpeed = 0 }) => linkSpeed)),
        mtu: [Math.min(...sizes), Math.max(...sizes)] as const,
      };
    })
    .sort((a, b) => b.hosts - a.hosts || b.linkSpeed - a.linkSpeed || orderOf(a.cidr) - orderOf(b.cidr));
};

const orderOf = (cidr: string): number => numberOf(cidr.split('/')[0] ?? '') ?? 0;

/** A link speed in the unit that people use. */
export const speedText = (t: Translate, megabits = 0): string => {
  if (megabits <= 0) return t('link speed unknown');
  return megabits % 1000 === 0
    ? t('{{speed}} Gbit/s', { speed: megabits / 1000 })
    : t('{{speed}} Mbit/s', { speed: megabits });
};

/** A subnet as it is offered. */
export const subnetText = (t: Translate, { cidr, hosts, linkSpeed, mtu: [smallest, largest] }: Subnet): string =>
  t('{{subnet}}: hosts {{hosts}}, {{speed}}, {{mtu}}', {
    subnet: cidr,
    hosts,
    speed: speedText(t, linkSpeed),
    mtu: mtuText(t, smallest, largest),
  });

const mtuText = (t: Translate, smallest: number, largest: number): string => {
  if (smallest <= 0) return t('MTU unknown');
  return smallest === largest
    ? t('MTU {{mtu}}', { mtu: smallest })
    : t('MTU {{smallest}} to {{largest}}, which do not fit together', { smallest, largest });
};

/** Why a host has no address in the chosen subnet, and what to do. */
export const noAddressText = (t: Translate, { networkAdapters }: EsxiHost): string => {
  const all = networkAdapters ?? [];
  const addresses = all.flatMap((each) => (subnetOf(each) === undefined ? [] : [each.ipAddress]));
  const without = all.filter((each) => subnetOf(each) === undefined).map(({ name }) => name);
  if (all.length === 0) return t('MTV knows no network adapter of it. Look at its VMkernel adapters in vCenter.');
  if (addresses.length === 0)
    return t('Its network adapters have no IPv4 address: {{list}}. Give one an address in vCenter.', {
      list: without.join(', '),
    });
  return [
    t('No address in this subnet. It has: {{list}}.', { list: addresses.join(', ') }),
    ...(without.length > 0 ? [t('Without an address: {{list}}.', { list: without.join(', ') })] : []),
  ].join(' ');
};
