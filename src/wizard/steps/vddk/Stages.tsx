import { ProgressStep, ProgressStepper } from '@patternfly/react-core';
import { stagesAt, stageStateText, stageText } from '../../../domain/vddk/stages';
import type { Stage } from '../../../domain/vddk/stages';
import { useTranslate } from '../../use-translate';

interface StagesProps {
  readonly at: Stage | 'over';
  readonly isFailed?: boolean;
}

const variants = { pending: 'pending', current: 'info', done: 'success', failed: 'danger' } as const;

/** The way from the archive to MTV, and how far it has been gone. */
export const Stages = ({ at, isFailed = false }: StagesProps) => {
  const t = useTranslate();
  return (
    <ProgressStepper isVertical aria-label={t('From the archive to MTV')}>
      {stagesAt(at, isFailed).map(({ stage, state }) => (
        <ProgressStep
          key={stage}
          id={`vddk-${stage}`}
          titleId={`vddk-${stage}-title`}
          variant={variants[state]}
          isCurrent={state === 'current'}
          aria-label={`${stageText[stage](t)}: ${stageStateText[state](t)}`}
          description={stageStateText[state](t)}
        >
          {stageText[stage](t)}
        </ProgressStep>
      ))}
    </ProgressStepper>
  );
};
