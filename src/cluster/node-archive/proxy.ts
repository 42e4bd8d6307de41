import { BlockList, isIP } from 'node:net';
import type { ProxySettings } from '../../domain/vddk/archive-source';

/** As every program on Linux has them from its environment, in either spelling; `undefined` when there are none. */
export const proxyOfEnvironment = (env: Readonly<Record<string, string | undefined>>): ProxySettings | undefined => {
  const [httpProxy, httpsProxy, noProxy] = ['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY'].map((name) =>
    // An empty variable is as good as none.
    [env[name], env[name.toLowerCase()]].find((value) => value !== undefined && value !== ''),
  );
  return httpProxy === undefined && httpsProxy === undefined ? undefined : { httpProxy, httpsProxy, noProxy };
};

/**
 * The proxy for a URL; `undefined`: none. The list is read as Go reads it, which OpenShift's own programs are written in
 * (golang.org/x/net, http/httpproxy, "Config"): a name also means what ends in it, one with a dot in front only that; addresses
 * and ranges mean addresses in the URL, no name is resolved; "*" means everything.
 */
export const proxyFor = (url: URL, { httpProxy, httpsProxy, noProxy = '' }: ProxySettings): URL | undefined => {
  const proxy = url.protocol === 'https:' ? httpsProxy : httpProxy;
  if (!proxy || isExempt(url, noProxy)) return undefined;
  const written = /^[a-z]+:\/\//i.test(proxy) ? proxy : `http://${proxy}`;
  return URL.canParse(written) ? new URL(written) : undefined;
};

const portOf = ({ port, protocol }: URL): string => port || (protocol === 'https:' ? '443' : '80');

const isExempt = (url: URL, noProxy: string): boolean => {
  const host = url.hostname.toLowerCase().replace(/^\[|\]$/g, '');
  if (host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'))) return true;
  return noProxy
    .split(',')
    .map((entry) => entry.trim().toLowerCase())
    .some((entry) => entry !== '' && covers(entry, host, portOf(url)));
};

const covers = (entry: string, host: string, port: string): boolean => {
  if (entry === '*') return true;
  if (entry.includes('/')) return isInRange(entry, host);
  const [, name = entry, only] = /^(.*?|\[.*\]):(\d+)$/.exec(isIP(entry) === 6 ? '' : entry) ?? [];
  if (only !== undefined && only !== port) return false;
  const bare = name.replace(/^\[|\]$/g, '').replace(/^\*(?=\.)/, '');
  if (isIP(bare) !== 0 || isIP(host) !== 0) return bare === host;
  return bare.startsWith('.') ? host.endsWith(bare) : host === bare || host.endsWith(`.${bare}`);
};

const isInRange = (range: string, host: string): boolean => {
  const [net = '', bits = ''] = range.split('/');
  const version = isIP(net);
  if (version === 0 || isIP(host) !== version || !/^\d+$/.test(bits) || Number(bits) > (version === 4 ? 32 : 128)) {
    return false;
  }
  const family = version === 4 ? 'ipv4' : 'ipv6';
  const list = new BlockList();
  list.addSubnet(net, Number(bits), family);
  return list.check(host, family);
};
