import type { Needs, Seen } from '../domain/cluster';
import type { Plan } from '../domain/converge';
import type { KubeObject } from '../domain/objects';
import { evictionNeeds, planEvictionUndo } from '../domain/operators/eviction-strategy';
import { operatorIds, operators } from '../domain/operators/operator';
import type { OperatorId } from '../domain/operators/operator';
import {
  planOperandRemoval,
  planOperatorRemoval,
  planProjectRemoval,
  projectNeeds,
  removalNeeds,
  removalProblemText,
} from '../domain/operators/plan-removal';
import { readOperator } from '../domain/operators/read-operator';
import { isOurs, ownSelector } from '../domain/ownership';
import { planReleaseGone, releaseGoneNeeds } from '../domain/plan-undeclared';
import { planReportRemoval, reportNeeds } from '../domain/report';
import { isStopping, planStop, stopNeeds } from '../domain/stop-controller';
import { planRegistryUndo, registryUndoNeeds } from '../domain/storage/plan-registry';
import { planVirtDefaultUndo, virtDefaultNeeds } from '../domain/storage/plan-virt-default';
import { plainEnglish } from '../domain/translate';
import { withoutAbsentKinds } from '../work/prepare/absent-kinds';
import { disablePlugin } from './plugin';
import { carryOut, done, outcomeOf, waiting } from '../work/prepare/task';
import type { Outcome, Task, World } from '../work/prepare/task';

/** What an uninstall takes back when it is not told more. */
export const cleanupDefault = ['plugin', 'report', 'virt-default-class', 'eviction-strategy'] as const;
/** Everything that an uninstall can take back. Those beyond the default may hold work of people, so they are asked for by name. */
export const cleanupParts = [
  'controller',
  'declared',
  ...cleanupDefault,
  'registry',
  'operands',
  'operators',
  'namespaces',
] as const;

/** What the objects are called that `ensure` does not name: plugin, report, release, and the project of report and release. */
export interface CleanupNames {
  readonly plugin: string;
  readonly report: string;
  readonly release: string;
  readonly namespace: string;
}

/** A task for each part asked for. Nothing is touched that `ensure` did not make. */
export const cleanupTasks = (given: World, only: readonly string[], names: CleanupNames): readonly Task[] => {
  // A kind whose CRD is gone has no objects: there is nothing to clean up.
  const world: World = { ...given, cluster: withoutAbsentKinds(given.cluster) };
  const { namespace } = names;
  const release = { namespace, name: names.release };
  const simple = <N extends Needs, P>(
    name: string,
    needs: N,
    plan: (seen: Seen<N>) => Plan<P>,
    refused: Outcome,
    text: string,
  ): Task => ({
    name,
    attempt: () => carryOut(world, { needs, plan, refused: () => refused, text }),
  });
  const nothing = done('');
  const byPart: Readonly<Record<(typeof cleanupParts)[number], () => readonly Task[]>> = {
    controller: () => [
      {
        name: 'controller',
        attempt: () =>
          carryOut(world, {
            needs: stopNeeds(namespace),
            plan: planStop,
            refused: () => nothing,
            text: (seen) => (isStopping(seen) ? waiting('It is being stopped.') : 'it does not run.'),
          }),
      },
    ],
    declared: () => [
      simple('declared', releaseGoneNeeds(release), planReleaseGone(release), nothing, 'the release holds nothing.'),
    ],
    plugin: () => [{ ...disablePlugin(world, names.plugin), name: 'plugin' }],
    report: () => [
      simple('report', reportNeeds(names.report, namespace), planReportRemoval, nothing, 'there is none of ours.'),
    ],
    'virt-default-class': () => [
      simple('virt-default-class', virtDefaultNeeds, planVirtDefaultUndo, nothing, 'nothing of ours is left.'),
    ],
    'eviction-strategy': () => [
      simple('eviction-strategy', evictionNeeds, planEvictionUndo, nothing, 'nothing of ours is left.'),
    ],
    registry: () => [{ name: 'registry', attempt: () => removeRegistry(world) }],
    operands: () =>
      operatorIds.map((id) => ({
        name: `operand/${id}`,
        after: ['registry'],
        attempt: () => removeOperand(world, id),
      })),
    operators: () =>
      operatorIds.map((id) => ({
        name: `operator/${id}`,
        after: ['registry', `operand/${id}`],
        attempt: () => removeOperator(world, id),
      })),
    namespaces: () => [
      { name: 'namespaces', after: operatorIds.map((id) => `operator/${id}`), attempt: () => removeProjects(world) },
    ],
  };
  return cleanupParts
    .filter((part) => only.includes(part))
    .flatMap((part) => byPart[part]())
    .map((task) => (task.name === 'controller' ? task : { ...task, after: ['controller', ...(task.after ?? [])] }));
};

const removeRegistry = (world: World): Promise<Outcome> =>
  carryOut(world, {
    needs: registryUndoNeeds,
    plan: planRegistryUndo,
    refused: () => done('it is kept, because there are images in it.'),
    // Its volume keeps LVM Storage until it is gone.
    text: ({ claims }) =>
      claims.some(isBeingDeleted) ? waiting('Its claim is being deleted.') : 'nothing of ours is left.',
  });

const isBeingDeleted = (object: KubeObject): boolean =>
  isOurs(object) && object.metadata.deletionTimestamp !== undefined;

type Removal = typeof planOperandRemoval;

/** Removes one thing of an operator. What holds work of people stays; what is only still going is waited for. */
const removing =
  (plan: Removal, text: (seen: Parameters<ReturnType<Removal>>[0], id: OperatorId) => string | Outcome) =>
  (world: World, id: OperatorId): Promise<Outcome> =>
    carryOut(world, {
      needs: removalNeeds(id),
      plan: plan(id),
      refused: (problem) =>
        (problem.code === 'HoldsWorkload' ? done : waiting)(removalProblemText(plainEnglish, problem)),
      text: (seen) => text(seen, id),
    });

const removeOperand = removing(planOperandRemoval, ({ operands }) =>
  operands.length === 0
    ? 'it is gone.'
    : operands.some(isOurs)
      ? waiting('It is being deleted.')
      : 'somebody else made it.',
);

const removeOperator = removing(planOperatorRemoval, (seen, id) =>
  readOperator(operators[id], seen, true).state === 'absent' ? 'it is gone.' : 'somebody else installed it.',
);

const removeProjects = async (world: World): Promise<Outcome> => {
  const projects = await world.cluster.list({ list: 'namespaces', labelSelector: ownSelector });
  if (!projects.ok) return outcomeOf(projects.error);
  const kept: string[] = [];
  for (const { metadata } of projects.value) {
    const outcome = await carryOut(world, {
      needs: projectNeeds(metadata.name),
      plan: planProjectRemoval,
      refused: () => {
        kept.push(metadata.name);
        return done('');
      },
      text: '',
    });
    if (outcome.state !== 'done') return outcome;
  }
  return done(kept.length === 0 ? 'none of ours is left.' : `kept, because they are in use: ${kept.join(', ')}.`);
};
