import { conditionOf, holding, isTrue } from '../conditions';
import type { WithConditions } from '../conditions';
import type { ForkliftController } from '../objects';
import type { DaemonSet, Deployment, HyperConverged, LvmCluster, NmState } from '../platform-objects';
import type { Params, Reading, Sentences } from '../reading';
import { readRollout } from '../vddk/rollout';

/** What there is to say of an operator's own resource; its sentences are `operandTexts`. */
export type OperandReason = 'OperandMissing' | 'OperandPreparing' | 'OperandFailed' | 'OperandReady';

/** How far an operand is. Operators try again by themselves, so `blocked` may pass. */
export type OperandReading = Reading<OperandReason, 'absent' | 'waiting' | 'ready' | 'blocked'>;

/** An operand with what else tells that it is ready. `undefined`: there is none. */
export type OperandSeen =
  | { readonly id: 'mtv'; readonly operand: ForkliftController | undefined }
  | { readonly id: 'cnv'; readonly operand: HyperConverged | undefined }
  | { readonly id: 'lvms'; readonly operand: LvmCluster | undefined }
  | {
      readonly id: 'nmstate';
      readonly operand: NmState | undefined;
      readonly handler: DaemonSet | undefined;
      readonly webhook: Deployment | undefined;
    };

/** What an operand says of itself, and why. */
type Said = readonly [state: 'waiting' | 'ready' | 'blocked', message?: string | undefined];

/** Readiness by the signs of each operator (docs/facts/platform.md §1). */
export const readOperand = (name: string, seen: OperandSeen): OperandReading => {
  const params = (message = ''): Params => ({ operator: name, message });
  if (!seen.operand) return { state: 'absent', reason: 'OperandMissing', params: params() };
  const [state, message] = saidBy(seen);
  const reason = { waiting: 'OperandPreparing', ready: 'OperandReady', blocked: 'OperandFailed' } as const;
  return { state, reason: reason[state], params: params(message) };
};

const saidBy = (seen: OperandSeen): Said => {
  switch (seen.id) {
    case 'mtv':
      return ofForklift(seen.operand ?? noObject);
    case 'cnv':
      return ofHyperConverged(seen.operand?.status);
    case 'lvms':
      return ofLvmCluster(seen.operand ?? noObject);
    case 'nmstate':
      return ofNmState(seen.operand?.status, seen.handler, seen.webhook);
  }
};

const noObject = { metadata: { name: '' } };

const ofForklift = (controller: ForkliftController): Said => {
  const rollout = readRollout(controller);
  if (rollout === 'idle') return ['ready'];
  return rollout === 'failed' ? ['blocked', holding(controller.status, 'Failure')?.message] : ['waiting'];
};

const ofHyperConverged = (status: WithConditions | undefined): Said => {
  const degraded = holding(status, 'Degraded');
  if (degraded) return ['blocked', degraded.message];
  const isReady = isTrue(status, 'Available') && isTrue(status, 'ReconcileComplete') && !isTrue(status, 'Progressing');
  return isReady
    ? ['ready']
    : ['waiting', (conditionOf(status, 'Progressing') ?? conditionOf(status, 'Available'))?.message];
};

const ofLvmCluster = ({ status }: LvmCluster): Said => {
  const { state = '', ready = false, conditions = [] } = status ?? {};
  if (state === 'Ready' && ready) return ['ready'];
  const message = conditions.filter((each) => each.status === 'False').map((each) => each.message ?? '');
  return [
    state === 'Failed' || state === 'Degraded' ? 'blocked' : 'waiting',
    [...message, ...ofNodes(status)].filter(Boolean).join('. '),
  ];
};

/** The nodes that have something to say, as many as a sentence bears. */
const ofNodes = ({ deviceClassStatuses = [] }: LvmCluster['status'] = {}): readonly string[] => {
  const troubled = deviceClassStatuses.flatMap(({ name = '', nodeStatus = [] }) =>
    nodeStatus
      .filter(({ status }) => status !== 'Ready')
      .map(({ node = '', status = '', reason = '', excluded = [] }) => {
        // That no disk is left is known by why each was not taken, unless the reason says it.
        const why = excluded.flatMap(({ reasons = [] }) => reasons).filter((each) => !reason.includes(each));
        return [
          `${node}: ${name} ${status}`,
          ...[reason, ...why.slice(0, manyNodes)].filter(Boolean).map(oneLine),
        ].join(', ');
      }),
  );
  const more = troubled.length - manyNodes;
  return [...troubled.slice(0, manyNodes), ...(more > 0 ? [`… (+${String(more)})`] : [])];
};

const manyNodes = 3;

/** LVM Storage joins several errors by line breaks. */
const oneLine = (text: string): string => text.trim().replace(/\s*\n\s*/g, '; ');

/** Before 4.21 the operator writes no status: then what it rolls out tells. */
const ofNmState = (
  status: WithConditions | undefined,
  handler: DaemonSet | undefined,
  webhook: Deployment | undefined,
): Said => {
  if (isTrue(status, 'Available')) return ['ready'];
  if ((status?.conditions ?? []).length > 0) {
    const degraded = holding(status, 'Degraded');
    return degraded ? ['blocked', degraded.message] : ['waiting', conditionOf(status, 'Available')?.message];
  }
  const {
    desiredNumberScheduled: wanted = 0,
    updatedNumberScheduled: updated = 0,
    numberAvailable: running = 0,
  } = handler?.status ?? {};
  return wanted > 0 && updated === wanted && running === wanted && (webhook?.status?.availableReplicas ?? 0) > 0
    ? ['ready']
    : ['waiting'];
};

/** What each state of an operand means, and what to do about it. */
export const operandTexts: Sentences<OperandReason> = {
  OperandMissing: (t, params) =>
    t('{{operator}} is installed, but not set up: its custom resource is missing.', params),
  OperandPreparing: (t, params) => t('{{operator}} is being set up. {{message}}', params).trim(),
  OperandFailed: (t, params) => t('{{operator}} reports a failure. {{message}}', params).trim(),
  OperandReady: (t, params) => t('{{operator}} is ready.', params),
};
