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
  const all = stagesAt(at, isFailed);
  const now = all.find(({ state }) => state === 'current' || state === 'failed');
  return (
    <>
      <ProgressStepper isVertical aria-label={t('From the archive to MTV')}>
        {all.map(({ stage, state }) => (
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
      {/* The list itself does not speak when a stage is reached. */}
      <span className="pf-v6-screen-reader" aria-live="polite">
        {now && `${stageText[now.stage](t)}: ${stageStateText[now.state](t)}`}
      </span>
    </>
  );
};
