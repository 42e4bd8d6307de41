import { pointerSegments } from './change';
import type { PatchOperation } from './change';
import { isRecord } from './json';
import type { Result } from './result';
import { err, ok } from './result';

/** Applies RFC 6902 as far as `PatchOperation` goes, as the API server does: a `test` of an absent path passes only for null. */
export const applyPatch = (document: unknown, operations: readonly PatchOperation[]): Result<unknown, string> => {
  const copy: unknown = JSON.parse(JSON.stringify(document));
  for (const operation of operations) {
    const segments = [...pointerSegments(operation.path)];
    const last = segments.pop() ?? '';
    const parent = segments.reduce<unknown>((node, segment) => childOf(node, segment), copy);
    if (!isContainer(parent)) return err(`add operation does not apply: doc is missing path: "${operation.path}"`);
    const present = childOf(parent, last);
    switch (operation.op) {
      case 'test':
        if (JSON.stringify(present ?? null) !== JSON.stringify(operation.value))
          return err(`testing value ${operation.path} failed`);
        break;
      case 'remove':
        if (present === undefined)
          return err(`remove operation does not apply: Unable to remove nonexistent key: ${last}`);
        removeFrom(parent, last);
        break;
      case 'replace':
        if (present === undefined)
          return err(`replace operation does not apply: doc is missing key: ${operation.path}`);
        putInto(parent, last, operation.value, false);
        break;
      case 'add':
        putInto(parent, last, operation.value, true);
    }
  }
  return ok(copy);
};

type Container = unknown[] | Record<string, unknown>;

const isContainer = (node: unknown): node is Container => typeof node === 'object' && node !== null;

const childOf = (node: unknown, segment: string): unknown =>
  Array.isArray(node) ? (node as unknown[])[Number(segment)] : isRecord(node) ? node[segment] : undefined;

const removeFrom = (parent: Container, key: string): void => {
  if (Array.isArray(parent)) parent.splice(Number(key), 1);
  else Reflect.deleteProperty(parent, key);
};

const putInto = (parent: Container, key: string, value: unknown, insert: boolean): void => {
  if (!Array.isArray(parent)) parent[key] = value;
  else if (key === '-') parent.push(value);
  else parent.splice(Number(key), insert ? 0 : 1, value);
};
