import { useSyncExternalStore } from 'react';
import type { Cluster } from '../../../domain/cluster';
import { createStore } from '../../../domain/store';
import type { Store } from '../../../domain/store';
import type { Job, Suggestion } from '../../../work/build-image/build-job';
import { useServices } from '../../ServicesContext';

/** What this tab does about an image, and what its form says. */
interface KeptJob {
  readonly job: Store<Job>;
  readonly suggestion: Suggestion;
}

/** One job for each cluster that this tab talks to, which is one. It stays when the page is left. */
const jobs = new WeakMap<Cluster, KeptJob>();

/** The job of this tab over a cluster. */
export const jobOf = (cluster: Cluster): KeptJob => {
  const kept = jobs.get(cluster) ?? { job: createStore<Job>({ at: 'none' }), suggestion: { current: undefined } };
  jobs.set(cluster, kept);
  return kept;
};

/** What this tab is doing about an image. What begins and ends it is loaded by those who do (`use-build-job.ts`). */
export const useJob = (): Job => {
  const { job } = jobOf(useServices().cluster);
  return useSyncExternalStore(job.subscribe, job.read);
};
