import {
  Alert,
  Button,
  CodeBlock,
  CodeBlockCode,
  Content,
  Label,
  List,
  ListItem,
  Skeleton,
  Stack,
  StackItem,
  Title,
} from '@patternfly/react-core';
import { keyOf, nameOfChange } from '../../domain/change';
import { changeInProjectText, convergeFailureText } from '../../domain/converge-text';
import type { Trial } from '../../domain/dry-run';
import { changeManifest } from '../../domain/manifest';
import { differenceLine, planCountText, plannedChange } from '../../domain/plan-text';
import type { PlannedChange } from '../../domain/plan-text';
import { lackedRightText, missingRightsRemedy, rightKey } from '../../domain/rights';
import { yamlDocuments } from '../../domain/yaml';
import { useTranslate } from '../../parts/use-translate';
import { useServices } from '../ServicesContext';
import { Dialog } from './Dialog';
import { FailureAlert } from './FailureAlert';
import type { Rehearsal, RehearsalFailure } from './rehearsal';
import { useAnswer } from './use-answer';
import { YamlActions } from './YamlActions';

interface PreviewProps {
  readonly rehearsal: Rehearsal;
  /** Of the file that can be downloaded, without extension. */
  readonly file: string;
  readonly onClose: () => void;
}

type Rehearsed = Awaited<ReturnType<Rehearsal>>;

/** What a step would write, as a dry run finds it: each object, why, and what differs. Nothing of it is the content of a Secret. */
export const Preview = ({ rehearsal, file, onClose }: PreviewProps) => {
  const t = useTranslate();
  const { cluster } = useServices();
  const [rehearsed, again] = useAnswer(() => rehearsal(cluster));
  return (
    <Dialog
      title={t('Preview')}
      about={t('What would be written now. Nothing has been changed.')}
      onClose={onClose}
      footer={
        <>
          {rehearsed && rehearsed.trials.length > 0 && (
            <YamlActions file={file} yaml={yamlDocuments(rehearsed.trials.map((trial) => changeManifest(t, trial)))} />
          )}
          <Button variant="link" onClick={onClose}>
            {t('Close')}
          </Button>
        </>
      }
    >
      {rehearsed ? (
        <Findings rehearsed={rehearsed} onRetry={again} />
      ) : (
        <Skeleton screenreaderText={t('Asking the cluster…')} />
      )}
    </Dialog>
  );
};

const Findings = ({ rehearsed, onRetry }: { readonly rehearsed: Rehearsed; readonly onRetry: () => void }) => {
  const t = useTranslate();
  const { trials, outcome } = rehearsed;
  const changes = trials.map((trial) => plannedChange(t, trial));
  return (
    <Stack hasGutter>
      {!outcome.ok && <Obstacle failure={outcome.error} onRetry={onRetry} />}
      {outcome.ok && changes.length === 0 && (
        <Alert
          isInline
          isLiveRegion
          component="h2"
          variant="success"
          title={t('Nothing to do: the cluster already is as you want it.')}
        />
      )}
      {changes.length > 0 && (
        <Content component="p" aria-live="polite">
          {planCountText(t, changes)}
        </Content>
      )}
      {trials.map((trial, at) => (
        <StackItem key={keyOf(nameOfChange(trial.change))}>
          <OneChange trial={trial} planned={changes[at]} />
        </StackItem>
      ))}
    </Stack>
  );
};

/** Why it cannot be done, or could not be found out. */
const Obstacle = ({ failure, onRetry }: { readonly failure: RehearsalFailure; readonly onRetry: () => void }) => {
  const t = useTranslate();
  if (failure.code === 'RightsMissing') {
    return (
      <Alert isInline isLiveRegion component="h2" variant="warning" title={t('Rights are missing')}>
        <List>
          {failure.rights.map((right) => (
            <ListItem key={rightKey(right)}>{lackedRightText(t, right)}</ListItem>
          ))}
        </List>
        {missingRightsRemedy(t)}
      </Alert>
    );
  }
  return (
    <FailureAlert
      title={failure.code === 'ReadFailed' ? t('The cluster could not be asked') : t('This cannot be done')}
      text={convergeFailureText(t, failure, (_, problem) => problem(t))}
      onRetry={onRetry}
    />
  );
};

const OneChange = ({ trial, planned }: { readonly trial: Trial; readonly planned: PlannedChange | undefined }) => {
  const t = useTranslate();
  if (!planned) return null;
  const { why, check, reason = '', difference } = planned;
  return (
    <>
      <Title headingLevel="h2" size="md">
        {changeInProjectText(t, nameOfChange(trial.change))}{' '}
        {check === 'accepted' && (
          <Label isCompact color="green">
            {t('The cluster accepts this')}
          </Label>
        )}
        {check === 'refused' && (
          <Label isCompact color="red">
            {t('Refused')}
          </Label>
        )}
        {check === 'unchecked' && <Label isCompact>{t('Not checked')}</Label>}
      </Title>
      <Content component="p">{why}</Content>
      {check === 'refused' && <Content component="p">{reason}</Content>}
      {check === 'unchecked' && <Content component="p">{t('Not checked: {{reason}}.', { reason })}</Content>}
      {difference.length > 0 && (
        <CodeBlock>
          <CodeBlockCode>{difference.map(differenceLine).join('\n')}</CodeBlockCode>
        </CodeBlock>
      )}
    </>
  );
};
