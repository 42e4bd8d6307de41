import type { Cluster } from '../../domain/cluster';
import type { ClusterFailure } from '../../domain/failure';
import { workingController } from '../../domain/forklift-controller';
import type { Build } from '../../domain/objects';
import { found, missed, open, patience, poll } from '../../domain/patience';
import { readBuild } from '../../domain/vddk/build-status';
import type { BuildReading } from '../../domain/vddk/build-status';
import { buildName } from '../../domain/vddk/plan-build';
import { readRollout } from '../../domain/vddk/rollout';
import type { Rollout } from '../../domain/vddk/rollout';

/** How following a build ended. `Gone`: somebody deleted it. `NoDigest`: built, but the cluster does not say which image it is. */
export type BuildEnd =
  | { readonly code: 'Built'; readonly image: string }
  | { readonly code: 'Ended'; readonly reading: Extract<BuildReading, { state: 'failed' | 'cancelled' }> }
  | { readonly code: 'Gone' | 'NoDigest' }
  | { readonly code: 'Lost'; readonly failure: ClusterFailure };

/** Looks at a build until it is over; `Lost` when nobody can look at it any more. */
export const followBuild = (cluster: Cluster, project: string, name: string): Promise<BuildEnd> =>
  poll<BuildEnd>(cluster, patience.progress, async () => {
    const seen = await cluster.get({ kind: 'builds', name, namespace: project });
    if (!seen.ok) {
      const lost = { code: 'Lost', failure: seen.error } as const;
      // A right may be gone for a moment only, while roles are changed; a session does not come back by itself.
      return seen.error.code === 'SessionExpired' ? found(lost) : missed(lost);
    }
    if (!seen.value) return found({ code: 'Gone' });
    const reading = readBuild(seen.value);
    if (reading.state === 'failed' || reading.state === 'cancelled') return found({ code: 'Ended', reading });
    if (reading.state !== 'complete') return open;
    const image = reading.image ?? (await tagged(cluster, seen.value));
    return image === undefined ? missed({ code: 'NoDigest' }) : found({ code: 'Built', image });
  });

const tagged = async (cluster: Cluster, build: Build): Promise<string | undefined> => {
  const { namespace = '' } = build.metadata;
  const stream = await cluster.get({ kind: 'imageStreams', name: buildName, namespace });
  const reading = readBuild(build, stream.ok ? stream.value : undefined);
  return reading.state === 'complete' ? reading.image : undefined;
};

/**
 * Waits until MTV's operator has worked the change in. It takes a moment to begin and has no observedGeneration, so it must have
 * been busy, or at rest for a while, before its rest counts. Answers `busy` when nobody can tell.
 */
export const followRollout = (cluster: Cluster, namespace: string): Promise<Rollout> => {
  let restful = 0;
  let wasBusy = false;
  return poll<Rollout>(cluster, patience.progress, async () => {
    const listed = await cluster.list({ list: 'forkliftControllers', namespace });
    const controller = listed.ok ? workingController(listed.value) : undefined;
    if (!controller) return missed('busy');
    const rollout = readRollout(controller);
    wasBusy ||= rollout === 'busy';
    restful = rollout === 'busy' ? 0 : restful + 1;
    return rollout !== 'busy' && (wasBusy || restful >= patience.progress.misses) ? found(rollout) : open;
  });
};
