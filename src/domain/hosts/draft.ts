import { compareText } from '../compare-text';
import { pemProblemText } from '../connection/pem';
import type { PemProblem } from '../connection/pem';
import type { Host, Provider } from '../objects';
import { isOurs, releaseOf } from '../ownership';
import type { Translate } from '../translate';
import { conditionOf } from './esxi-host';
import type { EsxiAdapter, EsxiHost, HostCondition } from './esxi-host';
import { adaptersIn } from './subnets';

/** User and password as typed. */
export interface TypedCredentials {
  readonly user: string;
  readonly password: string;
}

/**
 * The step ESXi hosts as typed. Holds passwords: it stays in memory. `vcenter`: a host is trusted by the certificate that vCenter knows of it.
 * `certificate`: by a pasted one, PEM. `skip`: not verified, which must be confirmed.
 */
export interface HostsDraft extends TypedCredentials {
  /** The chosen subnet; empty while none is. */
  readonly subnet: string;
  /** By moRef, what somebody decided; the rest is proposed (`isSelected`). */
  readonly selected: Readonly<Record<string, boolean>>;
  /** By moRef, the address of a host that has several in the subnet. */
  readonly addresses: Readonly<Record<string, string>>;
  /** One credential for all selected hosts, or one for each. */
  readonly credentials: 'same' | 'each';
  /** By moRef, the credentials of each. */
  readonly own: Readonly<Record<string, TypedCredentials>>;
  readonly trust: 'vcenter' | 'certificate' | 'skip';
  readonly certificate: string;
  readonly isSkipConfirmed: boolean;
}

/** The form as it is opened. */
export const emptyHosts: HostsDraft = {
  subnet: '',
  selected: {},
  addresses: {},
  credentials: 'same',
  user: '',
  password: '',
  own: {},
  trust: 'vcenter',
  certificate: '',
  isSkipConfirmed: false,
};

/** An ESXi host, and the Host that MTV has of it. */
export interface HostRow {
  readonly esxi: EsxiHost;
  readonly condition: HostCondition;
  readonly host: Host | undefined;
  /** Whether the page may change it: nobody else created it, and no values declare it. */
  readonly isFree: boolean;
}

/** The hosts of the inventory, each with what MTV has of it, in the order of their names. */
export const rowsOf = (
  inventory: readonly EsxiHost[],
  hosts: readonly Host[],
  { metadata }: Provider,
): readonly HostRow[] => {
  const own = hosts.filter(
    ({ spec }) => spec?.provider?.name === metadata.name && spec.provider.namespace === metadata.namespace,
  );
  return inventory
    .map((esxi) => {
      const of = own.filter(({ spec }) => spec?.id === esxi.id);
      const host = of.find(isOurs) ?? of[0];
      const isFree = host === undefined || (isOurs(host) && releaseOf(host) === undefined);
      return { esxi, condition: conditionOf(esxi), host, isFree };
    })
    .sort((a, b) => compareText(a.esxi.name, b.esxi.name));
};

/** What a host comes to in the chosen subnet. `ask`: it has several addresses there, and nobody chose one. */
export type Matched =
  | { readonly state: 'unchosen' }
  | { readonly state: 'no-address' }
  | { readonly state: 'ask'; readonly adapters: readonly EsxiAdapter[] }
  | { readonly state: 'matched'; readonly adapter: EsxiAdapter; readonly adapters: readonly EsxiAdapter[] };

/** The address of a host in the chosen subnet, whatever its adapter is called. */
export const matchOf = ({ subnet, addresses }: HostsDraft, { esxi }: HostRow): Matched => {
  if (subnet === '') return { state: 'unchosen' };
  const adapters = adaptersIn(esxi, subnet);
  const [first] = adapters;
  if (!first) return { state: 'no-address' };
  const adapter = adapters.length === 1 ? first : adapters.find(({ ipAddress }) => ipAddress === addresses[esxi.id]);
  return adapter ? { state: 'matched', adapter, adapters } : { state: 'ask', adapters };
};

/** Whether a host can be selected: its address is known or can be asked for. */
export const isSelectable = (draft: HostsDraft, row: HostRow): boolean =>
  row.isFree && ['ask', 'matched'].includes(matchOf(draft, row).state);

/** Whether a host is selected. Proposed are those that are available and not set yet. */
export const isSelected = (draft: HostsDraft, row: HostRow): boolean =>
  isSelectable(draft, row) &&
  (draft.selected[row.esxi.id] ?? (row.condition === 'available' && row.host === undefined));

/** What keeps the form from being sent: the place, and of which host. `hostsProblemText` has the words. */
export type HostsProblem =
  | { readonly field: 'subnet' | 'hosts' | 'skip' }
  | { readonly field: 'address'; readonly host: string }
  | { readonly field: 'user' | 'password'; readonly host?: string }
  | { readonly field: 'certificate'; readonly code: PemProblem };

/** Checks what can be known without asking anybody. `certificate`: what is wrong with the pasted one. */
export const checkHosts = (
  draft: HostsDraft,
  rows: readonly HostRow[],
  certificate: PemProblem | undefined,
): readonly HostsProblem[] => {
  if (draft.subnet === '') return [{ field: 'subnet' }];
  const selected = rows.filter((row) => isSelected(draft, row));
  if (selected.length === 0) return [{ field: 'hosts' }];
  return [
    ...selected.flatMap((row): HostsProblem[] =>
      matchOf(draft, row).state === 'ask' ? [{ field: 'address', host: row.esxi.id }] : [],
    ),
    ...(draft.credentials === 'same'
      ? checkCredentials(
          draft,
          selected.every(({ host }) => host !== undefined),
        )
      : selected.flatMap(({ esxi: { id }, host }) =>
          checkCredentials(credentialsFor(draft, id), host !== undefined).map((each) => ({ ...each, host: id })),
        )),
    ...(draft.trust === 'certificate' && certificate ? [{ field: 'certificate', code: certificate } as const] : []),
    ...(draft.trust === 'skip' && !draft.isSkipConfirmed ? [{ field: 'skip' } as const] : []),
  ];
};

/** What is typed for a host. */
export const credentialsFor = (draft: HostsDraft, id: string): TypedCredentials =>
  draft.credentials === 'same' ? draft : (draft.own[id] ?? { user: '', password: '' });

const isUntyped = ({ user, password }: TypedCredentials): boolean => user.trim() === '' && password === '';

/** Where a Host is there already, its credentials may stay. */
const checkCredentials = (
  typed: TypedCredentials,
  mayStay: boolean,
): readonly { readonly field: 'user' | 'password' }[] => {
  if (mayStay && isUntyped(typed)) return [];
  return [
    ...(typed.user.trim() === '' ? [{ field: 'user' } as const] : []),
    ...(typed.password === '' ? [{ field: 'password' } as const] : []),
  ];
};

/** What is wrong at a place, and what to do. */
export const hostsProblemText = (t: Translate, problem: HostsProblem): string => {
  switch (problem.field) {
    case 'subnet':
      return t('Choose the network that disks are copied over.');
    case 'hosts':
      return t('Select at least one host.');
    case 'address':
      return t('The host has several addresses in this subnet. Choose one.');
    case 'user':
      return t('Enter a user of the ESXi host, such as root.');
    case 'password':
      return t('Enter the password.');
    case 'certificate':
      return pemProblemText(t, problem.code);
    case 'skip':
      return t('Confirm that you accept an unverified connection, or paste a certificate.');
  }
};

/** A selected host, as it is to be set. Which certificate it is trusted by is still to be found out where `trust` is `vcenter`. */
export interface WantedHost {
  readonly id: string;
  readonly host: string;
  readonly ipAddress: string;
  readonly provider: string;
  readonly namespace: string;
  readonly credentials: TypedCredentials | undefined;
  readonly trust: HostTrust;
}

/** By what a host is trusted. `thumbprint`: SHA-1 of the certificate that vCenter knows, empty where it does not tell. */
export type HostTrust =
  | { readonly by: 'vcenter'; readonly thumbprint: string }
  | { readonly by: 'certificate'; readonly pem: string }
  | { readonly by: 'nothing' };

/** The selected hosts of a checked form. `pem`: what was read of the pasted certificate. */
export const wantedOf = (
  draft: HostsDraft,
  rows: readonly HostRow[],
  { metadata }: Provider,
  pem: string,
): readonly WantedHost[] =>
  rows.flatMap((row): WantedHost[] => {
    const match = matchOf(draft, row);
    if (!isSelected(draft, row) || match.state !== 'matched') return [];
    const { id, name, thumbprint = '' } = row.esxi;
    const typed = credentialsFor(draft, id);
    const trusts: Readonly<Record<HostsDraft['trust'], HostTrust>> = {
      vcenter: { by: 'vcenter', thumbprint },
      certificate: { by: 'certificate', pem },
      skip: { by: 'nothing' },
    };
    return [
      {
        id,
        host: name,
        ipAddress: match.adapter.ipAddress,
        provider: metadata.name,
        namespace: metadata.namespace ?? '',
        credentials: isUntyped(typed) ? undefined : { user: typed.user.trim(), password: typed.password },
        trust: trusts[draft.trust],
      },
    ];
  });

/** The form for one host that is set, as it is: to choose another address, or to type other credentials. */
export const draftForHost = (rows: readonly HostRow[], { esxi, host }: HostRow, subnet: string): HostsDraft => ({
  ...emptyHosts,
  subnet,
  selected: { ...Object.fromEntries(rows.map((row) => [row.esxi.id, false])), [esxi.id]: true },
  addresses: { [esxi.id]: host?.spec?.ipAddress ?? '' },
});
