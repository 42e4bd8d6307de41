import { holding, isTrue } from '../conditions';
import type { ForkliftController } from '../objects';

/** `idle`: the operator is through and waits for the next change. `busy`: it works on one. `failed`: its run failed. */
export type Rollout = 'idle' | 'busy' | 'failed';

/**
 * Reads the Ansible operator's conditions (docs/facts/forklift.md §3): idle is Successful=True with Running=True and reason
 * `Successful` ("Awaiting next reconciliation"); Running=True alone does not mean busy. There is no observedGeneration.
 */
export const readRollout = ({ status }: ForkliftController): Rollout => {
  if (isTrue(status, 'Failure')) return 'failed';
  const running = holding(status, 'Running');
  return isTrue(status, 'Successful') && running?.reason === 'Successful' ? 'idle' : 'busy';
};
