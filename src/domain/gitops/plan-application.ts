import type { PatchOperation } from '../change';
import { because, create, patchOf, pointerSegment } from '../change';
import type { Needs, Seen } from '../cluster';
import type { Plan } from '../converge';
import { contains } from '../json';
import type { Application } from '../platform-objects';
import { owned } from '../ownership';
import { ok } from '../result';
import type { Text } from '../translate';

/** What the planner looks at. */
export const applicationNeeds = (name: string, namespace: string) =>
  ({ present: { kind: 'applications', name, namespace } }) as const satisfies Needs;

/** Creates an Application, or sets the parts of its spec that differ; parts that others added stay. */
export const planApplication =
  (wanted: Application) =>
  ({ present }: Seen<ReturnType<typeof applicationNeeds>>): Plan<never> => {
    if (!present) {
      const creation = create('applications', { ...wanted, metadata: owned(wanted.metadata) });
      return ok([because((t) => t('The file asks for this Application, and there is none.'), creation)]);
    }
    const differing = Object.entries(wanted.spec ?? {}).filter(([key, value]) => !contains(present.spec?.[key], value));
    if (differing.length === 0) return ok([]);
    const operations = differing.map(([key, value]): PatchOperation => ({
      op: 'add',
      path: `/spec/${pointerSegment(key)}`,
      value,
    }));
    const why: Text = (t) => t('Parts of its spec differ from the file.');
    return ok([because(why, patchOf('applications', present, operations))]);
  };
