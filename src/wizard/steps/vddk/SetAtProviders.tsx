import { Button } from '@patternfly/react-core';
import type { ForkliftController, Provider } from '../../../domain/objects';
import { isOurs } from '../../../domain/ownership';
import { imageAt, mtvImageOf, ownImageOf } from '../../../domain/vddk/effective-image';
import { imageNeeds, imagePlanProblemText, planImage } from '../../../domain/vddk/plan-image';
import type { ImagePlanProblem } from '../../../domain/vddk/plan-image';
import { ApplyProgress } from '../../parts/ApplyProgress';
import { useConverge } from '../../use-converge';
import { useMtvProject } from '../../MtvProjectContext';
import { useTranslate } from '../../../parts/use-translate';

interface SetAtProvidersProps {
  readonly controller: ForkliftController;
  readonly providers: readonly Provider[];
  readonly canChange: boolean;
}

/** Providers of ours that were connected later get MTV's image: MTV's own pages look only at the Provider. */
export const SetAtProviders = ({ controller, providers, canChange }: SetAtProvidersProps) => {
  const t = useTranslate();
  const { name: mtv } = useMtvProject();
  const { run, start } = useConverge<ImagePlanProblem>();
  const image = mtvImageOf(controller);
  const differing = providers.filter((provider) => isOurs(provider) && ownImageOf(provider) !== image).map(imageAt);
  if (differing.length === 0 && run.state !== 'failed') return null;
  const setThere = () =>
    void start(imageNeeds(mtv, differing), planImage({ image, before: image, providers: differing }));
  return (
    <>
      {canChange && differing.length > 0 && (
        <div>
          <Button variant="link" isInline isDisabled={run.state === 'running'} onClick={setThere}>
            {t("Set MTV's image at {{providers}}", { providers: differing.map(({ name }) => name).join(', ') })}
          </Button>
        </div>
      )}
      {run.state === 'failed' && <ApplyProgress run={run} problemText={imagePlanProblemText} onRetry={setThere} />}
    </>
  );
};
