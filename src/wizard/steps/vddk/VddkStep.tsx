import { Alert, Content, Skeleton } from '@patternfly/react-core';
import { failureText } from '../../../domain/failure';
import { workingController } from '../../../domain/forklift-controller';
import type { ForkliftController } from '../../../domain/objects';
import { releaseOf } from '../../../domain/ownership';
import { mtvImageOf } from '../../../domain/vddk/effective-image';
import { readRollout } from '../../../domain/vddk/rollout';
import { FailureAlert } from '../../parts/FailureAlert';
import { ManagedByValues } from '../../parts/ManagedByValues';
import { OnDemand } from '../../parts/OnDemand';
import { StepHeading } from '../../parts/StepHeading';
import { useMtvProject } from '../../MtvProjectContext';
import { useControllers } from '../../use-facts';
import { useTranslate } from '../../../parts/use-translate';
import type { LiveJob } from './JobPanel';
import { loadJobPanel, loadStoppedJob } from './on-demand';
import { useBuildJob } from './use-build-job';
import { VddkForm } from './VddkForm';

/** Tells MTV which VDDK image to use, or that there is none. */
export const VddkStep = () => {
  const t = useTranslate();
  const [job, control] = useBuildJob();
  const forkliftControllers = useControllers();
  const controller = forkliftControllers.state === 'loaded' ? workingController(forkliftControllers.items) : undefined;
  // What was done and has been changed since is no news any more.
  const isUndone = job.at === 'done' && controller !== undefined && job.image !== mtvImageOf(controller);
  const live = job.at === 'none' || job.at === 'stopped' || isUndone ? undefined : job;
  return (
    <>
      <StepHeading title={t('VDDK')}>
        {t(
          "VMware's Virtual Disk Development Kit lets MTV read disks fast. Its license forbids shipping it, so you provide an image that contains it.",
        )}
      </StepHeading>
      {/* Beside what the cluster says of MTV, not within: what this tab is doing does not depend on that. */}
      {live && <OnDemand load={loadJobPanel} props={{ job: live, control }} />}
      {job.at === 'stopped' && !controller && (
        <OnDemand
          load={loadStoppedJob}
          props={{
            job,
            onRetry: () => {
              control.retry();
            },
          }}
        />
      )}
      <OfController live={live} />
    </>
  );
};

/** Waits for MTV's settings, and shows what is under way instead of asking for more. */
const OfController = ({ live }: { readonly live: LiveJob | undefined }) => {
  const t = useTranslate();
  const forkliftControllers = useControllers();
  switch (forkliftControllers.state) {
    case 'loading':
      return <Skeleton screenreaderText={t('Checking the cluster…')} />;
    case 'absent':
      return (
        <FailureAlert
          title={t('Migration Toolkit for Virtualization is not installed')}
          text={t('Install its operator from the software catalog. This page notices when it is there.')}
        />
      );
    case 'failed':
      return (
        <FailureAlert title={t("MTV's settings cannot be shown")} text={failureText(t, forkliftControllers.failure)} />
      );
    case 'loaded': {
      const controller = workingController(forkliftControllers.items);
      const release = controller && releaseOf(controller);
      return controller ? (
        <>
          <PresentImage controller={controller} />
          {release && (
            <Content component="p">
              <ManagedByValues release={release} />
            </Content>
          )}
          {!release && (live === undefined || live.at === 'done') && (
            <VddkForm controller={controller} isJobShown={live !== undefined} />
          )}
        </>
      ) : (
        <FailureAlert
          title={t('MTV is not set up')}
          text={t(
            'There is no ForkliftController to set the image in. Finish the installation of Migration Toolkit for Virtualization.',
          )}
        />
      );
    }
  }
};

/** The image MTV uses now, and whether its controller works with it already. */
const PresentImage = ({ controller }: { readonly controller: ForkliftController }) => {
  const t = useTranslate();
  const { name: mtv } = useMtvProject();
  const image = controller.spec?.vddk_image;
  if (!image) return null;
  const shown = {
    idle: { variant: 'success', title: t('MTV uses this image') },
    busy: {
      variant: 'info',
      title: t('MTV is rolling this image out: its controller restarts, which takes a minute or two'),
    },
    failed: {
      variant: 'danger',
      title: t('MTV could not roll this image out. Check the log of its operator in {{project}}.', { project: mtv }),
    },
  } as const;
  const { variant, title } = shown[readRollout(controller)];
  return (
    <Alert isInline isLiveRegion component="h3" variant={variant} title={title}>
      <span style={{ overflowWrap: 'anywhere' }}>{image}</span>
    </Alert>
  );
};
