import { Alert, Content, Stack } from '@patternfly/react-core';
import { nodeProgressText } from '../../../../domain/networks/new-bridge/bridge-text';
import type { NodeProgress } from '../../../../domain/networks/new-bridge/roll-out';
import { FailureAlert } from '../../../parts/FailureAlert';
import { Outcome } from '../../../parts/Outcome';
import { ProgressSteps } from '../../../parts/ProgressSteps';
import type { ProgressStep } from '../../../parts/ProgressSteps';
import { useTranslate } from '../../../../parts/use-translate';
import { makingFailureText, phaseText } from './making-text';
import type { Making } from './use-making';

interface MakingProgressProps {
  readonly making: Exclude<Making, { state: 'idle' }>;
  readonly policy: string;
  readonly onRetry: () => void;
  readonly onTakeBack: () => void;
}

/** How far each node is, and how it ended. */
export const MakingProgress = ({ making, policy, onRetry, onTakeBack }: MakingProgressProps) => {
  const t = useTranslate();
  return (
    <Stack hasGutter>
      {making.state === 'running' && (
        <Content component="p" aria-live="polite">
          {making.isStopping && making.phase !== 'back' ? t('Cancelling…') : phaseText(t, making.phase)}
        </Content>
      )}
      {making.nodes.length > 0 && (
        <ProgressSteps
          label={t('Nodes')}
          steps={making.nodes.map((each) => ({
            id: each.node,
            title: each.node,
            state: lookOf(each),
            description: nodeProgressText(t, each),
          }))}
        />
      )}
      {making.state === 'done' && (
        <Outcome>
          <Alert
            isInline
            isLiveRegion
            component="h2"
            variant="success"
            title={t('{{bridge}} is on {{nodes}} nodes, and chosen for this switch.', {
              bridge: making.wish.name,
              nodes: making.nodes.length,
            })}
          />
        </Outcome>
      )}
      {making.state === 'failed' && (
        <Outcome>
          {making.failure.code === 'Cancelled' && making.failure.back.state === 'done' ? (
            <Alert isInline isLiveRegion component="h2" variant="info" title={t('Cancelled')}>
              {makingFailureText(t, making.failure, policy)}
            </Alert>
          ) : (
            <FailureAlert
              component="h2"
              title={making.failure.code === 'NotStored' ? t('This was not finished') : titleOf(t, making.failure.code)}
              text={makingFailureText(t, making.failure, policy)}
              onRetry={onRetry}
              {...((making.failure.code === 'Stalled' || making.failure.code === 'Unseen') && {
                otherwise: { text: t('Take it back'), run: onTakeBack },
              })}
            />
          )}
        </Outcome>
      )}
    </Stack>
  );
};

const titleOf = (t: ReturnType<typeof useTranslate>, code: 'Failed' | 'Cancelled' | 'Unseen' | 'Stalled'): string => {
  switch (code) {
    case 'Failed':
      return t('A node could not be changed');
    case 'Cancelled':
      return t('Not everything could be taken back');
    case 'Unseen':
      return t('How far the nodes are cannot be seen');
    case 'Stalled':
      return t('The nodes take too long');
  }
};

const lookOf = ({ state }: NodeProgress): ProgressStep['state'] => {
  switch (state) {
    case 'waiting':
    case 'queued':
      return 'pending';
    case 'working':
    case 'retrying':
    case 'away':
      return 'current';
    case 'done':
      return 'done';
    case 'failed':
    case 'aborted':
      return 'failed';
  }
};
