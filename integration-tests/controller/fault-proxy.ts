import { readFileSync, writeFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import { request } from 'node:https';
import type { AddressInfo } from 'node:net';
import { parse, stringify } from 'yaml';

/** What the way to the API server does to requests. Nothing: it passes them on. */
export interface Faults {
  /** After how many milliseconds each watch is cut, in the middle of whatever comes. */
  readonly cutWatches?: number;
  /** Every watch is told that its version is gone. */
  readonly gone?: boolean;
  /** How many of 100 requests are answered 429, to be tried again after a second. */
  readonly busy?: number;
  /** How many of 100 answers are lost: the request was carried out, and the connection is reset. */
  readonly lost?: number;
}

/** A way to an API server with faults that can be changed at any time. */
export interface FaultProxy {
  /** A kubeconfig that leads through it, with the credentials of the one it was made from. */
  readonly kubeconfig: string;
  readonly set: (faults: Faults) => void;
  /** How many requests met a fault. */
  readonly met: () => number;
  readonly stop: () => void;
}

interface Kubeconfig {
  readonly clusters: { readonly cluster: { server: string; 'certificate-authority-data'?: string } }[];
}

/** `random` decides which requests meet a fault. */
export const startFaultProxy = async (kubeconfig: string, random: () => number): Promise<FaultProxy> => {
  let faults: Faults = {};
  let met = 0;
  const config = parse(readFileSync(kubeconfig, 'utf8')) as Kubeconfig;
  const { server, 'certificate-authority-data': authority = '' } = config.clusters[0]?.cluster ?? { server: '' };
  const ca = Buffer.from(authority, 'base64');
  const happens = (percent = 0): boolean => {
    const does = random() * 100 < percent;
    if (does) met += 1;
    return does;
  };

  const refuse = (response: ServerResponse, code: number, reason: string): void => {
    const status = { kind: 'Status', apiVersion: 'v1', status: 'Failure', code, reason, message: reason };
    response
      .writeHead(code, { 'Content-Type': 'application/json', ...(code === 429 && { 'Retry-After': '1' }) })
      .end(JSON.stringify(status));
  };
  const pass = (incoming: IncomingMessage, response: ServerResponse, isWatch: boolean): void => {
    const { method, headers, url = '' } = incoming;
    const outgoing = request(server + url, { method, ca, headers: { ...headers, host: new URL(server).host } });
    outgoing.on('response', (answer) => {
      if (!isWatch && happens(faults.lost)) {
        response.destroy();
        answer.resume();
        return;
      }
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
      answer.on('error', () => response.destroy());
      if (!isWatch || faults.cutWatches === undefined) return;
      const cut = setTimeout(() => {
        met += 1;
        response.destroy();
      }, faults.cutWatches);
      answer.on('close', () => {
        clearTimeout(cut);
      });
    });
    outgoing.on('error', () => response.destroy());
    response.on('close', () => outgoing.destroy());
    incoming.pipe(outgoing);
  };

  const proxy = createServer((incoming, response) => {
    const isWatch = (incoming.url ?? '').includes('watch=true');
    if (happens(faults.busy)) refuse(response, 429, 'TooManyRequests');
    else if (isWatch && faults.gone === true) {
      met += 1;
      refuse(response, 410, 'Expired');
    } else pass(incoming, response, isWatch);
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));

  const through = `${kubeconfig}.through-${String((proxy.address() as AddressInfo).port)}`;
  const cluster = {
    server: `http://127.0.0.1:${String((proxy.address() as AddressInfo).port)}`,
    'insecure-skip-tls-verify': true,
  };
  writeFileSync(through, stringify({ ...config, clusters: [{ ...config.clusters[0], cluster }] }));
  return {
    kubeconfig: through,
    set: (now) => {
      faults = now;
    },
    met: () => met,
    stop: () => {
      proxy.closeAllConnections();
      proxy.close();
    },
  };
};
