import { useEffect, useRef } from 'react';
import { Stack } from '@patternfly/react-core';
import { useSearchParams } from 'react-router';
import { isUsable } from '../domain/reading';
import type { VerdictState } from '../domain/checks/check';
import { checks } from '../domain/checks/registry';
import { DraftsProvider } from './DraftsContext';
import { MtvNotice } from './MtvNotice';
import { OnDemand } from './parts/OnDemand';
import { useGoToStep } from './parts/use-go-to-step';
import { steps } from './registry';
import type { StepId } from './registry';
import { StepsNav } from './StepsNav';
import { useFacts } from './use-facts';

/** The steps in any order. Where the user is stands in the address; what is done, the cluster says. */
export const PrepWizard = () => {
  const [search] = useSearchParams();
  const goToStep = useGoToStep();
  const facts = useFacts(checks);
  const asked = steps.findIndex(({ id }) => id === search.get('step'));
  const at = Math.max(asked, 0);
  const step = steps[at];
  const main = useRef<HTMLDivElement>(null);
  const shown = useRef(at);

  // What led to a step goes away with the step before: the keyboard goes on at its beginning. A page that opens takes no focus.
  useEffect(() => {
    if (shown.current === at) return;
    shown.current = at;
    main.current?.focus();
  }, [at]);

  const isDone = (id: StepId): boolean => {
    const states: readonly VerdictState[] = checks
      .filter((check) => check.step === id)
      .map(({ judge }) => judge(facts).state);
    return states.length > 0 && states.every(isUsable);
  };

  if (!step) return null;
  return (
    <DraftsProvider>
      <StepsNav current={step.id} isDone={isDone} onChoose={goToStep}>
        <div ref={main} tabIndex={-1} className="pf-v6-c-wizard__main">
          <div className="pf-v6-c-wizard__main-body">
            <Stack hasGutter>
              <MtvNotice />
              <OnDemand key={step.id} load={step.load} props={{}} next={steps[at + 1]?.load} />
            </Stack>
          </div>
        </div>
      </StepsNav>
    </DraftsProvider>
  );
};
