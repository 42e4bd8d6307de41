import type { StepId } from '../domain/checks/check';
import type { Text } from '../domain/translate';
import type { Load } from './parts/use-on-demand';

/** A step of the wizard: one folder, one line in the registry. Its tick comes from the checks whose `step` is this id. */
export interface Step {
  readonly id: StepId;
  readonly name: Text;
  /** Fetches what the step shows. */
  readonly load: Load;
}
