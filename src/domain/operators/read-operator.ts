import type { Params } from '../checks/check';
import type { ClusterServiceVersion, CustomResourceDefinition, OperatorGroup, Subscription } from '../platform-objects';
import type { Operator } from './operator';
import type { OperatorReason } from './operator-texts';
import { labelledCsv } from './plan-operator';
import { readSubscription } from './read-subscription';
import type { OperatorState } from './read-subscription';

interface Seen {
  readonly home: string;
  readonly subscriptions: readonly Subscription[];
  readonly groups: readonly OperatorGroup[];
  readonly csvs: readonly ClusterServiceVersion[];
  readonly crd: CustomResourceDefinition | undefined;
}

/** Reasons for which OLM does not try again by itself. */
const finalReasons: readonly string[] = [
  'UnsupportedOperatorGroup',
  'TooManyOperatorGroups',
  'InterOperatorGroupOwnerConflict',
  'OwnerConflict',
  'InvalidInstallStrategy',
  'InvalidInstallModes',
  'InstallComponentFailedNoRetry',
];

/**
 * Whether an operator is installed: its CSV Succeeded (found by the Subscription's `installedCSV`, or by OLM's label where there is no
 * Subscription) and the CRD of its operand is Established. `AtLatestKnown` of a Subscription proves neither.
 */
export const readOperator = (operator: Operator, { home, subscriptions, groups, csvs, crd }: Seen): OperatorState => {
  const say = (state: OperatorState['state'], reason: OperatorReason, params: Params = {}): OperatorState => ({
    state,
    reason,
    params: { operator: operator.name, project: home, ...params },
  });
  const subscribed = readSubscription(operator, subscriptions);
  const orphan = subscribed.state === 'absent' ? labelledCsv(operator, home, csvs) : undefined;
  if (subscribed.state === 'absent' && !orphan) return subscribed;
  if (subscribed.state === 'failed' && subscribed.reason === 'SeveralSubscriptions') return subscribed;
  if (groups.length > 1) return say('failed', 'SeveralGroups', { list: groups.map(({ metadata }) => metadata.name).join(', ') });
  if (groups.length === 0) return say('installing', 'NoGroup');
  if (subscribed.state === 'installing' || subscribed.state === 'failed') return subscribed;

  const name = subscribed.state === 'installed' ? subscribed.csv : (orphan?.metadata.name ?? '');
  const csv = csvs.find(({ metadata }) => metadata.name === name);
  if (!csv) return say('installing', 'VersionMissing', { csv: name });
  const { phase = '', reason = '', message = '' } = csv.status ?? {};
  if (phase === 'Failed' && finalReasons.includes(reason)) return say('failed', 'VersionFailed', { csv: name, reason, message });
  if (phase === 'Failed') return say('installing', 'VersionRetried', { csv: name, reason, message });
  if (phase !== 'Succeeded') return say('installing', 'VersionInstalling', { csv: name, phase, message });
  const established = crd?.status?.conditions?.some(({ type, status }) => type === 'Established' && status === 'True');
  if (!established) return say('installing', 'CrdMissing');
  return say('ready', orphan ? 'InstalledAlone' : 'Installed', { csv: name });
};
