import table from '../../sandbox/recorded/crd-fields.json';
import type { KindId } from '../domain/kinds';
import { kinds } from '../domain/kinds';
import type { KubeObject } from '../domain/objects';

/** What a published definition says of one field; `open` keeps fields that it does not declare. */
interface Field {
  readonly type: string;
  readonly values?: readonly string[];
  readonly required?: boolean;
  readonly open?: boolean;
}

type Fields = Readonly<Record<string, Field>>;

/** The fields of a kind in the table of published ones (sandbox/recorded/README.md); `undefined`: the kind is not in it. */
export const publishedFieldsOf = (kind: KindId): Fields | undefined => {
  const { plural, group } = kinds[kind];
  return (table as Readonly<Record<string, { readonly fields: Fields } | undefined>>)[`${plural}.${group}`]?.fields;
};

/**
 * What MTV's and HyperConverged's published definitions have against an object's `spec`, in the API server's words for strict
 * decoding and for validation; empty when nothing, and for kinds that are not in the table.
 */
export const unpublished = (kind: KindId, object: KubeObject): readonly string[] => {
  const fields = publishedFieldsOf(kind);
  const { spec }: KubeObject & { readonly spec?: unknown } = object;
  return fields === undefined || spec === undefined ? [] : problemsAt(fields, 'spec', spec);
};

const problemsAt = (fields: Fields, path: string, value: unknown): readonly string[] => {
  const field = fields[path];
  if (!field) return [`unknown field "${path}"`];
  if (!hasType(value, field.type)) return [`${path}: Invalid value: must be of type ${field.type}`];
  if (field.values && !field.values.includes(value as string))
    return [`${path}: Unsupported value: ${JSON.stringify(value)}`];
  if (Array.isArray(value)) return value.flatMap((each) => problemsAt(fields, `${path}[]`, each));
  if (typeof value !== 'object' || value === null) return [];
  const missing = Object.entries(fields)
    .filter(([key, { required }]) => required && key.startsWith(`${path}.`) && !(key.slice(path.length + 1) in value))
    .filter(([key]) => !/[.[]/.test(key.slice(path.length + 1)))
    .map(([key]) => `${key}: Required value`);
  const deeper = Object.entries(value).flatMap(([key, each]) => {
    const declared = [`${path}.${key}`, `${path}.*`].find((candidate) => candidate in fields);
    if (declared === undefined && field.open) return [];
    return each === undefined ? [] : problemsAt(fields, declared ?? `${path}.${key}`, each);
  });
  return [...missing, ...deeper];
};

const hasType = (value: unknown, type: string): boolean => {
  if (type === 'array') return Array.isArray(value);
  if (type === 'object') return typeof value === 'object' && value !== null && !Array.isArray(value);
  if (type === 'integer') return Number.isInteger(value);
  if (type === 'integer or string') return Number.isInteger(value) || typeof value === 'string';
  return typeof value === type;
};
