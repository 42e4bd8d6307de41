import type { Params } from '../checks/check';
import type { Subscription } from '../platform-objects';
import { listed, subscriptionsOf } from './operator';
import type { Operator } from './operator';
import type { OperatorReason } from './operator-texts';

/**
 * How far an operator is, with the words for it in operator-texts.ts. `installing` goes on by itself, or once a person does what its
 * words say; `failed` does not go on by itself.
 */
export interface OperatorState {
  readonly state: 'absent' | 'installing' | 'ready' | 'failed';
  readonly reason: OperatorReason;
  readonly params: Params;
}

/** What a Subscription says of itself: a state short of installed, or the version it has installed. */
export type SubscriptionState = OperatorState | { readonly state: 'installed'; readonly subscription: Subscription; readonly csv: string };

/** Reads what OLM writes on the Subscription of an operator; conditions are those of operators.coreos.com/v1alpha1. */
export const readSubscription = (operator: Operator, all: readonly Subscription[]): SubscriptionState => {
  const found = subscriptionsOf(operator, all);
  const [subscription] = found;
  const say = (state: OperatorState['state'], reason: OperatorReason, params: Params = {}): OperatorState => ({
    state,
    reason,
    params: { operator: operator.name, ...params },
  });
  if (!subscription) return say('absent', 'NotInstalled');
  if (found.length > 1) return say('failed', 'SeveralSubscriptions', { list: listed(found) });

  const { metadata, spec, status } = subscription;
  const { namespace = '' } = metadata;
  const csv = status?.installedCSV ?? '';
  // What is installed works, whatever keeps OLM from the next version.
  if (csv !== '') return { state: 'installed', subscription, csv };

  const holds = (type: string) => status?.conditions?.find((each) => each.type === type && each.status === 'True');
  const failure = holds('InstallPlanFailed') ?? holds('BundleUnpackFailed');
  const message = (condition: { message?: string } | undefined) => condition?.message ?? '';
  const source = spec?.source ?? '';
  const unhealthy = holds('CatalogSourcesUnhealthy');
  const unresolved = holds('ResolutionFailed');
  const pending = holds('InstallPlanPending');
  if (failure) return say('failed', 'InstallPlanFailed', { message: message(failure), project: namespace, name: metadata.name });
  if (unhealthy) return say('installing', 'CatalogUnhealthy', { source, project: spec?.sourceNamespace ?? '', message: message(unhealthy) });
  if (unresolved) return say('installing', 'ResolutionFailed', { message: message(unresolved) });
  if (pending?.reason === 'RequiresApproval' || (status?.state === 'UpgradePending' && spec?.installPlanApproval === 'Manual')) {
    return say('installing', 'ApprovalNeeded', { plan: status?.installPlanRef?.name ?? '', project: namespace });
  }
  return say('installing', status ? 'Installing' : 'NotLookedAt', { message: message(holds('BundleUnpacking')), project: namespace });
};
