import type { Check } from '../domain/checks/check';
import type { JudgedStep } from '../domain/checks/step-state';
import type { Text } from '../domain/translate';
import type { Facts } from '../domain/watched';
import type { Load } from './parts/use-on-demand';

/** Checks with what they are judged by. */
export interface CheckedFacts {
  readonly checks: readonly Check[];
  readonly facts: Facts;
}

/** What a component gets that looks at the facts of a step's checks. */
export interface FactsProps {
  /** Called with what is known, and again whenever that changes. Always the same function. */
  readonly onFacts: (known: CheckedFacts) => void;
}

/** A step of the wizard: one folder, one line in the registry. Its state comes from the checks whose `step` is this id. */
export interface Step<I extends string = string> extends JudgedStep {
  readonly id: I;
  readonly name: Text;
  /** Fetches what the step shows. */
  readonly load: Load;
  /** Fetches what looks at its checks, where these are not those that the Status card has as well (`domain/checks/registry.ts`). */
  readonly loadFacts?: Load<FactsProps>;
}
