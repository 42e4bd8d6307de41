import type { Params } from '../checks/check';
import type { Subscription } from '../platform-objects';
import { catalogMeaning, isRetried, isUnpacking, resolutionMeaning } from './olm-message';
import type { OlmMeaning } from './olm-message';
import type { Operator } from './operator';
import type { OperatorReason } from './operator-texts';

/**
 * How far an operator is, with the words for it in operator-texts.ts. `installing` goes on by itself, or once a person does what its
 * words say; `failed` does not go on by itself; `unknown`: something is there, and nothing tells who runs it.
 */
export interface OperatorState {
  readonly state: 'absent' | 'installing' | 'ready' | 'failed' | 'unknown';
  readonly reason: OperatorReason;
  readonly params: Params;
}

/** What a Subscription says of itself: a state short of installed, or the version it has installed. */
export type SubscriptionState = OperatorState | { readonly state: 'installed'; readonly csv: string };

/** Reads what OLM writes on the Subscription of an operator; conditions are those of operators.coreos.com/v1alpha1. */
export const readSubscription = (operator: Operator, subscription: Subscription): SubscriptionState => {
  const say = (state: OperatorState['state'], reason: OperatorReason, params: Params = {}): OperatorState => ({
    state,
    reason,
    params: { operator: operator.name, ...params },
  });
  const because = (meaning: OlmMeaning) => say('installing', meaning.reason, meaning.params);
  const { metadata, spec, status } = subscription;
  const { namespace = '' } = metadata;
  const csv = status?.installedCSV ?? '';
  // What is installed works, whatever keeps OLM from the next version.
  if (csv !== '') return { state: 'installed', csv };

  const holds = (type: string) => status?.conditions?.find((each) => each.type === type && each.status === 'True');
  const message = (condition: { message?: string } | undefined) => condition?.message ?? '';
  const unpacking = [holds('BundleUnpackFailed'), holds('InstallPlanFailed')].find((each) =>
    isUnpacking(message(each)),
  );
  if (unpacking) {
    const said = message(unpacking);
    return say(isRetried(said) ? 'installing' : 'failed', 'UnpackFailed', {
      message: said,
      project: spec?.sourceNamespace ?? '',
    });
  }
  const unpacked = holds('BundleUnpackFailed');
  if (unpacked) return say('failed', 'UnpackPrevented', { message: message(unpacked) });
  const failure = holds('InstallPlanFailed');
  if (failure)
    return say('failed', 'InstallPlanFailed', { message: message(failure), project: namespace, name: metadata.name });

  const unresolved = holds('ResolutionFailed');
  const meaning = unresolved && resolutionMeaning(subscription, message(unresolved));
  if (meaning) return because(meaning);
  const unhealthy = holds('CatalogSourcesUnhealthy');
  if (unhealthy) return because(unhealthyMeaning(subscription, message(unhealthy)));
  if (unresolved) return say('installing', 'ResolutionFailed', { message: message(unresolved) });

  const pending = holds('InstallPlanPending');
  if (
    pending?.reason === 'RequiresApproval' ||
    (status?.state === 'UpgradePending' && spec?.installPlanApproval === 'Manual')
  ) {
    return say('installing', 'ApprovalNeeded', { plan: status?.installPlanRef?.name ?? '', project: namespace });
  }
  return say('installing', status ? 'Installing' : 'NotLookedAt', {
    message: message(holds('BundleUnpacking')),
    project: namespace,
  });
};

/** The condition holds for any catalog that the project sees, so the list of them tells whose fault it is. */
const unhealthyMeaning = (subscription: Subscription, message: string): OlmMeaning => {
  const { source = '', sourceNamespace = '' } = subscription.spec ?? {};
  if (/^targeted catalogsource \S+ missing/.test(message))
    return { reason: 'CatalogMissing', params: { source, project: sourceNamespace, message } };
  const broken = subscription.status?.catalogHealth?.filter(({ healthy }) => healthy === false) ?? [];
  const catalogs = broken.map(({ catalogSourceRef: { name = '', namespace = '' } = {} }) => ({ name, namespace }));
  // OLM leaves its last sentence where it was when a catalog of others goes (subscription/state.go).
  return catalogMeaning(subscription, catalogs, message === 'all available catalogsources are healthy' ? '' : message);
};
