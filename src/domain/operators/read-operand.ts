import type { Params } from '../checks/check';
import type { Condition, ForkliftController } from '../objects';
import type { DaemonSet, Deployment, HyperConverged, LvmCluster, NmState } from '../platform-objects';
import type { Translate } from '../translate';
import { readRollout } from '../vddk/rollout';

export type OperandReason = 'OperandMissing' | 'OperandPreparing' | 'OperandFailed' | 'OperandReady';

/** How far an operand is. Operators try again by themselves, so `failed` may pass. */
export interface OperandState {
  readonly state: 'absent' | 'preparing' | 'ready' | 'failed';
  readonly reason: OperandReason;
  readonly params: Params;
}

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

type Reading = readonly [state: 'preparing' | 'ready' | 'failed', message?: string | undefined];

/** Readiness by the signs of each operator (docs/facts/platform.md §1). */
export const readOperand = (name: string, seen: OperandSeen): OperandState => {
  const params = (message = ''): Params => ({ operator: name, message });
  if (!seen.operand) return { state: 'absent', reason: 'OperandMissing', params: params() };
  const [state, message] = reading(seen);
  const reason = { preparing: 'OperandPreparing', ready: 'OperandReady', failed: 'OperandFailed' } as const;
  return { state, reason: reason[state], params: params(message) };
};

const reading = (seen: OperandSeen): Reading => {
  switch (seen.id) {
    case 'mtv':
      return ofForklift(seen.operand ?? noObject);
    case 'cnv':
      return ofHyperConverged(seen.operand?.status?.conditions ?? []);
    case 'lvms':
      return ofLvmCluster(seen.operand ?? noObject);
    case 'nmstate':
      return ofNmState(seen.operand?.status?.conditions ?? [], seen.handler, seen.webhook);
  }
};

const noObject = { metadata: { name: '' } };

const find = (conditions: readonly Condition[], type: string) => conditions.find((each) => each.type === type);
const isTrue = (conditions: readonly Condition[], type: string): boolean => find(conditions, type)?.status === 'True';

const ofForklift = (controller: ForkliftController): Reading => {
  const rollout = readRollout(controller);
  if (rollout === 'idle') return ['ready'];
  return rollout === 'failed'
    ? ['failed', find(controller.status?.conditions ?? [], 'Failure')?.message]
    : ['preparing'];
};

const ofHyperConverged = (conditions: readonly Condition[]): Reading => {
  if (isTrue(conditions, 'Degraded')) return ['failed', find(conditions, 'Degraded')?.message];
  const isReady =
    isTrue(conditions, 'Available') && isTrue(conditions, 'ReconcileComplete') && !isTrue(conditions, 'Progressing');
  return isReady
    ? ['ready']
    : ['preparing', (find(conditions, 'Progressing') ?? find(conditions, 'Available'))?.message];
};

const ofLvmCluster = ({ status }: LvmCluster): Reading => {
  const { state = '', ready = false, conditions = [] } = status ?? {};
  if (state === 'Ready' && ready) return ['ready'];
  const message = conditions.filter((each) => each.status === 'False').map((each) => each.message ?? '');
  return [
    state === 'Failed' || state === 'Degraded' ? 'failed' : 'preparing',
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
  conditions: readonly Condition[],
  handler: DaemonSet | undefined,
  webhook: Deployment | undefined,
): Reading => {
  const available = find(conditions, 'Available');
  if (available?.status === 'True') return ['ready'];
  if (conditions.length > 0) {
    return isTrue(conditions, 'Degraded')
      ? ['failed', find(conditions, 'Degraded')?.message]
      : ['preparing', available?.message];
  }
  const {
    desiredNumberScheduled: wanted = 0,
    updatedNumberScheduled: updated = 0,
    numberAvailable: running = 0,
  } = handler?.status ?? {};
  return wanted > 0 && updated === wanted && running === wanted && (webhook?.status?.availableReplicas ?? 0) > 0
    ? ['ready']
    : ['preparing'];
};

/** What each state of an operand means, and what to do about it. */
export const operandTexts: Readonly<Record<OperandReason, (t: Translate, params: Params) => string>> = {
  OperandMissing: (t, params) => t('{{operator}} is installed, but not set up: its own resource is missing.', params),
  OperandPreparing: (t, params) => t('{{operator}} is being set up. {{message}}', params).trim(),
  OperandFailed: (t, params) => t('{{operator}} reports a failure. {{message}}', params).trim(),
  OperandReady: (t, params) => t('{{operator}} is ready.', params),
};
