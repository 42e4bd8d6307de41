import type { PatchOperation } from '../change';
import { create, pointerSegment } from '../change';
import type { Needs, Seen } from '../cluster';
import type { Plan } from '../converge';
import type { Application } from '../platform-objects';
import { owned } from '../ownership';
import { ok } from '../result';

/** What the planner looks at. */
export const applicationNeeds = (name: string, namespace: string) =>
  ({ present: { kind: 'applications', name, namespace } }) as const satisfies Needs;

/** Creates an Application, or sets the parts of its spec that differ; parts that others added stay. */
export const planApplication =
  (wanted: Application) =>
  ({ present }: Seen<ReturnType<typeof applicationNeeds>>): Plan<never> => {
    const { name, namespace } = wanted.metadata;
    if (!present) return ok([create('applications', { ...wanted, metadata: owned(wanted.metadata) })]);
    const differing = Object.entries(wanted.spec ?? {}).filter(([key, value]) => !holds(present.spec?.[key], value));
    if (differing.length === 0) return ok([]);
    const operations: readonly PatchOperation[] = [
      { op: 'test', path: '/metadata/resourceVersion', value: present.metadata.resourceVersion },
      ...differing.map(([key, value]): PatchOperation => ({ op: 'add', path: `/spec/${pointerSegment(key)}`, value })),
    ];
    return ok([{ verb: 'patch', kind: 'applications', name, ...(namespace !== undefined && { namespace }), operations }]);
  };

/** Whether what is there has all that is wanted, whatever else it has. */
const holds = (present: unknown, wanted: unknown): boolean => {
  if (Array.isArray(wanted)) {
    return Array.isArray(present) && present.length === wanted.length && wanted.every((each, i) => holds(present[i], each));
  }
  if (typeof wanted !== 'object' || wanted === null) return present === wanted;
  return Object.entries(wanted).every(([key, value]) => holds((present as Record<string, unknown> | null | undefined)?.[key], value));
};
