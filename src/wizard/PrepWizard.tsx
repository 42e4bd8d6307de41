import { useLayoutEffect, useRef } from 'react';
import { Skeleton, Stack } from '@patternfly/react-core';
import { DraftsProvider } from './DraftsContext';
import { MtvNotice } from './MtvNotice';
import { OnDemand } from './parts/OnDemand';
import { useGoToStep } from './parts/use-go-to-step';
import { steps } from './registry';
import { StepActionProvider } from './StepActionProvider';
import { StepFacts } from './StepFacts';
import { StepFooter } from './StepFooter';
import { StepsNav } from './StepsNav';
import { useTranslate } from '../parts/use-translate';
import { useCurrentStep } from './use-current-step';
import { useOpening } from './use-opening';
import { laterSteps, useStepStates } from './use-step-states';

/** The steps in any order. Where the user is stands in the address; what is done, the cluster says. */
export const PrepWizard = () => {
  const goToStep = useGoToStep();
  const t = useTranslate();
  const [states, onFacts] = useStepStates();
  const isOpen = useOpening(states);
  const at = useCurrentStep();
  const step = steps[at];
  const main = useRef<HTMLDivElement>(null);
  const shown = useRef<number | undefined>(undefined);
  const isChosen = useRef(false);

  // What led to a step goes away with the step before: the keyboard goes on at its beginning. A page that opens takes no focus, unless
  // somebody chose a step before it was open. What is visible has the focus already: a key that is pressed next is not lost.
  useLayoutEffect(() => {
    if (!isOpen || shown.current === at || !main.current) return;
    const isFirst = shown.current === undefined && !isChosen.current;
    shown.current = at;
    if (isFirst) return;
    main.current.scrollTop = 0;
    main.current.focus();
  }, [at, isOpen]);

  if (!step) return null;
  return (
    <DraftsProvider>
      <StepActionProvider>
        {laterSteps.map(({ id, loadFacts }) => (
          <StepFacts key={id} step={id} load={loadFacts} onFacts={onFacts} />
        ))}
        <StepsNav
          at={at}
          states={states}
          onChoose={(to) => {
            isChosen.current = true;
            goToStep(to);
          }}
        >
          <div ref={main} tabIndex={-1} className="pf-v6-c-wizard__main">
            <div className="pf-v6-c-wizard__main-body">
              <Stack hasGutter>
                <MtvNotice />
                {isOpen ? (
                  <OnDemand key={step.id} load={step.load} props={{}} next={steps[at + 1]?.load} />
                ) : (
                  <Skeleton screenreaderText={t('Checking the cluster…')} />
                )}
              </Stack>
            </div>
          </div>
          <StepFooter />
        </StepsNav>
      </StepActionProvider>
    </DraftsProvider>
  );
};
