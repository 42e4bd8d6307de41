import type { Cluster, Many, One } from '../../domain/cluster';
import type { ClusterFailure } from '../../domain/failure';
import type { KindId, ObjectOf } from '../../domain/kinds';
import type { Result } from '../../domain/result';
import { ok } from '../../domain/result';

/** A cluster in which there is nothing of a kind that it does not know: of every kind, or of those named. */
export const withoutAbsentKinds = (cluster: Cluster, ...only: readonly KindId[]): Cluster => {
  const orElse = <T>(kind: KindId, answer: Result<T, ClusterFailure>, nothing: T): Result<T, ClusterFailure> =>
    !answer.ok && answer.error.code === 'KindAbsent' && (only.length === 0 || only.includes(kind))
      ? ok(nothing)
      : answer;
  return {
    ...cluster,
    get: async <K extends KindId>(one: One<K>) => orElse(one.kind, await cluster.get(one), undefined),
    list: async <K extends KindId>(many: Many<K>) =>
      orElse<readonly ObjectOf[K][]>(many.list, await cluster.list(many), []),
  };
};
