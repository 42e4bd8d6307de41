import { evictionNeeds, planEviction } from '../../domain/operators/eviction-strategy';
import { differencesOf } from '../../domain/operators/lvm-cluster';
import type { LvmDifference } from '../../domain/operators/lvm-cluster';
import { operators, operatorIds } from '../../domain/operators/operator';
import type { Operator, OperatorId } from '../../domain/operators/operator';
import { operatorTexts } from '../../domain/operators/operator-texts';
import { operandNeeds, operandProblemText, planOperand } from '../../domain/operators/plan-operand';
import type { OperandWish } from '../../domain/operators/plan-operand';
import { operatorNeeds, operatorProblemText, planOperator } from '../../domain/operators/plan-operator';
import { findInstallation } from '../../domain/operators/installation';
import type { InstallationSeen } from '../../domain/operators/installation';
import { readOperator } from '../../domain/operators/read-operator';
import type { LvmCluster } from '../../domain/platform-objects';
import { registryTexts } from '../../domain/storage/read-registry';
import { planRegistry, registryNeeds, registryProblemText } from '../../domain/storage/plan-registry';
import { plainEnglish } from '../../domain/translate';
import type { Wishes } from '../../domain/wishes';
import { beforeOperator, findOperator } from './find-operator';
import { carryOut, failed, outcomeOf, waiting } from './task';
import { settled } from './settled';
import type { Outcome, Task, World } from './task';
import { ensureVirtDefault } from './virt-default';

const t = plainEnglish;

/** The parts of docs/hooks.md, in the order in which they are made. */
export const ensureParts: readonly string[] = [
  'operators',
  ...operatorIds.map((id) => `operator/${id}`),
  'operands',
  ...operatorIds.map((id) => `operand/${id}`),
  'virt-default-class',
  'registry',
  'eviction-strategy',
];

/** A task for everything that is wished and asked for. `only` empty: everything. */
export const ensureTasks = (world: World, wishes: Wishes, only: readonly string[]): readonly Task[] => {
  const isAsked = (...names: readonly string[]) => only.length === 0 || names.some((name) => only.includes(name));
  const { operands, virtDefault, registry, evictionStrategy } = wishes;
  const task = (name: string, attempt: () => Promise<Outcome>, ...after: readonly string[]): Task => ({
    name,
    attempt,
    after,
  });
  return [
    ...operatorIds
      .filter((id) => isAsked('operators', `operator/${id}`) && wishes.operators[id].mode !== 'skip')
      .map((id) => task(`operator/${id}`, () => ensureOperator(world, wishes, id))),
    ...operatorIds.flatMap((id) => {
      const wish = operands[id];
      return wish && isAsked('operands', `operand/${id}`)
        ? [task(`operand/${id}`, () => ensureOperand(world, wishes, wish))]
        : [];
    }),
    ...(virtDefault && isAsked('virt-default-class')
      ? [task('virt-default-class', ensureVirtDefault(world, virtDefault))]
      : []),
    ...(registry && isAsked('registry')
      ? [
          task(
            'registry',
            settled(world, {
              needs: registryNeeds(registry.claim),
              plan: planRegistry(registry),
              refused: (problem) => (problem === 'RegistryByHand' ? failed : waiting)(registryProblemText(t, problem)),
              text: ({ config }) =>
                config?.spec?.storage?.emptyDir
                  ? `it is switched on. ${registryTexts.RegistryEphemeral(t, {})} That is left as it is.`
                  : 'the registry is switched on and has storage.',
            }),
            // Its claim may get the class that is marked there.
            ...(registry.storageClass === undefined ? ['virt-default-class'] : []),
          ),
        ]
      : []),
    ...(evictionStrategy && isAsked('eviction-strategy')
      ? [
          task(
            'eviction-strategy',
            settled(world, {
              needs: evictionNeeds,
              plan: planEviction(evictionStrategy),
              refused: () => waiting('There is no HyperConverged yet.'),
              text: `it is ${evictionStrategy}.`,
            }),
          ),
        ]
      : []),
  ];
};

const ensureOperator = async (world: World, wishes: Wishes, id: OperatorId): Promise<Outcome> => {
  const operator = operators[id];
  const wish = wishes.operators[id];
  const found = await findOperator(world.cluster, id, wish.namespace);
  if (!found.ok) return outcomeOf(found.error);
  const { home } = found.value;
  return carryOut(
    { ...world, cluster: beforeOperator(world.cluster, id) },
    {
      needs: operatorNeeds(id, home),
      plan: planOperator(operator, wish, home),
      refused: (problem) => failed(operatorProblemText(t, problem)),
      text: (seen) => installerText(operator, seen),
    },
  );
};

/** Where an operator comes from, once nothing is left to be done about it. What others have installed is adopted, and that is said. */
const installerText = (operator: Operator, seen: InstallationSeen): string => {
  const [subscription] = findInstallation(operator, seen).subscriptions;
  if (subscription) {
    const { metadata, spec } = subscription;
    const where = `its Subscription is in project ${metadata.namespace ?? ''}`;
    return spec?.name === operator.package
      ? `${where}.`
      : `${where}, for package ${spec?.name ?? ''}. It is used as it is.`;
  }
  const { state, reason, params } = readOperator(operator, seen, true);
  return state === 'absent'
    ? `${operator.name} is left to others to install.`
    : `${operatorTexts[reason](t, params)} It is used as it is.`;
};

const ensureOperand = async (world: World, wishes: Wishes, wish: OperandWish): Promise<Outcome> => {
  const { id } = wish;
  const operator = operators[id];
  const found = await findOperator(world.cluster, id, wishes.operators[id].namespace);
  if (!found.ok) return outcomeOf(found.error);
  const { home, state: operatorState } = found.value;
  // Its API may be left over from an earlier one: an operand that nothing runs helps nobody.
  if (operatorState.state === 'absent') return waiting(operatorTexts[operatorState.reason](t, operatorState.params));
  const outcome = await carryOut(world, {
    needs: operandNeeds(id),
    plan: planOperand(wish, home),
    refused: (problem) => failed(operandProblemText(t, problem)),
    text: ({ operands }) =>
      wish.id === 'lvms' ? lvmText(operands as readonly LvmCluster[], wish) : `${operator.name} has its own resource.`,
  });
  if (outcome.state !== 'waiting') return outcome;
  // Without its operator nothing can come of it: that is the better explanation.
  return operatorState.state === 'ready'
    ? outcome
    : waiting(operatorTexts[operatorState.reason](t, operatorState.params));
};

const differenceTexts: Readonly<Record<LvmDifference, string>> = {
  deviceClass: 'it has no such device class',
  thinPool: 'its thin pool, which cannot be changed',
  fstype: 'its file system, which cannot be changed',
  nodeSelector: 'its nodes, which cannot be changed',
  devicesNeverNamed: 'its disks, which cannot be named later because none were named at its creation',
  devices: 'its disks',
  tolerations: 'the taints that its pods bear (tolerations)',
};

const lvmText = (operands: readonly LvmCluster[], wish: Extract<OperandWish, { id: 'lvms' }>): string => {
  const [cluster] = operands;
  const differences = cluster ? differencesOf(cluster, wish.lvm) : [];
  return differences.length === 0
    ? 'there is an LVMCluster.'
    : `there is an LVMCluster, which is left as it is. It differs from the wishes in: ${differences.map((each) => differenceTexts[each]).join('; ')}.`;
};
