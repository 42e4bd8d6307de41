import type { PatchOperation } from '../change';
import { because } from '../change';
import type { Needs, Seen } from '../cluster';
import type { Plan } from '../converge';
import { ok } from '../result';
import type { Text } from '../translate';
import { isOver } from './build-status';

/** What `planCancel` looks at. */
export const cancelNeeds = (project: string, name: string) =>
  ({ build: { kind: 'builds', name, namespace: project } }) as const satisfies Needs;

/**
 * Marks a build as cancelled, as `oc cancel-build` does; the build controller then ends its pod. One that is over stays as it is. The mark
 * is for this very build, whatever the controller writes of it meanwhile; on one that ended meanwhile it changes nothing
 * (openshift/openshift-controller-manager, pkg/build/controller/build/build_controller.go, handleBuild).
 */
export const planCancel = ({ build }: Seen<ReturnType<typeof cancelNeeds>>): Plan<never> => {
  if (!build || isOver(build)) return ok([]);
  const { uid, name, namespace = '' } = build.metadata;
  const operations: readonly PatchOperation[] = [
    { op: 'test', path: '/metadata/uid', value: uid },
    { op: 'add', path: '/status/cancelled', value: true },
  ];
  const why: Text = (t) => t('You cancelled this build.');
  return ok([because(why, { verb: 'patch', kind: 'builds', name, namespace, operations })]);
};
