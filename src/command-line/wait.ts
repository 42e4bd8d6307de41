import type { Cluster, Needs } from '../domain/cluster';
import { isEstablished } from '../domain/conditions';
import { observe } from '../domain/converge';
import { operatorIds, operators } from '../domain/operators/operator';
import type { OperatorId } from '../domain/operators/operator';
import { operatorTexts } from '../domain/operators/operator-texts';
import type { KubeObject } from '../domain/objects';
import { operandNeeds, operandsOf } from '../domain/operators/plan-operand';
import { operandTexts, readOperand } from '../domain/operators/read-operand';
import type { OperandSeen } from '../domain/operators/read-operand';
import { readRegistry, registryTexts } from '../domain/storage/read-registry';
import { classesNamed } from '../domain/storage/plan-virt-default';
import { readVirtDefault, virtDefaultTexts } from '../domain/storage/virt-default';
import { ok } from '../domain/result';
import { isUsable } from '../domain/reading';
import { plainEnglish } from '../domain/translate';
import type { Wishes } from '../domain/wishes';
import { findOperator } from '../work/prepare/find-operator';
import { waitForPlugin } from './plugin';
import { done, failed, outcomeOf, waiting } from '../work/prepare/task';
import type { Outcome, Task } from '../work/prepare/task';

const t = plainEnglish;

type Wait = (cluster: Cluster) => Promise<Outcome>;

/** A target of docs/hooks.md as tasks; `undefined`: there is no such target. */
export const waitTasks = (
  target: string,
  wishes: Wishes | undefined,
): ((cluster: Cluster) => readonly Task[]) | undefined => {
  const waits = waitsFor(target, wishes);
  return waits && ((cluster) => waits.map(([name, wait]) => ({ name, attempt: () => wait(cluster) })));
};

const waitsFor = (
  target: string,
  wishes: Wishes | undefined,
): readonly (readonly [name: string, wait: Wait])[] | undefined => {
  const [, kind = '', name = ''] = /^([^/]*)\/?(.*)$/.exec(target) ?? [];
  const one = (wait: Wait | undefined) => wait && ([[target, wait]] as const);
  const id = operatorIds.find((each) => each === name);
  const trustOf = (each: OperatorId): Trust => ({
    namespace: wishes?.operators[each].namespace,
    isAdopted: wishes?.operators[each].mode === 'adopt',
  });
  const isAsked = {
    operators: (each: OperatorId) => wishes?.operators[each].mode !== 'skip',
    operands: (each: OperatorId) => wishes?.operands[each],
  };
  switch (kind) {
    case 'operators':
    case 'operands':
      if (!wishes || name !== '') return undefined;
      return operatorIds
        .filter(isAsked[kind])
        .flatMap((each) => waitsFor(`${kind.slice(0, -1)}/${each}`, wishes) ?? []);
    case 'operator':
      return one(id && ((cluster) => waitForOperator(cluster, id, trustOf(id), false)));
    case 'csv':
      return one(id && ((cluster) => waitForOperator(cluster, id, trustOf(id), true)));
    case 'operand':
      return one(id && ((cluster) => waitForOperand(cluster, id, trustOf(id))));
    case 'virt-default-class':
      return one(name === '' ? (cluster) => waitForVirtDefault(cluster, wishes) : undefined);
    case 'registry':
      return one(name === '' ? waitForRegistry : undefined);
    default: {
      const wait = named[kind];
      return one(wait && name !== '' ? (cluster) => wait(cluster, name) : undefined);
    }
  }
};

/** What the wishes say of an operator: where it may be, and whether to use one although nothing tells what runs it. */
interface Trust {
  readonly namespace: string | undefined;
  readonly isAdopted: boolean;
}

const waitForOperator = async (
  cluster: Cluster,
  id: OperatorId,
  { namespace, isAdopted }: Trust,
  csvIsEnough: boolean,
): Promise<Outcome> => {
  const looked = await findOperator(cluster, id, namespace);
  if (!looked.ok) return outcomeOf(looked.error);
  const { state, reason, params } = looked.value.state;
  const text = operatorTexts[reason](t, params);
  if (state === 'ready' || (csvIsEnough && reason === 'CrdMissing')) return done(text);
  if (state === 'unknown' && isAdopted) return done(`${text} It is used as it is.`);
  return state === 'blocked' || state === 'unknown' ? failed(text) : waiting(text);
};

/** An operator tries again by itself: its failure is told, and may pass. */
const waitForOperand = async (cluster: Cluster, id: OperatorId, { namespace, isAdopted }: Trust): Promise<Outcome> => {
  const operator = operators[id];
  const found = await findOperator(cluster, id, namespace);
  if (!found.ok) return outcomeOf(found.error);
  const { home, state: installed } = found.value;
  if (installed.state === 'unknown' && !isAdopted) return failed(operatorTexts[installed.reason](t, installed.params));
  const seen = await observe(cluster, operandNeeds(id));
  if (!seen.ok) {
    return seen.error.code === 'KindAbsent'
      ? waiting(operatorTexts[installed.reason](t, installed.params))
      : outcomeOf(seen.error);
  }
  const rollout = id === 'nmstate' ? await observe(cluster, rolloutNeeds(home)) : ok({});
  if (!rollout.ok) return outcomeOf(rollout.error);
  const operandSeen = {
    id,
    operand: operandsOf<KubeObject>(operator, home, seen.value.operands)[0],
    ...rollout.value,
  } as OperandSeen;
  const { state, reason, params } = readOperand(operator.name, operandSeen);
  const text = operandTexts[reason](t, params);
  return state === 'ready' ? done(text) : waiting(text);
};

/** What NMState rolls out; it tells before 4.21. */
const rolloutNeeds = (namespace: string) =>
  ({
    handler: { kind: 'daemonSets', name: 'nmstate-handler', namespace },
    webhook: { kind: 'deployments', name: 'nmstate-webhook', namespace },
  }) as const satisfies Needs;

const waitForCrd = async (cluster: Cluster, name: string): Promise<Outcome> => {
  const crd = await cluster.get({ kind: 'customResourceDefinitions', name });
  if (!crd.ok) return outcomeOf(crd.error);
  const established = isEstablished(crd.value);
  return established
    ? done('it is Established.')
    : waiting(crd.value ? 'It is not Established yet.' : 'It is not there yet.');
};

const waitForClass = async (cluster: Cluster, name: string): Promise<Outcome> => {
  const found = await cluster.get({ kind: 'storageClasses', name });
  if (!found.ok) return outcomeOf(found.error);
  return found.value ? done('it is there.') : waiting(`There is no storage class ${name} yet.`);
};

const waitForVirtDefault = async (cluster: Cluster, wishes: Wishes | undefined): Promise<Outcome> => {
  const classes = await cluster.list({ list: 'storageClasses' });
  if (!classes.ok) return outcomeOf(classes.error);
  const { reason, params, used } = readVirtDefault(classes.value);
  const text = virtDefaultTexts[reason](t, params);
  const { virtDefault } = wishes ?? {};
  // With several the wished one may be the one that is used; nobody says so of a class that is used for want of a mark.
  const isMarked = reason === 'VirtDefaultSet' || (virtDefault && reason === 'SeveralVirtDefaults');
  if (!isMarked) return waiting(text);
  const { className = used ?? '' } = virtDefault ?? {};
  const isWanted = classesNamed(className, classes.value).some(({ metadata }) => metadata.name === used);
  return isWanted ? done(text) : waiting(`${text} It should be ${className}.`);
};

const waitForRegistry = async (cluster: Cluster): Promise<Outcome> => {
  const seen = await observe(cluster, {
    config: { kind: 'imageRegistryConfigs', name: 'cluster' },
    image: { kind: 'imageConfigs', name: 'cluster' },
  });
  if (!seen.ok) return outcomeOf(seen.error);
  const { state, reason, params } = readRegistry(seen.value.config, seen.value.image);
  const text = registryTexts[reason](t, params);
  return isUsable(state) ? done(text) : waiting(text);
};

/** Targets that are one object of a name. */
const named: Readonly<Record<string, ((cluster: Cluster, name: string) => Promise<Outcome>) | undefined>> = {
  crd: waitForCrd,
  'storage-class': waitForClass,
  plugin: waitForPlugin,
};
