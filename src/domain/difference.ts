import type { PatchOperation, Write } from './change';
import { pointerSegment } from './change';
import { isRecord } from './json';
import { applyPatch } from './json-patch';
import type { KindId } from './kinds';
import type { KubeObject } from './objects';
import { err } from './result';

/** One value that a write sets, alters or takes away. */
export interface Difference {
  /** Where it is in the object, as a JSON pointer (RFC 6901). */
  readonly path: string;
  /** Left out: there was none. */
  readonly before?: unknown;
  /** Left out: there is none any more. */
  readonly after?: unknown;
}

/** What stands for a value of a Secret, and for one that a write sets. */
const hidden = '(hidden)';
const hiddenAnew = '(hidden, set anew)';

/**
 * What a write changes about the object that is there, value by value; lists are one value. Of a Secret's content only the keys. Names, which the
 * write itself tells, and what only the server sets are left out. Where the object was not seen, what a patch sets is told.
 */
export const differenceOf = (write: Write, present: KubeObject | undefined): readonly Difference[] => {
  const { kind } = write;
  switch (write.verb) {
    case 'create':
      return compare('', {}, shown(kind, write.object, hidden));
    case 'delete':
      return present ? compare('', shown(kind, present, hidden), {}) : [];
    case 'patch': {
      const patched = present ? applyPatch(present, write.operations) : err('NotSeen');
      return present && patched.ok
        ? compare('', shown(kind, present, hidden), shown(kind, patched.value as KubeObject, hiddenAnew))
        : write.operations.filter(({ op }) => op !== 'test').flatMap((operation) => told(kind, operation));
    }
  }
};

/** What an operation sets, of an object that was not seen. */
const told = (kind: KindId, operation: PatchOperation): readonly Difference[] => {
  const { path } = operation;
  if (!('value' in operation)) return [{ path }];
  const isContent = kind === 'secrets' && /^\/(data|stringData)\b/.test(path);
  return [{ path, after: isContent ? hiddenAnew : operation.value }];
};

const serversOwn = ['uid', 'resourceVersion', 'creationTimestamp', 'generation', 'managedFields', 'selfLink'];

/** Holds a copy of the whole object, of a Secret too. */
const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration';

/** An object without its names, without what the server keeps for itself, and without the content of a Secret. `stringData` becomes `data`. */
const shown = (kind: KindId, { metadata, ...object }: KubeObject, anew: string): Readonly<Record<string, unknown>> => {
  const annotations = without(metadata.annotations ?? {}, [lastApplied]);
  const others = without({ ...metadata }, ['name', 'namespace', 'annotations', ...serversOwn]);
  const content = without(object, ['apiVersion', 'kind']);
  return {
    ...unlessEmpty('metadata', { ...others, ...unlessEmpty('annotations', annotations) }),
    ...(kind === 'secrets' ? concealed(content, anew) : content),
  };
};

const unlessEmpty = (key: string, record: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> =>
  Object.keys(record).length === 0 ? {} : { [key]: record };

const without = (
  record: Readonly<Record<string, unknown>>,
  keys: readonly string[],
): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(record).filter(([key]) => !keys.includes(key)));

const concealed = (content: Readonly<Record<string, unknown>>, anew: string): Readonly<Record<string, unknown>> => {
  const { data, stringData, ...rest } = content;
  const masked = (values: unknown, mask: string) =>
    isRecord(values) ? Object.fromEntries(Object.keys(values).map((key) => [key, mask])) : {};
  return { ...rest, data: { ...masked(data, hidden), ...masked(stringData, anew) } };
};

const compare = (path: string, before: unknown, after: unknown): readonly Difference[] => {
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  const [old, next] = [before ?? {}, after ?? {}];
  if (isRecord(old) && isRecord(next)) {
    const keys = [...new Set([...Object.keys(next), ...Object.keys(old)])];
    if (keys.length > 0) return keys.flatMap((key) => compare(`${path}/${pointerSegment(key)}`, old[key], next[key]));
  }
  return [{ path, ...(before !== undefined && { before }), ...(after !== undefined && { after }) }];
};
