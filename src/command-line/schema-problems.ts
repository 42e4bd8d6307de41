import type { ErrorObject } from 'ajv';
import type { Schema } from './wishes-schema';

/** What a validation in ajv's verbose mode found wrong, each once: where it is, and what would be right. */
export const sentencesOf = (errors: readonly ErrorObject[], content: unknown): readonly string[] => [
  ...new Set(errors.filter(isWhole).map((error) => sentenceOf(error, content))),
];

/** Of a choice, what is wrong with each of its sides says nothing: the words of the choice itself do. */
const isWhole = ({ schemaPath }: ErrorObject): boolean => !/\/(oneOf|anyOf|then)\//.test(schemaPath);

const sentenceOf = ({ keyword, instancePath, params, parentSchema = {} }: ErrorObject, content: unknown): string => {
  const segments = instancePath.split('/').slice(1).map(unescaped);
  if (keyword === 'additionalProperties') {
    const { additionalProperty } = params as { readonly additionalProperty: string };
    const { properties = {} } = parentSchema as Schema;
    return `${pathOf([...segments, additionalProperty], content)} is not a known key. Known keys: ${Object.keys(properties).join(', ')}.`;
  }
  if (keyword === 'required') {
    const { missingProperty } = params as { readonly missingProperty: string };
    return `${pathOf([...segments, missingProperty], content)} is missing.`;
  }
  const path = segments.length === 0 ? 'The file' : pathOf(segments, content);
  return `${path} has a value that is not allowed. Allowed: ${allowedBy(parentSchema as Schema)}.`;
};

/** A segment of a JSON pointer (RFC 6901 §4). */
const unescaped = (segment: string): string => segment.replaceAll('~1', '/').replaceAll('~0', '~');

/** As people write it: `paths[1]`, and in quotes a key that has dots or slashes in it. */
const pathOf = (segments: readonly string[], content: unknown): string => {
  let path = '';
  let at = content;
  for (const segment of segments) {
    const plain = /^[A-Za-z0-9_-]+$/.test(segment) ? segment : `"${segment}"`;
    path += Array.isArray(at) ? `[${segment}]` : path === '' ? plain : `.${plain}`;
    at = (at as Readonly<Record<string, unknown>> | undefined)?.[segment];
  }
  return path;
};

const typeTexts: Readonly<Record<string, string>> = {
  object: 'keys with values',
  array: 'a list',
  string: 'text',
  integer: 'a whole number',
  boolean: 'true or false',
};

const allowedBy = (schema: Schema): string => {
  const { enum: choice, type = [], minimum, maximum } = schema;
  if (schema['x-allowed'] !== undefined) return schema['x-allowed'];
  if (choice) return choice.filter((each) => each !== '').join(', ');
  const types = [type].flat().map((each) => typeTexts[each] ?? each);
  const bounds = [
    minimum === undefined ? '' : ` from ${String(minimum)}`,
    maximum === undefined ? '' : ` to ${String(maximum)}`,
  ];
  return types.join(', ') + bounds.join('');
};
