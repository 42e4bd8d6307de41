import type { Result } from './result';
import { err, ok } from './result';

/** Reads JSON that others wrote. The one `catch` of the domain: JavaScript has no parser that answers instead of throwing. */
export const parseJson = (text: string): Result<unknown, 'NotJson'> => {
  try {
    return ok(JSON.parse(text) as unknown);
  } catch {
    return err('NotJson');
  }
};

/** A JSON object, as opposed to a list, a scalar or null. */
export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Whether `present` says at least what `wanted` says: the same scalars, lists as long, and objects that may have more fields. */
export const contains = (present: unknown, wanted: unknown): boolean => {
  if (Array.isArray(wanted)) {
    return (
      Array.isArray(present) &&
      present.length === wanted.length &&
      wanted.every((each, at) => contains(present[at], each))
    );
  }
  return isRecord(wanted)
    ? isRecord(present) && Object.entries(wanted).every(([key, value]) => contains(present[key], value))
    : present === wanted;
};
