import type { ComponentType } from 'react';
import type { StepId } from '../domain/checks/check';
import type { Text } from '../domain/translate';

/** A step of the wizard: one folder, one line in the registry. Its tick comes from the checks whose `step` is this id. */
export interface Step {
  readonly id: StepId;
  readonly name: Text;
  /** Fetches what the step shows: a chunk of its own. It rejects when the chunk cannot be had; called again, it tries again. */
  readonly load: () => Promise<ComponentType>;
}
