import { Content, Skeleton } from '@patternfly/react-core';
import { failureText } from '../../../domain/failure';
import { workingController } from '../../../domain/forklift-controller';
import type { Build, ForkliftController } from '../../../domain/objects';
import { releaseOf } from '../../../domain/ownership';
import { latestOf } from '../../../domain/vddk/build-status';
import { mtvImageOf, vsphereOf } from '../../../domain/vddk/effective-image';
import { usesOf } from '../../../domain/vddk/image-uses';
import { isWithoutVddk } from '../../../domain/vddk/without';
import { FailureAlert } from '../../parts/FailureAlert';
import { MtvAbsent } from '../../parts/MtvAbsent';
import { ManagedByValues } from '../../parts/ManagedByValues';
import { OnDemand } from '../../parts/OnDemand';
import { StepHeading } from '../../parts/StepHeading';
import { useControllers, useProviders } from '../../use-facts';
import { useTranslate } from '../../../parts/use-translate';
import type { Job } from '../../../work/build-image/build-job';
import type { LiveJob } from './JobPanel';
import { loadImageCards, loadJobPanel, loadLastBuild, loadStoppedJob, loadUpload, loadVddkForm } from './on-demand';
import { isLive, useBuilds } from './use-builds';
import { useFormOpen } from './use-form-open';
import { useJob } from './use-job';
import { useProviderWishes } from './use-provider-wishes';

/** Tells MTV which VDDK image to use, or that there is none. */
export const VddkStep = () => {
  const t = useTranslate();
  const job = useJob();
  const forkliftControllers = useControllers();
  const controller = forkliftControllers.state === 'loaded' ? workingController(forkliftControllers.items) : undefined;
  // What was done and has been changed since is no news any more, and gives way to what is asked for next.
  const isUndone = controller !== undefined && 'image' in job && job.image !== mtvImageOf(controller);
  const isPast = useFormOpen().isOpen || isUndone;
  const { isGoingOn } = useLastBuild(job);
  const live = job.at === 'none' || job.at === 'stopped' || (job.at === 'done' && isPast) ? undefined : job;
  return (
    <>
      <StepHeading title={t('VDDK')} help="vddk">
        {t(
          "VMware's Virtual Disk Development Kit lets MTV read disks fast. Its license forbids shipping it, so you provide an image that contains it.",
        )}
      </StepHeading>
      {/* Beside what the cluster says of MTV, not within: what this tab is doing does not depend on that. */}
      {live && <OnDemand load={loadJobPanel} props={{ job: live }} />}
      {/* A build that goes on is shown as it goes on. */}
      {job.at === 'stopped' && !(isGoingOn && controller) && <OnDemand load={loadStoppedJob} props={{ job }} />}
      <OfController live={live} />
    </>
  );
};

/** Waits for MTV's settings. */
const OfController = ({ live }: { readonly live: LiveJob | undefined }) => {
  const t = useTranslate();
  const forkliftControllers = useControllers();
  switch (forkliftControllers.state) {
    case 'loading':
      return <Skeleton screenreaderText={t('Checking the cluster…')} />;
    case 'absent':
      return <MtvAbsent />;
    case 'failed':
      return (
        <FailureAlert title={t("MTV's settings cannot be shown")} text={failureText(t, forkliftControllers.failure)} />
      );
    case 'loaded': {
      const controller = workingController(forkliftControllers.items);
      return controller ? (
        <Present controller={controller} live={live} />
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

interface PresentProps {
  readonly controller: ForkliftController;
  readonly live: LiveJob | undefined;
}

/** What is there comes first; the form follows where there is nothing, or on request. While something is under way, nothing else is asked for. */
const Present = ({ controller, live }: PresentProps) => {
  const t = useTranslate();
  const { providers: watched } = useProviders();
  const { isOpen, open, close } = useFormOpen();
  const providers = watched.state === 'loaded' ? watched.items : [];
  const uses = usesOf(controller, providers);
  const vsphere = vsphereOf(providers);
  const isWithout = uses.length === 0 && vsphere.length > 0 && vsphere.every(isWithoutVddk);
  const hasAny = uses.length > 0 || isWithout;
  const release = releaseOf(controller);
  const canChange = !release && (live === undefined || live.at === 'done');
  if (!hasAny && watched.state === 'loading') return <Skeleton screenreaderText={t('Checking the cluster…')} />;
  return (
    <>
      {hasAny && (
        <OnDemand
          load={loadImageCards}
          props={{
            controller,
            uses,
            providers: vsphere,
            canChange,
            isFormOpen: isOpen,
            openForm: open,
            closeForm: close,
          }}
        />
      )}
      {release && (
        <Content component="p">
          <ManagedByValues release={release} />
        </Content>
      )}
      {!release && !live && <LatestBuild controller={controller} />}
      {canChange && (isOpen || !hasAny) && (
        <OnDemand load={loadVddkForm} props={{ controller, onClose: hasAny ? close : undefined }} next={loadUpload} />
      )}
    </>
  );
};

/** The build that began last, whoever began it, and whether it goes on. */
const useLastBuild = (job: Job): { readonly build: Build | undefined; readonly isGoingOn: boolean } => {
  const builds = useBuilds();
  const build = builds.state === 'loaded' ? latestOf(builds.items) : undefined;
  return { build, isGoingOn: build !== undefined && isLive(build, job) };
};

/** The build that began last, unless this tab has told of it. What this tab did not begin, the cluster tells. */
const LatestBuild = ({ controller }: { readonly controller: ForkliftController }) => {
  const job = useJob();
  const { build, isGoingOn } = useLastBuild(job);
  const { wishes } = useProviderWishes();
  const isTold = job.at === 'stopped' && (job.during === 'upload' || job.during === 'build');
  return build && (isGoingOn || !isTold) ? (
    <OnDemand load={loadLastBuild} props={{ build, controller, providers: wishes }} />
  ) : null;
};
