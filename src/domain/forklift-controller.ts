import type { ForkliftController } from './objects';

/** Whether an operator has looked at it: it writes conditions within seconds (docs/facts/forklift.md §3). */
export const isReconciled = ({ metadata, status }: ForkliftController): boolean =>
  metadata.deletionTimestamp === undefined && (status?.conditions ?? []).length > 0;

/** The ForkliftController that MTV works by: of several, one that an operator looks after. `undefined`: there is none. */
export const workingController = (controllers: readonly ForkliftController[]): ForkliftController | undefined =>
  controllers.find(isReconciled) ?? controllers[0];
