import { patchOf } from '../change';
import type { Needs, Seen } from '../cluster';
import type { Plan } from '../converge';
import { ok } from '../result';
import { isOver } from './build-status';

/** What `planCancel` looks at. */
export const cancelNeeds = (project: string, name: string) =>
  ({ build: { kind: 'builds', name, namespace: project } }) as const satisfies Needs;

/** Marks a build as cancelled, as `oc cancel-build` does; the build controller then ends its pod. One that is over stays as it is. */
export const planCancel = ({ build }: Seen<ReturnType<typeof cancelNeeds>>): Plan<never> => {
  if (!build || isOver(build)) return ok([]);
  return ok([patchOf('builds', build, [{ op: 'add', path: '/status/cancelled', value: true }])]);
};
