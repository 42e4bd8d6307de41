import type { DeclaredHost } from '../preparation';
import type { Result } from '../result';
import { err, ok } from '../result';
import type { Translate } from '../translate';
import type { EsxiHost, HostAddress } from './esxi-host';

/**
 * Why there is no address. `HostUnknown`: the inventory has none of that name. `HostAmbiguous`: it has several. `AdapterUnknown` and
 * `AdapterAmbiguous`: the same for its adapters; `adapters` are those that it has.
 */
export type HostAddressProblem =
  | { readonly code: 'HostUnknown' | 'HostAmbiguous'; readonly host: string }
  | {
      readonly code: 'AdapterUnknown' | 'AdapterAmbiguous';
      readonly host: string;
      readonly adapters: readonly string[];
    };

/** The declared adapter of the declared host. Names are compared without regard to case, as vSphere does. */
export const findAddress = (
  { host, adapter }: Pick<DeclaredHost, 'host' | 'adapter'>,
  hosts: readonly EsxiHost[],
): Result<HostAddress, HostAddressProblem> => {
  const [found, ...more] = hosts.filter(({ name }) => name.toLowerCase() === host.toLowerCase());
  if (!found) return err({ code: 'HostUnknown', host });
  if (more.length > 0) return err({ code: 'HostAmbiguous', host });
  const all = found.networkAdapters ?? [];
  const wanted = all.filter(({ name, ipAddress }) =>
    'name' in adapter ? name === adapter.name : ipAddress === adapter.ipAddress,
  );
  const addresses = [...new Set(wanted.map(({ ipAddress }) => ipAddress).filter((address) => address !== ''))];
  const [ipAddress, ...others] = addresses;
  const adapters = all.map((each) => `${each.name} (${each.ipAddress})`);
  if (ipAddress === undefined) return err({ code: 'AdapterUnknown', host, adapters });
  return others.length === 0 ? ok({ id: found.id, ipAddress }) : err({ code: 'AdapterAmbiguous', host, adapters });
};

/** Why there is no address, and what to do. */
export const hostAddressProblemText = (t: Translate, problem: HostAddressProblem): string => {
  const { host } = problem;
  switch (problem.code) {
    case 'HostUnknown':
      return t('The inventory of MTV has no ESXi host {{host}}. Write its name as vSphere shows it.', { host });
    case 'HostAmbiguous':
      return t('The inventory of MTV has several ESXi hosts {{host}}.', { host });
    case 'AdapterUnknown':
      return t('ESXi host {{host}} has no such network adapter with an address. It has: {{list}}.', {
        host,
        list: problem.adapters.join(', '),
      });
    case 'AdapterAmbiguous':
      return t('ESXi host {{host}} has several network adapters of that name. Declare the address of one: {{list}}.', {
        host,
        list: problem.adapters.join(', '),
      });
  }
};
