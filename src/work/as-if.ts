import type { Write } from '../domain/change';
import { targetOf } from '../domain/change';
import type { Cluster, Many, One } from '../domain/cluster';
import { applyPatch } from '../domain/json-patch';
import type { KindId, ObjectOf } from '../domain/kinds';
import type { KubeObject } from '../domain/objects';
import type { PersistentVolume } from '../domain/platform-objects';
import { ok } from '../domain/result';

/**
 * A cluster that is asked about every write by a dry run, carries none out, and is then read as if those that it accepts had been: so that plans
 * which follow from one another can be made without writing. What would be created is there as the API server answers it; a list by labels leaves it out.
 */
export const asIf = (cluster: Cluster): Cluster => {
  const written: Write[] = [];
  const made: { readonly kind: KindId; readonly object: KubeObject }[] = [];
  const madeOf = <K extends KindId>(kind: K) =>
    made.flatMap((each) => (each.kind === kind ? [each.object as ObjectOf[K]] : []));
  const present = <K extends KindId>(kind: K, object: ObjectOf[K]): readonly ObjectOf[K][] => {
    const { name, namespace } = object.metadata;
    return written.reduce<readonly ObjectOf[K][]>(
      (objects, write) => {
        const target = targetOf(write);
        if (target.kind !== kind || target.name !== name || target.namespace !== namespace) return objects;
        if (write.verb === 'delete') return [];
        if (write.verb === 'create') return objects;
        return objects.map((each) => {
          const patched = applyPatch(each, write.operations);
          return patched.ok ? (patched.value as ObjectOf[K]) : each;
        });
      },
      [object],
    );
  };
  return {
    ...cluster,
    get: async <K extends KindId>(one: One<K>) => {
      const answer = await cluster.get(one);
      if (!answer.ok) return answer;
      const object =
        answer.value ??
        madeOf(one.kind).find(
          ({ metadata }: KubeObject) => metadata.name === one.name && metadata.namespace === one.namespace,
        );
      return ok(object && present(one.kind, object)[0]);
    },
    list: async <K extends KindId>(many: Many<K>) => {
      const answer = await cluster.list(many);
      if (!answer.ok) return answer;
      const more = madeOf(many.list).filter(
        ({ metadata }: KubeObject) => many.namespace === undefined || metadata.namespace === many.namespace,
      );
      const all = [...answer.value, ...(many.labelSelector === undefined ? more : [])];
      return ok(
        all
          .flatMap((object) => present(many.list, object))
          .filter((object) => !goesAlong(written, object as PersistentVolume)),
      );
    },
    apply: async (write) => {
      const tried = await cluster.apply(write, { dryRun: true });
      if (tried.ok) written.push(write);
      if (tried.ok && write.verb === 'create') made.push({ kind: write.kind, object: tried.value });
      return tried;
    },
  };
};

/** Whether an object is a volume that its provisioner deletes with a claim that would be deleted. */
const goesAlong = (written: readonly Write[], { spec }: PersistentVolume): boolean => {
  const claim = spec?.persistentVolumeReclaimPolicy === 'Delete' ? spec.claimRef?.uid : undefined;
  return (
    claim !== undefined &&
    written.some((write) => write.verb === 'delete' && write.kind === 'persistentVolumeClaims' && write.uid === claim)
  );
};
