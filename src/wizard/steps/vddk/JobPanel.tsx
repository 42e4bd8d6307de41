import { Alert, AlertActionLink, Content } from '@patternfly/react-core';
import { failureText } from '../../../domain/failure';
import type { Build } from '../../../domain/objects';
import { latestOf, numberOf } from '../../../domain/vddk/build-status';
import { buildText } from '../../../domain/vddk/build-text';
import type { Stage } from '../../../domain/vddk/stages';
import { useTranslate } from '../../../parts/use-translate';
import { OnDemand } from '../../parts/OnDemand';
import { Outcome } from '../../parts/Outcome';
import type { BuildJob, Job } from '../../../work/build-image/build-job';
import type { Alone } from '../../../work/build-image/job-wish';
import { CancelBuild } from './CancelBuild';
import { loadBuildLog } from './log-on-demand';
import { Stages } from './Stages';
import { UploadProgressBar } from './UploadProgressBar';
import { useBuildJob } from './use-build-job';
import { useBuilds, useReading } from './use-builds';
import { useFormOpen } from './use-form-open';

/** A job that is under way or done. */
export type LiveJob = Exclude<Job, { at: 'none' | 'stopped' }>;

interface JobPanelProps {
  readonly job: LiveJob;
}

const stageOf = (job: LiveJob): Stage | 'over' => {
  switch (job.at) {
    case 'preparing':
      return 'prepare';
    case 'uploading':
      return 'upload';
    case 'building':
      return 'build';
    case 'waiting':
    case 'setting':
      return 'set';
    case 'rolling-out':
      return 'rollout';
    case 'done':
      return 'over';
  }
};

/** The build that the job is about, as far as the cluster shows it yet. */
const buildOf = (job: LiveJob, builds: readonly Build[]): Build | undefined => {
  switch (job.at) {
    case 'uploading':
      return latestOf(
        builds.filter((build) => build.metadata.namespace === job.project && numberOf(build) > job.after),
      );
    case 'building':
      return builds.find(({ metadata }) => metadata.namespace === job.project && metadata.name === job.build);
    case 'preparing':
    case 'waiting':
    case 'setting':
    case 'rolling-out':
    case 'done':
      return undefined;
  }
};

/** What this tab is doing with an archive right now: shown whatever the cluster shows of it, and of MTV. */
export const JobPanel = ({ job }: JobPanelProps) => {
  const t = useTranslate();
  const control = useBuildJob();
  const builds = useBuilds();
  const build = buildOf(job, builds.state === 'loaded' ? builds.items : []);
  const reading = useReading(build);
  return (
    <>
      {/* What succeeded folds up. */}
      {job.at !== 'done' && (
        <Outcome>
          <Stages at={stageOf(job)} isAlone={'alone' in job} />
        </Outcome>
      )}
      {reading && reading.state !== 'running' && (
        <Content component="p" aria-live="polite">
          {buildText(t, reading)}
        </Content>
      )}
      {job.at === 'uploading' && <UploadProgressBar progress={job.progress} onCancel={control.cancel} />}
      {job.at === 'building' && build && <RunningBuild build={build} />}
      {job.at === 'building' && !build && builds.state !== 'loading' && (
        <Content component="p">
          {t('Build {{name}} continues. The cluster does not show it right now; this page keeps asking.', {
            name: job.build,
          })}
        </Content>
      )}
      {job.at === 'waiting' && (
        <Outcome>
          <Waiting image={job.image} migrations={job.migrations} control={control} />
        </Outcome>
      )}
      {job.at === 'done' && (
        <Outcome>
          <Done image={job.image} alone={job.alone} />
        </Outcome>
      )}
    </>
  );
};

interface WaitingProps {
  readonly image: string;
  readonly migrations: Extract<LiveJob, { at: 'waiting' }>['migrations'];
  readonly control: BuildJob;
}

/** MTV restarts when its image changes: while migrations run, or nobody can see whether any does, the user says when. */
const Waiting = ({ image, migrations, control }: WaitingProps) => {
  const t = useTranslate();
  return (
    <Alert
      isInline
      isLiveRegion
      component="h3"
      variant="warning"
      title={
        migrations.state === 'running'
          ? t('Migrations are running: {{plans}}', { plans: migrations.plans.join(', ') })
          : t('It is not known whether a migration is running')
      }
      actionLinks={
        <>
          <AlertActionLink onClick={control.confirm}>
            {image === '' ? t('Remove the image now') : t('Set the image now')}
          </AlertActionLink>
          <AlertActionLink onClick={control.dismiss}>{t('Leave everything as it is')}</AlertActionLink>
        </>
      }
    >
      {[
        t('MTV restarts when its VDDK image changes, which disturbs migrations that run.'),
        migrations.state === 'running'
          ? t('While this page is open, it waits until they are over, and then continues.')
          : failureText(t, migrations.failure),
      ].join(' ')}
    </Alert>
  );
};

/** What came of it, as far as the image that is shown below does not say so. */
const Done = ({ image, alone }: { readonly image: string; readonly alone: Alone | undefined }) => {
  const t = useTranslate();
  const { open } = useFormOpen();
  if (image === '')
    return (
      <Alert isInline isLiveRegion component="h3" variant="success" title={t('MTV no longer uses a VDDK image')} />
    );
  if (alone) {
    return alone.isSeen === undefined ? null : (
      <Alert
        isInline
        isLiveRegion
        component="h3"
        variant="info"
        title={
          alone.isSeen
            ? t(
                'The image is for amd64 and copies the folder when it starts. The contents of the folder cannot be seen from here. MTV checks them when a plan needs the image.',
              )
            : t(
                'The image was not checked: this cluster has no API for that, or you are not permitted to use it. MTV checks it when a plan needs it.',
              )
        }
      />
    );
  }
  return (
    <Alert
      isInline
      isLiveRegion
      component="h3"
      variant="success"
      title={t('The image is built, and MTV uses it')}
      actionLinks={<AlertActionLink onClick={open}>{t('Upload another archive')}</AlertActionLink>}
    />
  );
};

/** A build that nobody need wait for: it goes on when the page is closed. */
export const RunningBuild = ({ build }: { readonly build: Build }) => {
  const t = useTranslate();
  const reading = useReading(build);
  return (
    <>
      <Content component="p" aria-live="polite">
        {t('Build {{name}} continues if you leave this page.', { name: build.metadata.name })}
      </Content>
      {reading?.state === 'running' && <OnDemand load={loadBuildLog} props={{ build }} />}
      {(reading?.state === 'running' || reading?.state === 'waiting') && <CancelBuild build={build} />}
    </>
  );
};
