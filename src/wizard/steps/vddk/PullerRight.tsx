import { Alert, AlertActionLink } from '@patternfly/react-core';
import type { Build, ForkliftController } from '../../../domain/objects';
import { imagesInUse } from '../../../domain/vddk/effective-image';
import { grants, needsPuller, planPuller, pullerNeeds, pullerProblemText } from '../../../domain/vddk/plan-puller';
import type { PullerProblem } from '../../../domain/vddk/plan-puller';
import { ApplyProgress } from '../../parts/ApplyProgress';
import { useProject } from '../../parts/use-address';
import { useServices } from '../../ServicesContext';
import { useConverge } from '../../use-converge';
import { useProviders } from '../../use-facts';
import { useTranslate } from '../../../parts/use-translate';

interface PullerRightProps {
  readonly controller: ForkliftController;
  /** A build whose image MTV may be using. */
  readonly build: Build;
}

/** When MTV uses an image of ours and the project of the virtual machines cannot pull it: that can be mended here. */
export const PullerRight = ({ controller, build }: PullerRightProps) => {
  const t = useTranslate();
  const { useWatch } = useServices();
  const [target] = useProject();
  const { run, start } = useConverge<PullerProblem>();
  const { namespace: project = '' } = build.metadata;
  const wish = { project, target };
  const { providers } = useProviders();
  const isInUse = imagesInUse(controller, providers.state === 'loaded' ? providers.items : []).some((image) =>
    image.includes(`/${project}/`),
  );
  const bindings = useWatch(isInUse && needsPuller(wish) ? { list: 'roleBindings', namespace: project } : undefined);
  if (bindings.state !== 'loaded' || bindings.items.some((binding) => grants(binding, wish))) return null;
  const give = () => void start(pullerNeeds(wish), planPuller(wish));
  return (
    <>
      <Alert
        isInline
        component="h3"
        variant="warning"
        title={t('Project {{project}} is not permitted to pull this image, so migrations into it would not start', {
          project: target,
        })}
        actionLinks={<AlertActionLink onClick={give}>{t('Allow it to pull the image')}</AlertActionLink>}
      />
      {run.state === 'failed' && <ApplyProgress run={run} problemText={pullerProblemText} onRetry={give} />}
    </>
  );
};
