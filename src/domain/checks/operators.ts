import { workingController } from '../forklift-controller';
import type { InstallationSeen } from '../operators/installation';
import { operatorTexts } from '../operators/operator-texts';
import { operatorIds, operators } from '../operators/operator';
import type { OperatorId } from '../operators/operator';
import { operandTexts, readOperand } from '../operators/read-operand';
import type { OperandSeen } from '../operators/read-operand';
import { readOperator } from '../operators/read-operator';
import { readVirtDefault } from '../storage/virt-default';
import type { Check, Judgement } from './check';
import { blocked, defineCheck, ready, unknown, waiting, warning } from './check';
import type { OperatorReason } from '../operators/operator-texts';
import type { OperandReason } from '../operators/read-operand';
import type { Need, SeenOf } from './need';
import { forkliftControllers } from './mtv-needs';
import { installers, nmstateHome } from './operator-needs';

type Reason = OperatorReason | OperandReason | 'StorageElsewhere';

/** What the check of each operator looks at. Without its CRD there is no operand. */
const needs = {
  lvms: {
    ...installers,
    lvmClusters: { list: 'lvmClusters', optional: true },
    storageClasses: { list: 'storageClasses' },
  },
  mtv: { ...installers, forkliftControllers: { ...forkliftControllers, optional: true } },
  nmstate: {
    ...installers,
    nmStates: { list: 'nmStates', optional: true },
    handler: { kind: 'daemonSets', name: 'nmstate-handler', place: nmstateHome },
    webhook: { kind: 'deployments', name: 'nmstate-webhook', place: nmstateHome },
  },
  cnv: { ...installers, hyperConvergeds: { list: 'hyperConvergeds', optional: true } },
} as const satisfies Record<OperatorId, Readonly<Record<string, Need>>>;

type Seen = Partial<SeenOf<(typeof needs)['lvms']>> &
  Partial<SeenOf<(typeof needs)['mtv']>> &
  Partial<SeenOf<(typeof needs)['nmstate']>> &
  Partial<SeenOf<(typeof needs)['cnv']>>;

/** What tells of each operand. */
const operandOf = (id: OperatorId, seen: Seen): OperandSeen => {
  switch (id) {
    case 'lvms':
      return { id, operand: seen.lvmClusters?.[0] };
    case 'mtv':
      return { id, operand: workingController(seen.forkliftControllers ?? []) };
    case 'cnv':
      return { id, operand: seen.hyperConvergeds?.[0] };
    case 'nmstate':
      return { id, operand: seen.nmStates?.[0], handler: seen.handler, webhook: seen.webhook };
  }
};

/**
 * The operand tells best, as long as it is known what runs it. One that works is usable whatever is wrong with its operator, which is then
 * said. An operand that nothing runs may have said long ago what it says.
 */
const judgeOperator = (id: OperatorId, seen: Seen, isServed: boolean): Judgement<Reason> => {
  const operator = operators[id];
  const operand = readOperand(operator.name, operandOf(id, seen));
  const { state, reason, params } = readOperator(operator, installationIn(id, seen), isServed);
  if (operand.state !== 'absent') {
    if (operand.state === 'ready' && reason !== 'Installed' && reason !== 'InstalledByExtension') {
      return state === 'unknown' ? unknown(reason, params) : warning(reason, params);
    }
    if (state === 'blocked') return blocked(reason, params);
    return state === 'unknown' && operand.state === 'waiting' ? unknown(reason, params) : operand;
  }
  switch (state) {
    case 'ready':
      return operand;
    case 'waiting':
    case 'unknown':
      return waiting(reason, params);
    case 'blocked':
      return blocked(reason, params);
    case 'absent': {
      const storage = id === 'lvms' ? readVirtDefault(seen.storageClasses ?? []).used : undefined;
      return storage === undefined ? blocked(reason, params) : ready('StorageElsewhere', { ...params, name: storage });
    }
  }
};

const installationIn = (id: OperatorId, seen: Seen): InstallationSeen => ({
  subscriptions: seen.subscriptions ?? [],
  clusterExtensions: seen.clusterExtensions ?? [],
  csvs: seen.clusterServiceVersions ?? [],
  groups: seen.operatorGroups ?? [],
  operands: seen[operators[id].operand.kind] ?? [],
});

const operatorCheck = (id: OperatorId): Check => {
  const looksAt: Readonly<Record<string, Need>> = needs[id];
  return defineCheck({
    id: `operator-${id}`,
    title: () => operators[id].name,
    step: 'prerequisites',
    needs: looksAt,
    judge: (seen, isServed) => judgeOperator(id, seen as Seen, isServed(operators[id].operand.kind)),
    reasons: {
      ...operatorTexts,
      ...operandTexts,
      StorageElsewhere: (t, params) =>
        t('{{operator}} is not installed, and not needed: {{name}} provides storage.', params),
    },
  });
};

/** Each operator with its operand. */
export const operatorChecks: readonly Check[] = operatorIds.map(operatorCheck);
