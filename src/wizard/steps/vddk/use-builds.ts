import type { Watched } from '../../../domain/watched';
import type { Build } from '../../../domain/objects';
import { ownSelector } from '../../../domain/ownership';
import { isOver, readBuild } from '../../../domain/vddk/build-status';
import type { BuildReading } from '../../../domain/vddk/build-status';
import { buildName } from '../../../domain/vddk/plan-build';
import type { Job } from '../../../work/build-image/build-job';
import { useImageProject } from '../../parts/use-address';
import { useServices } from '../../ServicesContext';
import { useMtvProject } from '../../MtvProjectContext';
import { useWidest } from '../../use-facts';

/** Our builds, in the whole cluster or where the user may look. OpenShift gives a build the labels of its BuildConfig. */
export const useBuilds = (): Watched<Build> => {
  const [project] = useImageProject();
  const { name: mtv } = useMtvProject();
  const namespace = project === '' ? mtv : project;
  return useWidest({ list: 'builds', labelSelector: `${ownSelector},buildconfig=${buildName}` }, namespace);
};

/** Whether a build goes on. One that was cancelled with its upload may still look alive for a moment. */
export const isLive = (build: Build, job: Job): boolean =>
  !isOver(build) && !(job.at === 'stopped' && job.failure.code === 'Cancelled');

/** How a build stands. Its ImageStream is looked at only when the build does not know its digest. */
export const useReading = (build: Build | undefined): BuildReading | undefined => {
  const { useWatch } = useServices();
  const alone = build && readBuild(build);
  const lacksDigest = alone?.state === 'complete' && alone.image === undefined;
  const streams = useWatch(
    lacksDigest ? { kind: 'imageStreams', name: buildName, namespace: build?.metadata.namespace ?? '' } : undefined,
  );
  return build && lacksDigest && streams.state === 'loaded' ? readBuild(build, streams.items[0]) : alone;
};
