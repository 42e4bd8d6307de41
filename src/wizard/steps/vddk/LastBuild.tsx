import { Alert, AlertActionLink, Content } from '@patternfly/react-core';
import type { Build, ForkliftController } from '../../../domain/objects';
import { versionOf } from '../../../domain/vddk/build-status';
import { buildText } from '../../../domain/vddk/build-text';
import type { ProviderImageWish } from '../../../domain/vddk/plan-image';
import { FailureAlert } from '../../parts/FailureAlert';
import { useMtvProject } from '../../MtvProjectContext';
import { useTranslate } from '../../../parts/use-translate';
import type { BuildJob } from '../../../work/build-image/build-job';
import { Lines } from './BuildLog';
import { RunningBuild } from './JobPanel';
import { Stages } from './Stages';
import { useReading } from './use-builds';

interface LastBuildProps {
  readonly build: Build;
  readonly controller: ForkliftController;
  /** Where the image shall be set as well. */
  readonly providers: readonly ProviderImageWish[];
  readonly control: BuildJob;
}

/** What the cluster says of the build that began last: whoever began it, and whatever became of their tab. */
export const LastBuild = ({ build, controller, providers, control }: LastBuildProps) => {
  const t = useTranslate();
  const reading = useReading(build);
  const { name: mtv } = useMtvProject();
  const before = controller.spec?.vddk_image;
  switch (reading?.state) {
    case undefined:
      return null;
    case 'waiting':
    case 'running':
      return (
        <>
          <Stages at="build" />
          <Content component="p" aria-live="polite">
            {buildText(t, reading)}
          </Content>
          <RunningBuild build={build} />
        </>
      );
    case 'complete': {
      const { image } = reading;
      if (image === undefined) return <Content component="p">{buildText(t, reading)}</Content>;
      if (image === before) return null;
      return (
        <Alert
          isInline
          isLiveRegion
          component="h3"
          variant="info"
          title={t('VDDK {{version}} was built from an archive, but MTV does not use it', {
            version: versionOf(build),
          })}
          actionLinks={
            <AlertActionLink
              onClick={() => {
                control.use(image, { mtv: controller.metadata.namespace ?? mtv, before, providers });
              }}
            >
              {t('Use this image')}
            </AlertActionLink>
          }
        >
          <span style={{ overflowWrap: 'anywhere' }}>{image}</span>
        </Alert>
      );
    }
    case 'failed':
    case 'cancelled':
      return (
        <>
          <FailureAlert
            title={t('The last build, {{name}}, produced no image', { name: build.metadata.name })}
            text={buildText(t, reading)}
          />
          {reading.state === 'failed' && <Lines text={reading.log} />}
        </>
      );
  }
};
