import recorded from '../../../sandbox/recorded/inventory-hosts-detail1.json';
import { plainEnglish as t } from '../translate';
import { conditionOf } from './esxi-host';
import type { EsxiAdapter, EsxiHost } from './esxi-host';
import { adaptersIn, noAddressText, speedText, subnetOf, subnetsOf, subnetText } from './subnets';

const adapter = (ipAddress: string, subnetMask = '255.255.255.0', more: Partial<EsxiAdapter> = {}): EsxiAdapter => ({
  name: 'dvs-lab',
  ipAddress,
  subnetMask,
  linkSpeed: 25_000,
  mtu: 9000,
  ...more,
});
const host = (id: string, ...networkAdapters: EsxiAdapter[]): EsxiHost => ({ id, name: id, networkAdapters });

test.each([
  ['10.1.2.3', '255.255.255.0', '10.1.2.0/24'],
  ['10.1.2.200', '255.255.255.128', '10.1.2.128/25'],
  ['172.16.200.9', '255.255.240.0', '172.16.192.0/20'],
  ['203.0.113.7', '255.255.255.255', '203.0.113.7/32'],
  ['', '255.255.255.0', undefined],
  ['0.0.0.0', '255.255.255.0', undefined],
  ['10.1.2.3', '', undefined],
  ['10.1.2.3', '255.0.255.0', undefined],
  ['10.1.2.3', '0.0.0.0', undefined],
  ['10.1.2.300', '255.255.255.0', undefined],
  ['fe80::1', '255.255.255.0', undefined],
])('%s with the mask %s is in %s', (ipAddress, subnetMask, cidr) => {
  expect(subnetOf(adapter(ipAddress, subnetMask))).toBe(cidr);
});

test('what was recorded has its subnet', () => {
  expect(subnetsOf(recorded as readonly EsxiHost[])).toEqual([
    { cidr: '127.0.0.0/8', hosts: 4, linkSpeed: 10_000, mtu: [1500, 1500] },
  ]);
  expect((recorded as readonly EsxiHost[]).map(conditionOf)).toEqual(Array(4).fill('available'));
});

describe('subnets that are offered', () => {
  const bare: EsxiHost = { id: 'd', name: 'd', networkAdapters: null };
  const slow = { linkSpeed: 1000, mtu: 1500 };
  const second = host('b', adapter('10.0.0.2', undefined, slow), adapter('10.1.0.2', undefined, { mtu: 1500 }));
  const third = host('c', adapter('10.0.0.3', undefined, slow), adapter(''));
  const hosts = [
    host('a', adapter('10.0.0.1', undefined, slow), adapter('10.1.0.1'), adapter('10.2.0.1')),
    second,
    third,
    bare,
  ];

  test('come with those first that most hosts are in', () => {
    expect(subnetsOf(hosts).map((each) => subnetText(t, each))).toEqual([
      '10.0.0.0/24: hosts 3, 1 Gbit/s, MTU 1500',
      '10.1.0.0/24: hosts 2, 25 Gbit/s, MTU 1500 to 9000, which do not fit together',
      '10.2.0.0/24: hosts 1, 25 Gbit/s, MTU 9000',
    ]);
  });

  test('count a host once that has several addresses in one', () => {
    const twice = host('e', adapter('10.1.0.5'), adapter('10.1.0.6'), adapter('10.1.0.6'));
    expect(subnetsOf([twice])[0]?.hosts).toBe(1);
    expect(adaptersIn(twice, '10.1.0.0/24').map(({ ipAddress }) => ipAddress)).toEqual(['10.1.0.5', '10.1.0.6']);
  });

  test.each([
    [third, /^No address in this subnet\. It has: 10\.0\.0\.3\. Without an address: dvs-lab\.$/],
    [second, /^No address in this subnet\. It has: 10\.0\.0\.2, 10\.1\.0\.2\.$/],
    [host('f', adapter('')), /no IPv4 address: dvs-lab\. Give one/],
    [bare, /no network adapter/],
  ])('who has none there, and why', (each, says) => {
    expect(noAddressText(t, each)).toMatch(says);
  });
});

test.each([
  [0, 'link speed unknown'],
  [undefined, 'link speed unknown'],
  [100, '100 Mbit/s'],
  [2500, '2500 Mbit/s'],
  [25_000, '25 Gbit/s'],
])('a speed of %s is %s', (megabits, says) => {
  expect(speedText(t, megabits)).toBe(says);
});

test.each([
  [{ status: 'green' }, 'available'],
  [{ status: 'yellow' }, 'available'],
  [{ status: 'green', inMaintenance: true }, 'maintenance'],
  [{ status: 'gray' }, 'disconnected'],
  [{ status: 'gray', inMaintenance: true }, 'disconnected'],
  [{ status: 'red' }, 'alarm'],
  [{}, 'available'],
] as const)('%j is %s', (of, condition) => {
  expect(conditionOf({ id: 'a', name: 'a', ...of })).toBe(condition);
});
