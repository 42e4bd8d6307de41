import type { InstallPlan } from '../olm-objects';
import { isUsable } from '../reading';
import type { Translate } from '../translate';
import { findInstallation } from './installation';
import type { InstallationSeen } from './installation';
import type { Operator } from './operator';
import type { OperandReading } from './read-operand';
import { readOperator } from './read-operator';

/** What OLM makes of an operator, one after the other, and the operator of its custom resource. */
export type StageId = 'subscription' | 'plan' | 'version' | 'api' | 'operand';

/** How far one of these is. `stuck`: it does not go on by itself. */
export interface InstallStage {
  readonly id: StageId;
  readonly state: 'pending' | 'current' | 'done' | 'stuck';
  /** The object; empty while nobody knows its name. */
  readonly name: string;
}

interface SeenHere {
  readonly installation: InstallationSeen;
  /** Those of the operator's project; empty where the user may not look. */
  readonly plans: readonly InstallPlan[];
  /** Whether the API of the operand is served. */
  readonly isServed: boolean;
  readonly operand: OperandReading;
}

/**
 * How far an installation by a Subscription is, from the Subscription to the operand. Empty without one: a ClusterExtension tells all of itself in a
 * sentence. Each stage is read of the cluster, so that a page that is opened in between shows the same.
 */
export const installStages = (operator: Operator, seen: SeenHere): readonly InstallStage[] => {
  const { installation, plans, isServed, operand } = seen;
  const [subscription] = findInstallation(operator, installation).subscriptions;
  if (!subscription) return [];
  const { namespace } = subscription.metadata;
  const { installPlanRef, installedCSV = '', currentCSV = '' } = subscription.status ?? {};
  const planName = installPlanRef?.name ?? '';
  const plan = plans.find(({ metadata }) => metadata.name === planName && metadata.namespace === namespace);
  const csvName = installedCSV === '' ? currentCSV : installedCSV;
  const csv = installation.csvs.find(({ metadata }) => metadata.name === csvName && metadata.namespace === namespace);
  const done: Readonly<Record<StageId, boolean>> = {
    subscription: planName !== '' || installedCSV !== '',
    plan: plan?.status?.phase === 'Complete' || installedCSV !== '',
    version: installedCSV !== '' && csv?.status?.phase === 'Succeeded',
    api: isServed && installedCSV !== '',
    operand: isUsable(operand.state),
  };
  const names: Readonly<Record<StageId, string>> = {
    subscription: subscription.metadata.name,
    plan: planName,
    version: csvName,
    api: '',
    operand: operator.operand.name,
  };
  const order = Object.keys(done) as readonly StageId[];
  const at = order.findIndex((id) => !done[id]);
  const reading = readOperator(operator, installation, isServed);
  const isStuck = reading.state === 'blocked' || (order[at] === 'operand' && operand.state === 'blocked');
  return order.map((id, index) => ({
    id,
    name: names[id],
    state: at < 0 || index < at ? 'done' : index > at ? 'pending' : isStuck ? 'stuck' : 'current',
  }));
};

/** A stage in words. */
export const stageText = (t: Translate, { id, name }: InstallStage, operator: Operator): string => {
  const params = { name, operator: operator.name };
  switch (id) {
    case 'subscription':
      return t('Subscription {{name}}', params);
    case 'plan':
      return name === '' ? t('InstallPlan') : t('InstallPlan {{name}}', params);
    case 'version':
      return name === '' ? t('ClusterServiceVersion') : t('ClusterServiceVersion {{name}}', params);
    case 'api':
      return t('API of {{operator}}', params);
    case 'operand':
      return t('Custom resource {{name}}', params);
  }
};

/** How far a stage is, in words. */
export const stageStateText = (t: Translate, state: InstallStage['state']): string => {
  switch (state) {
    case 'pending':
      return t('Pending');
    case 'current':
      return t('In progress');
    case 'done':
      return t('Done');
    case 'stuck':
      return t('Stuck');
  }
};
