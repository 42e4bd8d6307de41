import type { Cluster } from '../../../domain/cluster';
import type { ClusterFailure } from '../../../domain/failure';
import { workingController } from '../../../domain/forklift-controller';
import type { Build } from '../../../domain/objects';
import { readBuild } from '../../../domain/vddk/build-status';
import type { BuildReading } from '../../../domain/vddk/build-status';
import { buildName } from '../../../domain/vddk/plan-build';
import { readRollout } from '../../../domain/vddk/rollout';
import type { Rollout } from '../../../domain/vddk/rollout';

/** How following a build ended. `Gone`: somebody deleted it. `NoDigest`: built, but the cluster does not say which image it is. */
export type BuildEnd =
  | { readonly code: 'Built'; readonly image: string }
  | { readonly code: 'Ended'; readonly reading: Extract<BuildReading, { state: 'failed' | 'cancelled' }> }
  | { readonly code: 'Gone' | 'NoDigest' }
  | { readonly code: 'Lost'; readonly failure: ClusterFailure };

const pollEvery = 2000;
const enough = 5;

/** Looks again and again until there is something to say. */
const poll = async <T>(cluster: Cluster, look: () => Promise<T | undefined>): Promise<T> => {
  for (;;) {
    const answer = await look();
    if (answer !== undefined) return answer;
    await cluster.pause(pollEvery);
  }
};

/** Looks at a build until it is over. A request that fails now and then does not matter. */
export const followBuild = (cluster: Cluster, project: string, name: string): Promise<BuildEnd> => {
  let failures = 0;
  let withoutDigest = 0;
  return poll<BuildEnd>(cluster, async () => {
    const seen = await cluster.get({ kind: 'builds', name, namespace: project });
    if (!seen.ok) {
      failures += 1;
      // A right may be gone for a moment only, while roles are changed; a session does not come back by itself.
      return seen.error.code === 'SessionExpired' || failures >= enough
        ? { code: 'Lost', failure: seen.error }
        : undefined;
    }
    failures = 0;
    if (!seen.value) return { code: 'Gone' };
    const reading = readBuild(seen.value);
    if (reading.state === 'failed' || reading.state === 'cancelled') return { code: 'Ended', reading };
    if (reading.state !== 'complete') return undefined;
    const image = reading.image ?? (await tagged(cluster, seen.value));
    if (image !== undefined) return { code: 'Built', image };
    withoutDigest += 1;
    return withoutDigest >= enough ? { code: 'NoDigest' } : undefined;
  });
};

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
  let failures = 0;
  let restful = 0;
  let wasBusy = false;
  return poll<Rollout>(cluster, async () => {
    const listed = await cluster.list({ list: 'forkliftControllers', namespace });
    const controller = listed.ok ? workingController(listed.value) : undefined;
    if (!controller) {
      failures += 1;
      return failures >= enough ? 'busy' : undefined;
    }
    const rollout = readRollout(controller);
    if (rollout === 'busy') {
      wasBusy = true;
      restful = 0;
      return undefined;
    }
    restful += 1;
    return wasBusy || restful >= enough ? rollout : undefined;
  });
};
