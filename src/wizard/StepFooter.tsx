import { ActionList, ActionListGroup, ActionListItem, Button } from '@patternfly/react-core';
import { useContext, useSyncExternalStore } from 'react';
import { StepActionContext } from './parts/use-step-action';
import { useGoToStep } from './parts/use-go-to-step';
import { steps } from './registry';
import { useCurrentStep } from './use-current-step';
import { useTranslate } from '../parts/use-translate';

const wrapping = { flexWrap: 'wrap' } as const;

/** Below every step: the steps before and after it, and the one thing that it does. Next writes nothing, so it is always possible. */
export const StepFooter = () => {
  const t = useTranslate();
  const goToStep = useGoToStep();
  const store = useContext(StepActionContext);
  if (!store) throw new Error('StepFooter needs a StepActionProvider');
  const action = useSyncExternalStore(store.subscribe, store.read);
  const at = useCurrentStep();
  const [before, after] = [steps[at - 1], steps[at + 1]];
  return (
    <footer className="pf-v6-c-wizard__footer">
      <ActionList style={wrapping}>
        <ActionListGroup>
          <ActionListItem>
            <Button
              variant="secondary"
              isDisabled={!before}
              onClick={() => {
                if (before) goToStep(before.id);
              }}
            >
              {t('Back')}
            </Button>
          </ActionListItem>
          {after && (
            <ActionListItem>
              <Button
                variant={action ? 'secondary' : 'primary'}
                onClick={() => {
                  goToStep(after.id);
                }}
              >
                {t('Next')}
              </Button>
            </ActionListItem>
          )}
        </ActionListGroup>
        {action && (
          <ActionListGroup style={wrapping}>
            <ActionListItem>
              <Button
                type="submit"
                form={action.form}
                isLoading={action.isBusy === true}
                isDisabled={action.isBusy === true || action.isDisabled === true}
              >
                {action.label}
              </Button>
            </ActionListItem>
            {action.onCancel && (
              <ActionListItem>
                <Button variant="link" onClick={action.onCancel}>
                  {t('Cancel')}
                </Button>
              </ActionListItem>
            )}
          </ActionListGroup>
        )}
      </ActionList>
    </footer>
  );
};
