import { nameOfChange, pointerSegments, targetOf } from './change';
import { changeInProjectText } from './converge-text';
import { differenceOf } from './difference';
import type { Difference } from './difference';
import type { Trial } from './dry-run';
import { isRecord } from './json';
import { apiVersionOf, kinds } from './kinds';
import type { KindId } from './kinds';
import type { KubeObject } from './objects';
import type { Translate } from './translate';
import { yamlComment, yamlOf } from './yaml';

/**
 * A change as a YAML document to hand over, what it does and why as comments. What is created is there in full. Of what is changed there is only what
 * changes, as `kubectl patch --type=merge` takes it. A deletion is only said. A Secret has its keys, without values.
 */
export const changeManifest = (t: Translate, { change, present }: Pick<Trial, 'change' | 'present'>): string => {
  const said = yamlComment(`${changeInProjectText(t, nameOfChange(change))}\n${change.why(t)}`);
  switch (change.verb) {
    case 'create':
      return said + yamlOf(withoutContent(change.kind, change.object));
    case 'patch': {
      const { kind, ...names } = targetOf(change);
      const { metadata = {}, ...changed } = merged(differenceOf(change, present));
      const head = { apiVersion: apiVersionOf(kinds[kind]), kind: kinds[kind].kind };
      const object = { ...head, metadata: { ...names, ...(isRecord(metadata) && metadata) }, ...changed };
      return said + yamlOf(withoutContent(kind, object));
    }
    case 'delete':
      return said;
  }
};

/** An object as it may leave the cluster or the page: of a Secret only which keys it has. */
const withoutContent = (kind: KindId, object: KubeObject): KubeObject => {
  if (kind !== 'secrets') return object;
  const { data, stringData, ...template } = object as KubeObject & {
    readonly data?: unknown;
    readonly stringData?: unknown;
  };
  const keys = [data, stringData].flatMap((values) => (isRecord(values) ? Object.keys(values) : []));
  return { ...template, ...(keys.length > 0 && { stringData: Object.fromEntries(keys.map((key) => [key, ''])) }) };
};

/** The values that differ as a merge patch: `null` takes one away. */
const merged = (differences: readonly Difference[]): Readonly<Record<string, unknown>> => {
  const patch: Record<string, unknown> = {};
  for (const { path, after } of differences) put(patch, pointerSegments(path), after ?? null);
  return patch;
};

const put = (into: Record<string, unknown>, [key = '', ...rest]: readonly string[], value: unknown): void => {
  if (rest.length === 0) {
    into[key] = value;
    return;
  }
  const inner: Record<string, unknown> = { ...(isRecord(into[key]) && into[key]) };
  put(inner, rest, value);
  into[key] = inner;
};
