import { ActionGroup, Alert, Form, List, ListItem } from '@patternfly/react-core';
import type { ForkliftController } from '../../../domain/objects';
import { imageFor, vsphereOf } from '../../../domain/vddk/effective-image';
import { planWithout, withoutNeeds, withoutProblemText } from '../../../domain/vddk/plan-without';
import { ApplyProgress } from '../../parts/ApplyProgress';
import { PreviewButton } from '../../parts/PreviewButton';
import { rehearsalOf } from '../../parts/rehearsal';
import { useStepAction } from '../../parts/use-step-action';
import { useConverge } from '../../use-converge';
import { useMtvProject } from '../../MtvProjectContext';
import { useProviders } from '../../use-facts';
import { useTranslate } from '../../../parts/use-translate';

const formId = 'vddk-without-form';

interface WithoutChoiceProps {
  readonly controller: ForkliftController;
  /** Closes the form; `undefined` where there is nothing else. */
  readonly onClose: (() => void) | undefined;
}

/** Going without VDDK, and what that costs. */
export const WithoutChoice = ({ controller, onClose }: WithoutChoiceProps) => {
  const t = useTranslate();
  const { run, start } = useConverge<'NoProvider'>();
  const isBusy = run.state === 'running';
  const { name: mtv } = useMtvProject();
  const { providers } = useProviders();
  // MTV does not heed the mark: an image that is set anywhere is used (docs/facts/forklift.md §1).
  const using = vsphereOf(providers.state === 'loaded' ? providers.items : []).filter(
    (provider) => imageFor(provider, controller).from !== 'nowhere',
  );
  const submit = () => void start(withoutNeeds(mtv), planWithout);
  useStepAction({ label: t('Continue without VDDK'), form: formId, isBusy, onCancel: onClose });

  return (
    <>
      <Form
        id={formId}
        aria-label={t('Continue without VDDK')}
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <Alert isInline component="h3" variant="warning" title={t('What it costs')}>
          <List>
            <ListItem>{t('Warm migration is not possible.')}</ListItem>
            <ListItem>{t('Disks on vSAN cannot be migrated, and raw copies of disks are not possible.')}</ListItem>
            <ListItem>{t('Cold migration works, but slower.')}</ListItem>
          </List>
        </Alert>
        {using.length > 0 && (
          <Alert
            isInline
            component="h3"
            variant="warning"
            title={t('MTV still uses VDDK for {{providers}}', {
              providers: using.map(({ metadata }) => metadata.name).join(', '),
            })}
          >
            {t(
              "An image is set in MTV's settings or at the provider, and MTV uses it whatever you choose here. To migrate without VDDK, remove that image.",
            )}
          </Alert>
        )}
        <ActionGroup>
          <PreviewButton
            file="migration-prep-without-vddk"
            isDisabled={isBusy}
            ask={() => rehearsalOf({ needs: withoutNeeds(mtv), plan: planWithout }, withoutProblemText)}
          />
        </ActionGroup>
      </Form>
      <ApplyProgress run={run} problemText={withoutProblemText} onRetry={submit} />
      {run.state === 'done' && (
        <Alert
          isInline
          isLiveRegion
          component="h3"
          variant="success"
          title={
            using.length > 0
              ? t('Saved for every vSphere provider.')
              : t('Saved for every vSphere provider: migrations run without VDDK.')
          }
        />
      )}
    </>
  );
};
