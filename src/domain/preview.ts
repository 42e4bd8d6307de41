import type { Change } from './change';
import { keyOf } from './change';
import type { Cluster, Needs } from './cluster';
import type { Convergence } from './converge';
import { observe } from './converge';
import type { ClusterFailure } from './failure';
import type { KubeObject } from './objects';
import type { Result } from './result';
import { err, ok } from './result';

/** A planned change, with the object as the server would store it, or why the server would refuse. Secret values are masked. */
export interface PreviewedChange {
  readonly key: string;
  readonly change: Change;
  readonly outcome: Result<KubeObject, ClusterFailure>;
}

export type PreviewFailure<P> =
  { readonly code: 'Refused'; readonly problem: P } | { readonly code: 'ReadFailed'; readonly failure: ClusterFailure };

const mask = '••••••••';

/** The object with every value of a Secret masked, keys kept; other kinds are returned as they are, without server noise. */
export const redact = (object: KubeObject): KubeObject => {
  const copy: Record<string, unknown> = { ...object, metadata: withoutNoise(object.metadata) };
  if (object.kind === 'Secret') {
    for (const field of ['data', 'stringData'] as const) {
      const values = copy[field];
      if (values !== undefined && values !== null) {
        copy[field] = Object.fromEntries(Object.keys(values).map((key) => [key, mask]));
      }
    }
  }
  return copy as unknown as KubeObject;
};

const withoutNoise = (metadata: KubeObject['metadata']): KubeObject['metadata'] => {
  const noise = ['managedFields', 'uid', 'resourceVersion', 'generation', 'creationTimestamp'];
  const quiet = Object.entries(metadata).filter(([field]) => !noise.includes(field));
  return Object.fromEntries(quiet) as unknown as KubeObject['metadata'];
};

/** What `converge` would do first, each change tried on the server without storing anything. */
export const preview = async <N extends Needs, P>({
  cluster,
  needs,
  plan,
}: Pick<Convergence<N, P>, 'needs' | 'plan'> & { readonly cluster: Cluster }): Promise<
  Result<readonly PreviewedChange[], PreviewFailure<P>>
> => {
  const seen = await observe(cluster, needs);
  if (!seen.ok) return err({ code: 'ReadFailed', failure: seen.error });
  const planned = plan(seen.value);
  if (!planned.ok) return err({ code: 'Refused', problem: planned.error });
  return ok(
    await Promise.all(
      planned.value.map(async (change) => {
        const outcome = await cluster.apply(change, { dryRun: true });
        return { key: keyOf(change), change: masked(change), outcome: outcome.ok ? ok(redact(outcome.value)) : outcome };
      }),
    ),
  );
};

const masked = (change: Change): Change => {
  if (change.verb === 'create') return { ...change, object: redact(change.object) };
  if (change.verb === 'patch' && change.kind === 'secrets') {
    return {
      ...change,
      operations: change.operations.map((operation) =>
        /^\/(data|stringData)/.test(operation.path) && 'value' in operation ? { ...operation, value: mask } : operation,
      ),
    };
  }
  return change;
};
