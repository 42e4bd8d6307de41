import { conditionOf, holding } from '../conditions';
import type { Params } from '../reading';
import type { ClusterExtension, ClusterServiceVersion } from '../platform-objects';
import { kinds } from '../kinds';
import { findInstallation, installersListed } from './installation';
import type { InstallationSeen } from './installation';
import { listed } from './operator';
import type { Operator } from './operator';
import type { OperatorReason } from './operator-texts';
import { readSubscription } from './read-subscription';
import type { OperatorReading } from './read-subscription';

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
 * Whether an operator is installed, the one answer of page and command line. With a Subscription: its CSV Succeeded (`AtLatestKnown`
 * proves it not). With a ClusterExtension: that says Installed. With neither: a CSV that is left and Succeeded. And the API of its operand is
 * served. An operand alone proves no operator: nothing tells who runs it, or that anybody does.
 */
export const readOperator = (operator: Operator, seen: InstallationSeen, isServed: boolean): OperatorReading => {
  const say = (state: OperatorReading['state'], reason: OperatorReason, params: Params = {}): OperatorReading => ({
    state,
    reason,
    params: { operator: operator.name, ...params },
  });
  const found = findInstallation(operator, seen);
  const { subscriptions, extensions, csv: alone, operands } = found;
  const served = (reason: OperatorReason, params: Params) =>
    isServed ? say('ready', reason, params) : say('waiting', 'CrdMissing');
  if (subscriptions.length + extensions.length > 1)
    return say('blocked', 'InstalledTwice', { list: installersListed(found) });

  const [extension] = extensions;
  if (extension) return ofExtension(extension, say, served);
  const [subscription] = subscriptions;
  if (!subscription && !alone) {
    return operands.length > 0
      ? say('unknown', 'OperandAlone', { kind: kinds[operator.operand.kind].kind, list: listed(operands) })
      : say('absent', 'NotInstalled');
  }

  const project = (subscription ?? alone)?.metadata.namespace ?? '';
  const groups = seen.groups.filter(({ metadata }) => metadata.namespace === project);
  if (groups.length > 1)
    return say('blocked', 'SeveralGroups', { project, list: groups.map(({ metadata }) => metadata.name).join(', ') });
  if (groups.length === 0) return say('waiting', 'NoGroup', { project });
  if (!subscription && alone) return ofCsv(alone, alone.metadata.name, 'InstalledAlone', project, say, served);
  const subscribed = subscription && readSubscription(operator, subscription);
  if (subscribed?.state !== 'installed') return subscribed ?? say('absent', 'NotInstalled');
  const csv = seen.csvs.find(({ metadata }) => metadata.namespace === project && metadata.name === subscribed.csv);
  return ofCsv(csv, subscribed.csv, 'Installed', project, say, served);
};

type Say = (state: OperatorReading['state'], reason: OperatorReason, params?: Params) => OperatorReading;
type Served = (reason: OperatorReason, params: Params) => OperatorReading;

/** A ClusterServiceVersion by its phase; `undefined`: it is not there. */
const ofCsv = (
  csv: ClusterServiceVersion | undefined,
  name: string,
  reason: OperatorReason,
  project: string,
  say: Say,
  served: Served,
): OperatorReading => {
  if (!csv) return say('waiting', 'VersionMissing', { csv: name, project });
  const { phase = '', reason: why = '', message = '' } = csv.status ?? {};
  if (phase === 'Failed' && finalReasons.includes(why))
    return say('blocked', 'VersionFailed', { csv: name, reason: why, message });
  if (phase === 'Failed') return say('waiting', 'VersionRetried', { csv: name, reason: why, message });
  if (phase !== 'Succeeded') return say('waiting', 'VersionInstalling', { csv: name, phase, message });
  return served(reason, { csv: name });
};

/** A ClusterExtension by its conditions (operator-framework/operator-controller, api/v1/common_types.go). */
const ofExtension = ({ metadata: { name }, status }: ClusterExtension, say: Say, served: Served): OperatorReading => {
  if (holding(status, 'Installed'))
    return served('InstalledByExtension', { name, csv: status?.install?.bundle?.name ?? '' });
  const progressing = conditionOf(status, 'Progressing');
  const { message = '' } = progressing ?? conditionOf(status, 'Installed') ?? {};
  // Progressing=False is OLM's word for what it does not try again.
  return progressing?.status === 'False'
    ? say('blocked', 'ExtensionBlocked', { name, message })
    : say('waiting', 'ExtensionInstalling', { name, message });
};
