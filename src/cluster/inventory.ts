import { HttpError, consoleFetch } from '@openshift-console/dynamic-plugin-sdk';
import type { EsxiHost } from '../domain/hosts/esxi-host';
import type { InventoryFailure, InventorySnapshot } from '../domain/networks/inventory';
import type { Result } from '../domain/result';
import { readHosts, readInventory, readVsphereVersion } from './read-inventory';
import type { InventoryAnswer } from './read-inventory';

/** Our own plugin proxy to MTV's inventory service; it passes the user's token on (docs/facts/forklift.md §6). */
const inventoryPath = '/api/proxy/plugin/migration-prep/forklift-inventory';

/** Networks, hosts and VMs of the vSphere Provider with this UID. */
export const fetchInventory = (uid: string): Promise<Result<InventorySnapshot, InventoryFailure>> =>
  readInventory(uid, (path) => ask(inventoryPath + path));

/** The ESXi hosts of the vSphere Provider with this UID. */
export const fetchHosts = (uid: string): Promise<Result<readonly EsxiHost[], InventoryFailure>> =>
  readHosts(uid, (path) => ask(inventoryPath + path));

/** The version of the vCenter or ESXi host behind a vSphere Provider, such as 8.0.2.0, as its API names it; `undefined`: MTV does not tell. */
export const fetchVsphereVersion = (uid: string): Promise<string | undefined> =>
  readVsphereVersion(uid, (path) => ask(inventoryPath + path));

/** The SDK throws an answer that is no success. */
const ask = async (url: string): Promise<InventoryAnswer> => {
  const response = await consoleFetch(url).catch((thrown: unknown) => {
    if (thrown instanceof HttpError && thrown.code !== undefined && thrown.response) return thrown;
    throw thrown;
  });
  if (response instanceof HttpError) {
    const { code = 0, response: answer } = response;
    return { status: code, reason: answer?.headers.get('X-Reason') ?? undefined, content: () => Promise.resolve([]) };
  }
  return { status: response.status, reason: undefined, content: () => response.json() };
};
