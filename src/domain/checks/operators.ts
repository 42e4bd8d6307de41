import { workingController } from '../forklift-controller';
import { operatorTexts } from '../operators/operator-texts';
import { operatorIds, operators } from '../operators/operator';
import type { OperatorId } from '../operators/operator';
import { operandTexts, readOperand } from '../operators/read-operand';
import type { OperandSeen, OperandState } from '../operators/read-operand';
import { readSubscription } from '../operators/read-subscription';
import { readVirtDefault } from '../storage/virt-default';
import type { Check, Judgement } from './check';
import { blocked, defineCheck, ready, waiting } from './check';
import type { OperatorReason } from '../operators/operator-texts';
import type { OperandReason } from '../operators/read-operand';
import type { ObjectOf } from '../kinds';

type Reason = OperatorReason | OperandReason | 'StorageElsewhere';

type Seen = {
  readonly [K in
    | 'subscriptions'
    | 'lvmClusters'
    | 'forkliftControllers'
    | 'nmStates'
    | 'hyperConvergeds'
    | 'daemonSets'
    | 'deployments'
    | 'storageClasses']?: readonly ObjectOf[K][];
};

/** What tells of each operand. */
const operandOf = (id: OperatorId, seen: Seen): OperandSeen => {
  switch (id) {
    case 'lvms':
      return { id, operand: seen.lvmClusters?.[0] };
    case 'mtv':
      return { id, operand: workingController(seen.forkliftControllers ?? []) };
    case 'cnv':
      return { id, operand: seen.hyperConvergeds?.[0] };
    case 'nmstate': {
      const named = <T extends { metadata: { name: string } }>(objects: readonly T[] = [], name: string) =>
        objects.find(({ metadata }) => metadata.name === name);
      const { nmStates, daemonSets, deployments } = seen;
      const [handler, webhook] = [named(daemonSets, 'nmstate-handler'), named(deployments, 'nmstate-webhook')];
      return { id, operand: nmStates?.[0], handler, webhook };
    }
  }
};

const ofOperand = ({ state, reason, params }: OperandState): Judgement<Reason> => {
  switch (state) {
    case 'ready':
      return ready(reason, params);
    case 'preparing':
      return waiting(reason, params);
    case 'absent':
    case 'failed':
      return blocked(reason, params);
  }
};

/**
 * The operand tells best: it works, however its operator came here. Without one the Subscription tells how far the installation is.
 * CSVs are not looked at: OLM copies them into every project, which is too much to watch in a browser.
 */
const judgeOperator = (id: OperatorId, seen: Seen): Judgement<Reason> => {
  const operator = operators[id];
  const operand = readOperand(operator.name, operandOf(id, seen));
  if (operand.state !== 'absent') return ofOperand(operand);
  const subscribed = readSubscription(operator, seen.subscriptions ?? []);
  switch (subscribed.state) {
    case 'installed':
      return ofOperand(operand);
    case 'installing':
    case 'ready':
      return waiting(subscribed.reason, subscribed.params);
    case 'failed':
      return blocked(subscribed.reason, subscribed.params);
    case 'absent': {
      const storage = id === 'lvms' ? readVirtDefault(seen.storageClasses ?? []).used : undefined;
      return storage === undefined
        ? blocked(subscribed.reason, subscribed.params)
        : ready('StorageElsewhere', { ...subscribed.params, name: storage });
    }
  }
};

const lookedAt = {
  lvms: ['subscriptions', 'lvmClusters', 'storageClasses'],
  mtv: ['subscriptions', 'forkliftControllers'],
  nmstate: ['subscriptions', 'nmStates', 'daemonSets', 'deployments'],
  cnv: ['subscriptions', 'hyperConvergeds'],
} as const satisfies Record<OperatorId, readonly (keyof Seen)[]>;

const operatorCheck = (id: OperatorId): Check => {
  const needs: readonly (keyof Seen)[] = lookedAt[id];
  return defineCheck({
    id: `operator-${id}`,
    title: () => operators[id].name,
    step: 'prerequisites',
    needs,
    // Without its CRD there is no operand, and without OLM no Subscription.
    optional: needs,
    judge: (seen) => judgeOperator(id, seen),
    reasons: {
      ...operatorTexts,
      ...operandTexts,
      StorageElsewhere: (t, params) => t('{{operator}} is not installed, and not needed: {{name}} provides storage.', params),
    },
  });
};

/** Each operator with its operand. */
export const operatorChecks: readonly Check[] = operatorIds.map(operatorCheck);
