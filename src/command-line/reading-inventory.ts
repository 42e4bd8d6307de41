import type { KubeConfig } from '@kubernetes/client-node';
import { nodeCluster } from '../cluster/node-cluster';
import { inventoryService, readInventoryUrl } from '../cluster/node-inventory';
import type { InventoryFailure } from '../domain/networks/inventory';
import type { Result } from '../domain/result';
import { err, ok } from '../domain/result';
import { findMtvProject } from '../work/prepare/mtv-project';

/** The option `--inventory`; `undefined`: MTV's own Service, wherever MTV is. The error says what is wrong. */
export const readInventoryOption = (given: string | undefined): Result<string | undefined, string> => {
  if (given === undefined) return ok(undefined);
  const inventory = readInventoryUrl(given);
  if (inventory.ok) return inventory;
  return err(
    inventory.error === 'NoUrl'
      ? '--inventory must be an address, such as https://inventory.example.com.'
      : '--inventory must begin with https://, because a token is sent there.',
  );
};

/** What is read at an address: of all of them by the UID of a Provider. */
type ReadAt<T> = (config: KubeConfig, address: string) => (uid: string) => Promise<Result<T, InventoryFailure>>;

/** Reads in the inventory of MTV, in the project where MTV is at that moment, or at the address that is given. */
export const readingIn =
  <T>(config: KubeConfig, given: string | undefined, read: ReadAt<T>): ReturnType<ReadAt<T>> =>
  async (uid) => {
    if (given !== undefined) return read(config, given)(uid);
    const project = await findMtvProject(nodeCluster(config));
    return project.ok ? read(config, inventoryService(project.value))(uid) : err({ code: 'Down' });
  };
