import type { Cluster } from '../../../domain/cluster';
import { useServices } from '../../ServicesContext';
import { createBuildJob } from '../../../work/build-image/build-job';
import type { BuildJob } from '../../../work/build-image/build-job';
import { jobOf } from './use-job';

/** One for each job. */
const controls = new WeakMap<Cluster, BuildJob>();

/** How to begin and end what this tab does about an image on a cluster. */
export const controlOf = (cluster: Cluster): BuildJob => {
  const { job, suggestion } = jobOf(cluster);
  const control = controls.get(cluster) ?? createBuildJob(cluster, job, suggestion);
  controls.set(cluster, control);
  return control;
};

/** How to begin and end what this tab does about an image. */
export const useBuildJob = (): BuildJob => controlOf(useServices().cluster);
