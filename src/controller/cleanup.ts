import type { Cluster, Many, Needs, One, Seen } from '../domain/cluster';
import type { Plan } from '../domain/converge';
import type { ClusterFailure } from '../domain/failure';
import type { KindId, ObjectOf } from '../domain/kinds';
import type { KubeObject } from '../domain/objects';
import { evictionNeeds, planEvictionUndo } from '../domain/operators/eviction-strategy';
import { operatorIds, operators, subscriptionsOf } from '../domain/operators/operator';
import type { OperatorId } from '../domain/operators/operator';
import {
  planOperandRemoval,
  planOperatorRemoval,
  planProjectRemoval,
  projectNeeds,
  removalNeeds,
  removalProblemText,
} from '../domain/operators/plan-removal';
import { isOurs, ownSelector } from '../domain/ownership';
import { planReportRemoval, reportNeeds } from '../domain/report';
import type { Result } from '../domain/result';
import { ok } from '../domain/result';
import { planRegistryUndo, registryUndoNeeds } from '../domain/storage/plan-registry';
import { planVirtDefaultUndo, virtDefaultNeeds } from '../domain/storage/plan-virt-default';
import { plainEnglish } from '../domain/translate';
import { findOperator } from './find-operator';
import { disablePlugin } from './plugin';
import { carryOut, done, outcomeOf, waiting } from './task';
import type { Outcome, Task, World } from './task';

/** What an uninstall takes back when it is not told more. */
export const cleanupDefault = ['plugin', 'report', 'virt-default-class', 'eviction-strategy'] as const;
export const cleanupParts = [...cleanupDefault, 'registry', 'operands', 'operators', 'namespaces'] as const;

export interface CleanupNames {
  readonly plugin: string;
  readonly report: string;
  readonly namespace: string;
}

/** A kind whose CRD is gone has no objects: there is nothing to clean up. */
const withoutAbsentKinds = (cluster: Cluster): Cluster => {
  const orElse = <T>(answer: Result<T, ClusterFailure>, nothing: T): Result<T, ClusterFailure> =>
    !answer.ok && answer.error.code === 'KindAbsent' ? ok(nothing) : answer;
  return {
    ...cluster,
    get: async <K extends KindId>(one: One<K>) => orElse(await cluster.get(one), undefined),
    list: async <K extends KindId>(many: Many<K>) => orElse<readonly ObjectOf[K][]>(await cluster.list(many), []),
  };
};

/** A task for each part asked for. Nothing is touched that `ensure` did not make. */
export const cleanupTasks = (given: World, only: readonly string[], names: CleanupNames): readonly Task[] => {
  const world: World = { ...given, cluster: withoutAbsentKinds(given.cluster) };
  const { namespace } = names;
  const simple = <N extends Needs, P>(name: string, needs: N, plan: (seen: Seen<N>) => Plan<P>, refused: Outcome, text: string): Task => ({
    name,
    attempt: () => carryOut(world, { needs, plan, refused: () => refused, text }),
  });
  const nothing = done('');
  const byPart: Readonly<Record<(typeof cleanupParts)[number], () => readonly Task[]>> = {
    plugin: () => [{ ...disablePlugin(world, names.plugin), name: 'plugin' }],
    report: () => [simple('report', reportNeeds(names.report, namespace), planReportRemoval, nothing, 'there is none of ours.')],
    'virt-default-class': () => [simple('virt-default-class', virtDefaultNeeds, planVirtDefaultUndo, nothing, 'nothing of ours is left.')],
    'eviction-strategy': () => [simple('eviction-strategy', evictionNeeds, planEvictionUndo, nothing, 'nothing of ours is left.')],
    registry: () => [{ name: 'registry', attempt: () => removeRegistry(world) }],
    operands: () => operatorIds.map((id) => ({ name: `operand/${id}`, after: ['registry'], attempt: () => removeOperand(world, id) })),
    operators: () => operatorIds.map((id) => ({ name: `operator/${id}`, after: ['registry', `operand/${id}`], attempt: () => removeOperator(world, id) })),
    namespaces: () => [{ name: 'namespaces', after: operatorIds.map((id) => `operator/${id}`), attempt: () => removeProjects(world) }],
  };
  return cleanupParts.filter((part) => only.includes(part)).flatMap((part) => byPart[part]());
};

const removeRegistry = (world: World): Promise<Outcome> =>
  carryOut(world, {
    needs: registryUndoNeeds,
    plan: planRegistryUndo,
    refused: () => done('it is kept, because there are images in it.'),
    // Its volume keeps LVM Storage until it is gone.
    text: ({ claims }) => (claims.some(isBeingDeleted) ? waiting('Its claim is being deleted.') : 'nothing of ours is left.'),
  });

const isBeingDeleted = (object: KubeObject): boolean => isOurs(object) && object.metadata.deletionTimestamp !== undefined;

type Removal = typeof planOperandRemoval;

/** Removes one thing of an operator. What holds work of people stays; what is only still going is waited for. */
const removing =
  (plan: Removal, text: (seen: Parameters<ReturnType<Removal>>[0], id: OperatorId) => string | Outcome) =>
  async (world: World, id: OperatorId): Promise<Outcome> => {
    const found = await findOperator(world.cluster, id, undefined);
    if (!found.ok) return outcomeOf(found.error);
    return carryOut(world, {
      needs: removalNeeds(id, found.value.home),
      plan: plan(id),
      refused: (problem) => (problem.code === 'HoldsWorkload' ? done : waiting)(removalProblemText(plainEnglish, problem)),
      text: (seen) => text(seen, id),
    });
  };

const removeOperand = removing(planOperandRemoval, ({ operands }) =>
  operands.length === 0 ? 'it is gone.' : operands.some(isOurs) ? waiting('It is being deleted.') : 'somebody else made it.',
);

const removeOperator = removing(planOperatorRemoval, ({ subscriptions }, id) =>
  subscriptionsOf(operators[id], subscriptions).length > 0 ? 'somebody else installed it.' : 'it is gone.',
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
