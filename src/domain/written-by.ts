import { isRecord } from './json';
import type { Metadata } from './objects';

/**
 * Who wrote a field last, by the names under which they write (Kubernetes' managed fields); empty if the server keeps no record.
 * `pointer` is a JSON pointer to the field.
 */
export const writersOf = ({ managedFields = [] }: Metadata, pointer: string): readonly string[] => {
  const steps = pointer
    .split('/')
    .slice(1)
    .map((step) => `f:${step.replace(/~1/g, '/').replace(/~0/g, '~')}`);
  const holds = (fields: unknown): boolean =>
    steps.reduce<unknown>((at, step) => (isRecord(at) ? at[step] : undefined), fields) !== undefined;
  return managedFields
    .filter(({ fieldsV1 }) => holds(fieldsV1))
    .flatMap(({ manager = '' }) => (manager === '' ? [] : [manager]));
};
