import { ActionGroup, Alert, Button, Form, List, ListItem } from '@patternfly/react-core';
import { planWithout, withoutNeeds, withoutProblemText } from '../../../domain/vddk/plan-without';
import { ApplyProgress } from '../../parts/ApplyProgress';
import { useConverge } from '../../use-converge';
import { useMtvProject } from '../../MtvProjectContext';
import { useTranslate } from '../../use-translate';

/** Going without VDDK, and what that costs. */
export const WithoutChoice = () => {
  const t = useTranslate();
  const { run, start } = useConverge<'NoProvider'>();
  const isBusy = run.state === 'running';
  const { name: mtv } = useMtvProject();
  const submit = () => void start(withoutNeeds(mtv), planWithout);
  return (
    <>
      <Form
        aria-label={t('Continue without VDDK')}
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <Alert isInline component="h3" variant="warning" title={t('What it costs')}>
          <List>
            <ListItem>{t('Warm migration is not possible.')}</ListItem>
            <ListItem>{t('Disks on vSAN cannot be migrated, nor can disks be copied raw.')}</ListItem>
            <ListItem>{t('Cold migration works, but slower.')}</ListItem>
          </List>
        </Alert>
        <ActionGroup>
          <Button type="submit" isLoading={isBusy} isDisabled={isBusy}>
            {t('Continue without VDDK')}
          </Button>
        </ActionGroup>
      </Form>
      <ApplyProgress run={run} problemText={withoutProblemText} onRetry={submit} />
      {run.state === 'done' && (
        <Alert isInline isLiveRegion component="h3" variant="success" title={t('Noted with every vSphere provider: migrations go without VDDK.')} />
      )}
    </>
  );
};
