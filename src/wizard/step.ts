import type { Text } from '../domain/translate';
import type { Load } from './parts/use-on-demand';

/** A step of the wizard: one folder, one line in the registry. Its tick comes from the checks whose `step` is this id. */
export interface Step<I extends string = string> {
  readonly id: I;
  readonly name: Text;
  /** Fetches what the step shows. */
  readonly load: Load;
}
