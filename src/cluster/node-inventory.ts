import { readFile } from 'node:fs/promises';
import type { KubeConfig } from '@kubernetes/client-node';
import type { InventoryFailure, InventorySnapshot } from '../domain/networks/inventory';
import type { Result } from '../domain/result';
import { err, ok } from '../domain/result';
import { contentOf, credentialsFor, exchange } from './node-request';
import { readHosts, readInventory } from './read-inventory';
import type { AskInventory } from './read-inventory';

/** What MTV's inventory says of the vSphere Provider with this UID. */
export type ReadInventory = (uid: string) => Promise<Result<InventorySnapshot, InventoryFailure>>;

/** Where OpenShift puts the authority that signed the certificates of Services, into every pod with a ServiceAccount. */
const serviceAuthority = '/var/run/secrets/kubernetes.io/serviceaccount/service-ca.crt';
/** For how many milliseconds the inventory may be silent. */
const patience = 30_000;

/** MTV's inventory in the project where MTV is, as its Service is called in the cluster (docs/facts/forklift.md §6). */
export const inventoryService = (mtvProject: string): string => `https://forklift-inventory.${mtvProject}.svc:8443`;

/** An address that somebody gives instead. A token is sent there: only in private, or to this very machine. */
export const readInventoryUrl = (text: string): Result<string, 'NoUrl' | 'NotPrivate'> => {
  if (!URL.canParse(text)) return err('NoUrl');
  const { protocol, hostname, origin, pathname } = new URL(text);
  const isPrivate =
    protocol === 'https:' || (protocol === 'http:' && ['127.0.0.1', '[::1]', 'localhost'].includes(hostname));
  return isPrivate ? ok(origin + pathname.replace(/\/$/, '')) : err('NotPrivate');
};

/**
 * Asks MTV's inventory at this address. Of all credentials only the token is shown to it, and of the cluster's authorities none is trusted:
 * the certificate must be one of a Service, or, outside of a pod, of an authority that this machine trusts.
 */
const askAt =
  (config: KubeConfig, address: string): AskInventory =>
  async (path) => {
    const { headers } = await credentialsFor(config, { headers: { Accept: 'application/json' } });
    const ca = address.endsWith('.svc:8443') ? { ca: await readFile(serviceAuthority) } : {};
    const answer = await exchange(new URL(address + path), { method: 'GET', timeout: patience, headers, ...ca });
    const { statusCode: status = 0 } = answer;
    const reason = answer.headers['x-reason'];
    if (status !== 200) answer.resume();
    return { status, reason: typeof reason === 'string' ? reason : undefined, content: () => contentOf(answer) };
  };

/** Networks, hosts and VMs in MTV's inventory at this address. */
export const nodeInventory =
  (config: KubeConfig, address: string): ReadInventory =>
  (uid) =>
    readInventory(uid, askAt(config, address));

/** The ESXi hosts in MTV's inventory at this address, and nothing else of it. */
export const nodeHosts =
  (config: KubeConfig, address: string) =>
  (uid: string): ReturnType<typeof readHosts> =>
    readHosts(uid, askAt(config, address));
