import type { KindId, ObjectOf } from './kinds';
import { apiVersionOf, kinds } from './kinds';
import type { KubeObject, Metadata } from './objects';

/** One operation of RFC 6902, as the API server takes it. `test` guards against a concurrent change. */
export type PatchOperation =
  | { readonly op: 'add' | 'replace' | 'test'; readonly path: string; readonly value: unknown }
  | { readonly op: 'remove'; readonly path: string };

/** A change still to be made. A list of these is what we preview, dry-run, apply, export and undo. */
export type Change =
  | { readonly verb: 'create'; readonly kind: KindId; readonly object: KubeObject }
  | {
      readonly verb: 'patch';
      readonly kind: KindId;
      readonly namespace?: string;
      readonly name: string;
      readonly operations: readonly PatchOperation[];
    }
  | {
      readonly verb: 'delete';
      readonly kind: KindId;
      readonly namespace?: string;
      readonly name: string;
      /** Deletes this very object, never a successor of the same name. */
      readonly uid: string;
    };

/** A creation, with `apiVersion` and `kind` filled in from the table of kinds. */
export const create = <K extends KindId>(kind: K, object: ObjectOf[K]): Change => ({
  verb: 'create',
  kind,
  object: { apiVersion: apiVersionOf(kinds[kind]), kind: kinds[kind].kind, ...object },
});

/** A change of this object as it was looked at: a conflict when somebody has changed it since. */
export const patchOf = (kind: KindId, { metadata }: KubeObject, operations: readonly PatchOperation[]): Change => {
  const { name, namespace, resourceVersion } = metadata;
  return {
    verb: 'patch',
    kind,
    name,
    ...(namespace !== undefined && { namespace }),
    operations: [{ op: 'test', path: '/metadata/resourceVersion', value: resourceVersion }, ...operations],
  };
};

/** The deletion of this very object; none when it is on its way already and only a finalizer keeps it. */
export const deletionOf = (kind: KindId, { metadata }: KubeObject): readonly Change[] => {
  const { name, namespace, uid = '', deletionTimestamp } = metadata;
  if (deletionTimestamp !== undefined) return [];
  return [{ verb: 'delete', kind, name, ...(namespace !== undefined && { namespace }), uid }];
};

export interface Target {
  readonly kind: KindId;
  readonly name: string;
  readonly namespace?: string;
}

/** A change without its content, which may be a password: what is shown and remembered of it. */
export interface ChangeName extends Target {
  readonly verb: Change['verb'];
}

/** Which object a change is about. */
export const targetOf = (change: Change): Target => {
  const { name, namespace } = change.verb === 'create' ? change.object.metadata : change;
  return { kind: change.kind, name, ...(namespace !== undefined && { namespace }) };
};

/** What is done to which object. */
export const nameOfChange = (change: Change): ChangeName => ({ verb: change.verb, ...targetOf(change) });

/** A stable key of a change: the same object and verb have the same key in every pass. */
export const keyOf = ({ verb, kind, name, namespace = '' }: ChangeName): string =>
  `${verb} ${kind} ${namespace}/${name}`;

/** One segment of a JSON pointer, escaped (RFC 6901). */
export const pointerSegment = (segment: string): string => segment.replace(/~/g, '~0').replace(/\//g, '~1');

/** Sets annotations, also where there are none yet. */
export const annotate = (
  { annotations }: Metadata,
  added: Readonly<Record<string, string>>,
): readonly PatchOperation[] =>
  annotations
    ? Object.entries(added).map(([key, value]) => ({
        op: 'add',
        path: `/metadata/annotations/${pointerSegment(key)}`,
        value,
      }))
    : [{ op: 'add', path: '/metadata/annotations', value: added }];
