import type { KubeConfig } from '@kubernetes/client-node';
import { fetchCertificate, fingerprintOf } from '../cluster/node-certificate';
import { nodeArchives } from '../cluster/node-archive/archive-host';
import { nodeHosts, nodeInventory } from '../cluster/node-inventory';
import { nodeCluster } from '../cluster/node-cluster';
import { systemClock } from '../controller/clock';
import { jsonLog } from '../controller/log';
import { networks } from '../controller/networks';
import { heldPreparation } from '../controller/held-preparation';
import { startController } from '../controller/process';
import type { Release } from '../domain/ownership';
import type { Result } from '../domain/result';
import { err, ok } from '../domain/result';
import type { Wishes } from '../domain/wishes';
import { credentialGuard } from '../work/prepare/credential-guard';
import { ensureTasks } from '../work/prepare/ensure';
import { preparationTasks } from '../work/prepare/preparation-tasks';
import { readInventoryOption, readingIn } from './reading-inventory';

/** How `run` was asked to work. */
export interface ControllerOptions {
  readonly port: number;
  /** `undefined`: that of MTV, wherever it is. */
  readonly inventory: string | undefined;
}

/** The options of `run`. The error says what is wrong. */
export const readControllerOptions = (
  texts: Readonly<Record<string, string | undefined>>,
): Result<ControllerOptions, string> => {
  const port = Number(texts.port ?? '8080');
  if (!Number.isInteger(port) || port < 0 || port > 65_535) return err('--port must be a number from 0 to 65535.');
  const inventory = readInventoryOption(texts.inventory);
  return inventory.ok ? ok({ port, inventory: inventory.value }) : inventory;
};

/** Runs the controller until it is asked to stop; answers with the exit code. */
export const runController = async (
  config: KubeConfig,
  wishes: Wishes,
  { port, inventory }: ControllerOptions,
  release: Release,
  machine: { readonly say: (line: string) => void; readonly untilStopped: () => Promise<void> },
): Promise<number> => {
  const log = jsonLog(machine.say, () => new Date());
  const stopped = machine.untilStopped();
  const connection = {
    home: release.namespace,
    release,
    guard: credentialGuard(nodeCluster(config), release),
    archives: nodeArchives(config, process.env),
    fetchCertificate,
    fingerprintOf,
    fetchHosts: readingIn(config, inventory, nodeHosts),
  };
  const controller = await startController({
    config,
    log,
    port,
    clock: systemClock,
    reconcilers: [
      heldPreparation((world) => [
        ...ensureTasks(world, wishes, []),
        ...preparationTasks({ ...connection, ...world }, wishes.preparation, []),
      ]),
      // Where nothing is declared there is no right to look, and so nothing to be ready.
      ...(wishes.preparation.networks.rules.length === 0
        ? []
        : [
            networks({
              policy: wishes.preparation.networks,
              release,
              readInventory: readingIn(config, inventory, nodeInventory),
            }),
          ]),
    ],
  });
  await stopped;
  await controller.stop();
  return 0;
};
