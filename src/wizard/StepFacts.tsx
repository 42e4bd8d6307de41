import { memo, useCallback, useEffect } from 'react';
import type { ComponentType } from 'react';
import type { Check, Verdict } from '../domain/checks/check';
import { useOnDemand } from './parts/use-on-demand';
import type { Load } from './parts/use-on-demand';
import type { CheckedFacts, FactsProps } from './step';

/** Stands for the checks of a step that are still to come. */
export const comingChecks = (step: string, state: 'loading' | 'unknown' = 'loading'): CheckedFacts => {
  const verdict: Verdict = { state, reason: 'Coming', text: (t) => t('Checking the cluster…') };
  const check: Check = { id: `${step}-coming`, title: () => '', step, needs: [], judge: () => verdict };
  return { checks: [check], facts: {} };
};

interface StepFactsProps {
  readonly step: string;
  readonly load: Load<FactsProps>;
  readonly onFacts: (step: string, known: CheckedFacts) => void;
}

/** Fetches a step's checks and looks at what they need, for whoever shows how the steps stand. What it tells makes it look at nothing anew. */
export const StepFacts = memo(({ step, load, onFacts }: StepFactsProps) => {
  const [body] = useOnDemand(load, undefined);
  const { state } = body;
  useEffect(() => {
    if (state === 'failed') onFacts(step, comingChecks(step, 'unknown'));
  }, [state, step, onFacts]);
  return body.state === 'loaded' ? <Looking Body={body.Body} step={step} onFacts={onFacts} /> : null;
});
StepFacts.displayName = 'StepFacts';

interface LookingProps extends Pick<StepFactsProps, 'step' | 'onFacts'> {
  readonly Body: ComponentType<FactsProps>;
}

const Looking = ({ Body, step, onFacts }: LookingProps) => {
  const tell = useCallback(
    (known: CheckedFacts) => {
      onFacts(step, known);
    },
    [step, onFacts],
  );
  return <Body onFacts={tell} />;
};
