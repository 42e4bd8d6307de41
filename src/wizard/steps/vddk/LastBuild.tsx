import { useState } from 'react';
import { Alert, AlertActionLink, Button, Content } from '@patternfly/react-core';
import type { Build, ForkliftController } from '../../../domain/objects';
import { versionOf } from '../../../domain/vddk/build-status';
import { buildText } from '../../../domain/vddk/build-text';
import type { ProviderImageWish } from '../../../domain/vddk/plan-image';
import { FailureAlert } from '../../parts/FailureAlert';
import { OnDemand } from '../../parts/OnDemand';
import { useMtvProject } from '../../MtvProjectContext';
import { useTranslate } from '../../../parts/use-translate';
import { loadBuildLog, loadLogView } from './log-on-demand';
import { RunningBuild } from './JobPanel';
import { Stages } from './Stages';
import { useBuildJob } from './use-build-job';
import { useReading } from './use-builds';

interface LastBuildProps {
  readonly build: Build;
  readonly controller: ForkliftController;
  /** Where the image shall be set as well. */
  readonly providers: readonly ProviderImageWish[];
}

/** What the cluster says of the build that began last: whoever began it, and whatever became of their tab. */
export const LastBuild = ({ build, controller, providers }: LastBuildProps) => {
  const t = useTranslate();
  const control = useBuildJob();
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
          {reading.state === 'failed' && <EndOfLog build={build} end={reading.log} />}
        </>
      );
  }
};

/** The end of the log, which OpenShift keeps with the build, and all of it on request. */
const EndOfLog = ({ build, end }: { readonly build: Build; readonly end: string }) => {
  const t = useTranslate();
  const [isWhole, showWhole] = useState(false);
  if (isWhole) return <OnDemand load={loadBuildLog} props={{ build }} />;
  return (
    <>
      {end !== '' && (
        <OnDemand
          load={loadLogView}
          props={{ log: { lines: end.split('\n'), dropped: 0 }, file: build.metadata.name }}
        />
      )}
      {/* A column stretches what is directly in it. */}
      <div>
        <Button
          variant="link"
          isInline
          onClick={() => {
            showWhole(true);
          }}
        >
          {t('Show the whole log')}
        </Button>
      </div>
    </>
  );
};
