import type { Cluster, Many, One } from '../domain/cluster';
import type { ClusterFailure } from '../domain/failure';
import type { KindId, ObjectOf } from '../domain/kinds';
import { kinds } from '../domain/kinds';
import type { Result } from '../domain/result';
import { ok } from '../domain/result';

/**
 * For users who may not list the whole cluster: a list of it becomes what they may see in these projects. `onNarrowed` is told when that
 * happens. Where they may see nothing at all, the refusal stays.
 */
export const withinReach = (cluster: Cluster, projects: readonly string[], onNarrowed: () => void): Cluster => ({
  ...cluster,
  list: async <K extends KindId>(many: Many<K>) => {
    const wide = await cluster.list(many);
    if (wide.ok || wide.error.code !== 'Forbidden' || many.namespace !== undefined || !kinds[many.list].namespaced)
      return wide;
    const narrow = await Promise.all(projects.map((namespace) => cluster.list({ ...many, namespace })));
    const seen = narrow.flatMap((each) => (each.ok ? [each.value] : []));
    const other = narrow.find((each) => !each.ok && each.error.code !== 'Forbidden');
    if (other) return other;
    if (seen.length === 0) return wide;
    onNarrowed();
    return ok(seen.flat() as readonly ObjectOf[K][]);
  },
});

/** For users who may not look at everything: what they may not see is as if it were not there, and `onUnseen` is told of its kind. */
export const withoutForbidden = (cluster: Cluster, onUnseen: (kind: KindId) => void): Cluster => {
  const orElse = <T>(kind: KindId, answer: Result<T, ClusterFailure>, nothing: T): Result<T, ClusterFailure> => {
    if (answer.ok || answer.error.code !== 'Forbidden') return answer;
    onUnseen(kind);
    return ok(nothing);
  };
  return {
    ...cluster,
    get: async <K extends KindId>(one: One<K>) => orElse(one.kind, await cluster.get(one), undefined),
    list: async <K extends KindId>(many: Many<K>) =>
      orElse<readonly ObjectOf[K][]>(many.list, await cluster.list(many), []),
  };
};
