import type { Result } from '../result';
import { err, ok } from '../result';
import type { Translate } from '../translate';

/** What is wrong with a typed vCenter URL. */
export type UrlProblem =
  'UrlEmpty' | 'UrlMalformed' | 'UrlPlainHttp' | 'UrlCredentials' | 'UrlWebClient' | 'UrlPath' | 'UrlBareIpv6';

const label = '[a-z0-9](?:[-a-z0-9]*[a-z0-9])?';
const server = new RegExp(`^(?:\\[(?=[^\\]]*:[^\\]]*:)[0-9a-f:.]+\\]|${label}(?:\\.${label})*)(?::(\\d+))?$`, 'i');

const isServer = (authority: string): boolean => {
  const match = server.exec(authority);
  const port = Number(match?.[1] ?? 443);
  return match !== null && port >= 1 && port <= 65535;
};

/**
 * The SDK's address as MTV needs it, `https://host[:port]/sdk`, from whatever names a vCenter: a host name, an address, a URL with
 * or without /sdk. MTV takes the path as it stands and answers "404 Not Found" without /sdk (docs/facts/forklift.md §1).
 */
export const normalizeUrl = (text: string): Result<string, UrlProblem> => {
  const trimmed = text.trim();
  if (trimmed === '') return err('UrlEmpty');
  const [, scheme = 'https', rest = ''] = /^(?:([a-z][-a-z0-9+.]*):\/\/)?(.*)$/i.exec(trimmed) ?? [];
  if (scheme.toLowerCase() === 'http') return err('UrlPlainHttp');
  if (scheme.toLowerCase() !== 'https') return err('UrlMalformed');
  const [, authority = '', path = ''] = /^([^/?#]*)(.*)$/.exec(rest) ?? [];
  if (authority.includes('@')) return err('UrlCredentials');
  if (/^[0-9a-f]*:[0-9a-f]*:[0-9a-f:.]*$/i.test(authority)) return err('UrlBareIpv6');
  if (!isServer(authority)) return err('UrlMalformed');
  if (/^\/(ui|vsphere-client)\b/i.test(path)) return err('UrlWebClient');
  return /^(\/sdk)?\/?$/i.test(path) ? ok(`https://${authority.toLowerCase()}/sdk`) : err('UrlPath');
};

/** The host of a normalized URL, without port and brackets; the beginning of the Provider's name. */
export const hostOf = (url: string): string => /^https:\/\/\[?([^/\]]*?)\]?(:\d+)?\/sdk$/.exec(url)?.[1] ?? '';

/** What is wrong with the URL, and what would be right. The URL itself is not quoted: it may hold a password. */
export const urlProblemText = (t: Translate, problem: UrlProblem): string => {
  switch (problem) {
    case 'UrlEmpty':
      return t('Enter the address of the vCenter, such as vcenter.example.com.');
    case 'UrlMalformed':
      return t('This is not a server address. It looks like vcenter.example.com or https://vcenter.example.com/sdk.');
    case 'UrlPlainHttp':
      return t('vCenter accepts only https. Begin the address with https://.');
    case 'UrlCredentials':
      return t(
        'Leave the user and password out of the address: it is stored where many can read it. Enter them in their own fields.',
      );
    case 'UrlWebClient':
      return t('This is the address of the vSphere Client. Leave out everything after the server name.');
    case 'UrlPath':
      return t('The path must be /sdk. Leave out everything after the server name; /sdk is added for you.');
    case 'UrlBareIpv6':
      return t('Put an IPv6 address in brackets, such as https://[2001:db8::1]/sdk.');
  }
};
