import type { Host } from '../objects';
import { declaredBy, ownLabels } from '../ownership';
import { plainEnglish as t } from '../translate';
import {
  checkHosts,
  draftForHost,
  emptyHosts,
  hostsProblemText,
  isSelectable,
  isSelected,
  matchOf,
  rowsOf,
  wantedOf,
} from './draft';
import type { HostRow, HostsDraft } from './draft';
import type { EsxiHost } from './esxi-host';

const provider = { metadata: { name: 'vc', namespace: 'mtv' }, spec: { type: 'vsphere' } };
const at = (ipAddress: string, name = 'dvs') => ({ name, ipAddress, subnetMask: '255.255.255.0' });
const esxi = (number: number, more: Partial<EsxiHost> = {}): EsxiHost => ({
  id: `host-${String(number)}`,
  name: `esxi-${String(number)}`,
  status: 'green',
  networkAdapters: [at(`10.0.0.${String(number)}`), at(`10.1.0.${String(number)}`)],
  ...more,
});
const hostOf = (number: number, labels = ownLabels as Record<string, string>, annotations = {}, of = 'vc'): Host => ({
  metadata: { name: `vc-host-${String(number)}-config`, namespace: 'mtv', labels, annotations },
  spec: {
    id: `host-${String(number)}`,
    ipAddress: `10.1.0.${String(number)}`,
    provider: { name: of, namespace: 'mtv' },
  },
});
const inventory = [
  esxi(2),
  esxi(1),
  esxi(3, { inMaintenance: true }),
  esxi(4, { status: 'gray' }),
  esxi(5, { networkAdapters: [at('10.0.0.5')] }),
  esxi(6, { networkAdapters: [at('10.1.0.6', 'a'), at('10.1.0.60', 'b')] }),
  esxi(7),
  esxi(8),
  esxi(9),
];
const hosts = [
  hostOf(7),
  hostOf(8, {}),
  hostOf(9, ownLabels, declaredBy({ namespace: 'prep', name: 'lab' })),
  hostOf(1, ownLabels, {}, 'another'),
];
const rows = rowsOf(inventory, hosts, provider);
const chosen: HostsDraft = { ...emptyHosts, subnet: '10.1.0.0/24', user: 'root', password: 'p', trust: 'vcenter' };
const ids = (of: readonly HostRow[]) => of.map(({ esxi: { id } }) => Number(id.slice(5)));
const row = (number: number): HostRow => {
  const found = rows.find(({ esxi: { id } }) => id === `host-${String(number)}`);
  if (!found) throw new Error(`no row ${String(number)}`);
  return found;
};

test('hosts come by name, each with what MTV has of it under this provider', () => {
  expect(ids(rows)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  expect(row(1).host).toBeUndefined();
  expect(rows.filter(({ isFree }) => !isFree).map(({ esxi: { name } }) => name)).toEqual(['esxi-8', 'esxi-9']);
});

test('proposed are those that are available, have an address in the subnet and are not set', () => {
  expect(ids(rows.filter((each) => isSelected(chosen, each)))).toEqual([1, 2, 6]);
  expect(ids(rows.filter((each) => isSelectable(chosen, each)))).toEqual([1, 2, 3, 4, 6, 7]);
  expect(rows.filter((each) => isSelectable(emptyHosts, each))).toEqual([]);
});

test('an address is found by subnet; of several, one has to be chosen', () => {
  expect(matchOf(chosen, row(1))).toMatchObject({ state: 'matched', adapter: { ipAddress: '10.1.0.1' } });
  expect(matchOf(chosen, row(5)).state).toBe('no-address');
  expect(matchOf(chosen, row(6)).state).toBe('ask');
  const answered = { ...chosen, addresses: { 'host-6': '10.1.0.60' } };
  expect(matchOf(answered, row(6))).toMatchObject({ state: 'matched', adapter: { name: 'b' } });
});

const only = (...numbers: number[]) => ({
  selected: Object.fromEntries(ids(rows).map((id) => [`host-${String(id)}`, numbers.includes(id)])),
});

test.each<[string, Partial<HostsDraft>, object[]]>([
  ['nothing', only(1, 2), []],
  ['no subnet', { subnet: '' }, [{ field: 'subnet' }]],
  ['no host', only(), [{ field: 'hosts' }]],
  ['an address', only(6), [{ field: 'address', host: 'host-6' }]],
  ['user and password', { ...only(1), user: ' ', password: '' }, [{ field: 'user' }, { field: 'password' }]],
  ['nothing, as the credentials stay', { ...only(7), user: '', password: '' }, []],
  ['the password, as the user is typed', { ...only(7), password: '' }, [{ field: 'password' }]],
  ['both, as one is new', { ...only(1, 7), user: '', password: '' }, [{ field: 'user' }, { field: 'password' }]],
  [
    'what one of them lacks',
    { ...only(1, 2, 7), credentials: 'each', own: { 'host-1': { user: 'root', password: 'x' } } },
    [
      { field: 'user', host: 'host-2' },
      { field: 'password', host: 'host-2' },
    ],
  ],
  ['the consent', { ...only(1), trust: 'skip' }, [{ field: 'skip' }]],
  ['nothing after the consent', { ...only(1), trust: 'skip', isSkipConfirmed: true }, []],
  ['the certificate', { ...only(1), trust: 'certificate' }, [{ field: 'certificate', code: 'CertificateEmpty' }]],
])('lacks %s', (_, patch, problems) => {
  const found = checkHosts({ ...chosen, ...patch }, rows, 'CertificateEmpty');
  expect(found).toEqual(problems);
  for (const problem of found) expect(hostsProblemText(t, problem)).toMatch(/^[A-Z].*\.$/);
});

test('what is wanted: each address and credential, trusted as chosen', () => {
  const draft: HostsDraft = {
    ...chosen,
    ...only(1, 7),
    credentials: 'each',
    own: { 'host-1': { user: ' root ', password: ' x ' } },
  };
  const base = { provider: 'vc', namespace: 'mtv' };
  expect(wantedOf({ ...draft, trust: 'certificate' }, rows, provider, 'PEM')).toEqual([
    {
      ...base,
      id: 'host-1',
      host: 'esxi-1',
      ipAddress: '10.1.0.1',
      credentials: { user: 'root', password: ' x ' },
      trust: { by: 'certificate', pem: 'PEM' },
    },
    {
      ...base,
      id: 'host-7',
      host: 'esxi-7',
      ipAddress: '10.1.0.7',
      credentials: undefined,
      trust: { by: 'certificate', pem: 'PEM' },
    },
  ]);
  const [first] = wantedOf({ ...draft, trust: 'vcenter' }, rows, provider, '');
  expect(first?.trust).toEqual({ by: 'vcenter', thumbprint: '' });
});

test('the form for one host selects it alone, at its address', () => {
  const draft = draftForHost(rows, row(7), '10.1.0.0/24');
  expect(ids(rows.filter((each) => isSelected(draft, each)))).toEqual([7]);
  expect(matchOf(draft, row(7))).toMatchObject({ adapter: { ipAddress: '10.1.0.7' } });
});
