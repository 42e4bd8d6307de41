import { stagesAt, stageStateText, stageText } from '../../../domain/vddk/stages';
import type { Stage } from '../../../domain/vddk/stages';
import { ProgressSteps } from '../../parts/ProgressSteps';
import { useTranslate } from '../../../parts/use-translate';

interface StagesProps {
  readonly at: Stage | 'over';
  readonly isFailed?: boolean;
}

/** The way from the archive to MTV, and how far it has been gone. */
export const Stages = ({ at, isFailed = false }: StagesProps) => {
  const t = useTranslate();
  const all = stagesAt(at, isFailed);
  const now = all.find(({ state }) => state === 'current' || state === 'failed');
  return (
    <>
      <ProgressSteps
        label={t('From the archive to MTV')}
        steps={all.map(({ stage, state }) => ({
          id: stage,
          title: stageText[stage](t),
          state,
          description: stageStateText[state](t),
        }))}
      />
      {/* The list itself does not speak when a stage is reached. */}
      <span className="pf-v6-screen-reader" aria-live="polite">
        {now && `${stageText[now.stage](t)}: ${stageStateText[now.state](t)}`}
      </span>
    </>
  );
};
