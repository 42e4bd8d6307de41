import { useCallback, useMemo, useState } from 'react';
import { checks } from '../domain/checks/registry';
import { judgeSteps } from '../domain/checks/step-state';
import type { StepState } from '../domain/checks/step-state';
import { steps } from './registry';
import type { CheckedFacts, Step } from './step';
import { comingChecks } from './StepFacts';
import { useFacts } from './use-facts';

/** The steps whose checks come later. */
export const laterSteps: readonly (Step & Required<Pick<Step, 'loadFacts'>>)[] = (steps as readonly Step[]).flatMap(
  (step) => (step.loadFacts ? [{ ...step, loadFacts: step.loadFacts }] : []),
);

/** How all steps stand, and where to tell of what comes later (`StepFacts`). */
export const useStepStates = (): [
  states: ReadonlyMap<string, StepState>,
  onFacts: (step: string, known: CheckedFacts) => void,
] => {
  const facts = useFacts(checks);
  const [later, setLater] = useState<ReadonlyMap<string, CheckedFacts>>(
    () => new Map(laterSteps.map(({ id }) => [id, comingChecks(id)])),
  );
  const onFacts = useCallback((step: string, known: CheckedFacts) => {
    setLater((before) => new Map([...before, [step, known]]));
  }, []);
  const others = useMemo(() => [...later.values()], [later]);
  const states = judgeSteps(
    steps,
    [...others.flatMap((each) => each.checks), ...checks],
    Object.assign({}, ...others.map((each) => each.facts), facts) as typeof facts,
  );
  return [states, onFacts];
};
