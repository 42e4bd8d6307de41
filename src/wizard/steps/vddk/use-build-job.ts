import { useSyncExternalStore } from 'react';
import type { Cluster } from '../../../domain/cluster';
import { useServices } from '../../ServicesContext';
import { createBuildJob } from '../../../work/build-image/build-job';
import type { BuildJob, Job } from '../../../work/build-image/build-job';

/** One job for each cluster that this tab talks to, which is one. It stays when the page is left. */
const jobs = new WeakMap<Cluster, BuildJob>();

const jobOf = (cluster: Cluster): BuildJob => {
  const job = jobs.get(cluster) ?? createBuildJob(cluster);
  jobs.set(cluster, job);
  return job;
};

/** What this tab is doing about an archive, and how to begin and end that. */
export const useBuildJob = (): [job: Job, control: BuildJob] => {
  const control = jobOf(useServices().cluster);
  return [useSyncExternalStore(control.subscribe, control.read), control];
};
