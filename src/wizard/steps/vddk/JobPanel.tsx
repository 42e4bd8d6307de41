import { Alert, Button, Content } from '@patternfly/react-core';
import type { Build } from '../../../domain/objects';
import { latestOf, numberOf } from '../../../domain/vddk/build-status';
import { buildText } from '../../../domain/vddk/build-text';
import type { Stage } from '../../../domain/vddk/stages';
import { useTranslate } from '../../../parts/use-translate';
import { BuildLog } from './BuildLog';
import type { BuildJob, Job } from '../../../work/build-image/build-job';
import { CancelBuild } from './CancelBuild';
import { Stages } from './Stages';
import { UploadProgressBar } from './UploadProgressBar';
import { useBuilds, useReading } from './use-builds';

/** A job that is under way or done. */
export type LiveJob = Exclude<Job, { at: 'none' | 'stopped' }>;

interface JobPanelProps {
  readonly job: LiveJob;
  readonly control: BuildJob;
}

const stageOf = (job: LiveJob): Stage | 'over' => {
  switch (job.at) {
    case 'preparing':
      return 'prepare';
    case 'uploading':
      return 'upload';
    case 'building':
      return 'build';
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
    case 'setting':
    case 'rolling-out':
    case 'done':
      return undefined;
  }
};

/** What this tab is doing with an archive right now: shown whatever the cluster shows of it, and of MTV. */
export const JobPanel = ({ job, control }: JobPanelProps) => {
  const t = useTranslate();
  const builds = useBuilds();
  const build = buildOf(job, builds.state === 'loaded' ? builds.items : []);
  const reading = useReading(build);
  return (
    <>
      <Stages at={stageOf(job)} />
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
      {job.at === 'done' && (
        <Alert
          isInline
          isLiveRegion
          component="h3"
          variant="success"
          title={t('The image is built, and MTV uses it')}
          actionLinks={
            <Button variant="link" isInline onClick={control.dismiss}>
              {t('Upload another archive')}
            </Button>
          }
        />
      )}
    </>
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
      {reading?.state === 'running' && <BuildLog build={build} />}
      {(reading?.state === 'running' || reading?.state === 'waiting') && <CancelBuild build={build} />}
    </>
  );
};
