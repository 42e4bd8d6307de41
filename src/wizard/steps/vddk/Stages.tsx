import { stagesAt, stageStateText, stageText } from '../../../domain/vddk/stages';
import type { Stage } from '../../../domain/vddk/stages';
import { ProgressSteps } from '../../parts/ProgressSteps';
import { useTranslate } from '../../../parts/use-translate';

interface StagesProps {
  readonly at: Stage | 'over';
  readonly isFailed?: boolean;
  /** There is no archive: the image was there. */
  readonly isAlone?: boolean;
}

/** The way from the archive to MTV, and how far it has been gone. */
export const Stages = ({ at, isFailed = false, isAlone = false }: StagesProps) => {
  const t = useTranslate();
  const all = stagesAt(at, isFailed).filter(({ stage }) => !isAlone || stage === 'set' || stage === 'rollout');
  const now = all.find(({ state }) => state === 'current' || state === 'failed');
  return (
    <>
      <ProgressSteps
        label={isAlone ? t('From the image to MTV') : t('From the archive to MTV')}
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
