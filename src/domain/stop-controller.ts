import { because, patchOf } from './change';
import type { Needs, Seen } from './cluster';
import type { Plan } from './converge';
import { ok } from './result';

/** What the chart calls the controller's Deployment (charts/migration-prep/templates/controller). */
export const controllerName = 'migration-prep-controller';

/** What the planner looks at. */
export const stopNeeds = (namespace: string) =>
  ({ deployment: { kind: 'deployments', name: controllerName, namespace } }) as const satisfies Needs;

type SeenHere = Seen<ReturnType<typeof stopNeeds>>;

/** Stops the controller, which would set again what is taken back. */
export const planStop = ({ deployment }: SeenHere): Plan<never> => {
  const { replicas = 1 } = deployment?.spec ?? {};
  if (!deployment || replicas === 0) return ok([]);
  const stop = patchOf('deployments', deployment, [{ op: 'add', path: '/spec/replicas', value: 0 }]);
  return ok([because((t) => t('The controller would set again what is taken back.'), stop)]);
};

/** Whether a pod of the controller may still be at work. */
export const isStopping = ({ deployment }: SeenHere): boolean =>
  deployment !== undefined &&
  ((deployment.status?.replicas ?? 0) > 0 ||
    (deployment.status?.observedGeneration ?? 0) < (deployment.metadata.generation ?? 0));
