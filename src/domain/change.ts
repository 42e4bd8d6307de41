import type { KindId, ObjectOf } from './kinds';
import { apiVersionOf, kinds } from './kinds';
import type { KubeObject, Metadata } from './objects';
import type { Text } from './translate';

/** One operation of RFC 6902, as the API server takes it. `test` guards against a concurrent change. */
export type PatchOperation =
  | { readonly op: 'add' | 'replace' | 'test'; readonly path: string; readonly value: unknown }
  | { readonly op: 'remove'; readonly path: string };

/** One write, as a request to the API server carries it. */
export type Write =
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

/** A write still to be made, and why: a sentence for people, on which nothing is ever decided. A list of these is a plan. */
export type Change = Write & { readonly why: Text };

/** A write that is part of a plan. */
export const because = (why: Text, write: Write): Change => ({ ...write, why });

/** A creation, with `apiVersion` and `kind` filled in from the table of kinds. */
export const create = <K extends KindId>(kind: K, object: ObjectOf[K]): Write => ({
  verb: 'create',
  kind,
  object: { apiVersion: apiVersionOf(kinds[kind]), kind: kinds[kind].kind, ...object },
});

/** A change of this object as it was looked at: a conflict when somebody has changed it since. */
export const patchOf = (kind: KindId, { metadata }: KubeObject, operations: readonly PatchOperation[]): Write => {
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
export const deletionOf = (kind: KindId, { metadata }: KubeObject): readonly Write[] => {
  const { name, namespace, uid = '', deletionTimestamp } = metadata;
  if (deletionTimestamp !== undefined) return [];
  return [{ verb: 'delete', kind, name, ...(namespace !== undefined && { namespace }), uid }];
};

/** Which object: its kind, its name and, unless it belongs to the cluster, its project. */
export interface Target {
  readonly kind: KindId;
  readonly name: string;
  readonly namespace?: string;
}

/** A change without its content, which may be a password: what is shown and remembered of it. */
export interface ChangeName extends Target {
  readonly verb: Write['verb'];
}

/** Which object a write is about. */
export const targetOf = (write: Write): Target => {
  const { name, namespace } = write.verb === 'create' ? write.object.metadata : write;
  return { kind: write.kind, name, ...(namespace !== undefined && { namespace }) };
};

/** What is done to which object. */
export const nameOfChange = (write: Write): ChangeName => ({ verb: write.verb, ...targetOf(write) });

/** A stable key of a change: the same object and verb have the same key in every pass. */
export const keyOf = ({ verb, kind, name, namespace = '' }: ChangeName): string =>
  `${verb} ${kind} ${namespace}/${name}`;

/** One segment of a JSON pointer, escaped (RFC 6901). */
export const pointerSegment = (segment: string): string => segment.replace(/~/g, '~0').replace(/\//g, '~1');

/** The segments of a JSON pointer, as the names that they are. */
export const pointerSegments = (pointer: string): readonly string[] =>
  pointer
    .split('/')
    .slice(1)
    .map((segment) => segment.replace(/~1/g, '/').replace(/~0/g, '~'));

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
