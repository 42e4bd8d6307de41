import { useEffect, useRef } from 'react';
import type { MutableRefObject } from 'react';
import { Stack, useWizardContext, Wizard, WizardStep } from '@patternfly/react-core';
import { useSearchParams } from 'react-router';
import { isUsable } from '../domain/checks/check';
import type { StepId, VerdictState } from '../domain/checks/check';
import { checks } from '../domain/checks/registry';
import { DraftsProvider } from './DraftsContext';
import { MtvNotice } from './MtvNotice';
import { useGoToStep } from './parts/use-go-to-step';
import { steps } from './registry';
import { StepBody } from './StepBody';
import { useFacts } from './use-facts';
import { useTranslate } from './use-translate';

/** The steps in any order. Where the user is stands in the address; what is done, the cluster says. */
export const PrepWizard = () => {
  const t = useTranslate();
  const [search] = useSearchParams();
  const goToStep = useGoToStep();
  const facts = useFacts();
  const asked = steps.findIndex(({ id }) => id === search.get('step'));
  const current = Math.max(asked, 0);
  const shown = useRef(current);

  const statusOf = (step: StepId): 'default' | 'success' => {
    const states: readonly VerdictState[] = checks.filter((check) => check.step === step).map(({ judge }) => judge(facts).state);
    return states.length > 0 && states.every(isUsable) ? 'success' : 'default';
  };

  return (
    <DraftsProvider>
      <Wizard
        key={current}
        startIndex={current + 1}
        navAriaLabel={t('Steps of Migration Prep')}
        footer={<FocusOnArrival at={current} shown={shown} />}
        onStepChange={(_event, { id }) => {
          goToStep(id as StepId);
        }}
      >
        {steps.map((step, index) => (
          <WizardStep key={step.id} id={step.id} name={step.name(t)} status={statusOf(step.id)}>
            {/* PatternFly shows a step before the address names it, in a Wizard that goes with the old address: it would be built up twice. */}
            {index === current && (
              <Stack hasGutter>
                <MtvNotice />
                <StepBody step={step} next={steps[index + 1]} />
              </Stack>
            )}
          </WizardStep>
        ))}
      </Wizard>
    </DraftsProvider>
  );
};

interface FocusOnArrivalProps {
  readonly at: number;
  /** The step shown before. */
  readonly shown: MutableRefObject<number>;
}

/** What led to a step goes away with the step before: the keyboard goes on at its beginning. A page that opens takes no focus. */
const FocusOnArrival = ({ at, shown }: FocusOnArrivalProps) => {
  const { mainWrapperRef } = useWizardContext();
  useEffect(() => {
    if (shown.current === at) return;
    shown.current = at;
    mainWrapperRef.current?.focus();
  }, [at, shown, mainWrapperRef]);
  return null;
};
