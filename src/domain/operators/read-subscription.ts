import { holding } from '../conditions';
import type { Params, Reading } from '../reading';
import type { Subscription } from '../platform-objects';
import { catalogMeaning, isRetried, isUnpacking, resolutionMeaning } from './olm-message';
import type { OlmMeaning } from './olm-message';
import type { Operator } from './operator';
import type { OperatorReason } from './operator-texts';

/** How far an operator is, with the words for it in operator-texts.ts. */
export type OperatorReading = Reading<OperatorReason, 'absent' | 'waiting' | 'ready' | 'blocked' | 'unknown'>;

/** What a Subscription says of itself: a state short of installed, or the version it has installed. */
export type SubscriptionReading = OperatorReading | { readonly state: 'installed'; readonly csv: string };

/** Reads what OLM writes on the Subscription of an operator; conditions are those of operators.coreos.com/v1alpha1. */
export const readSubscription = (operator: Operator, subscription: Subscription): SubscriptionReading => {
  const say = (state: OperatorReading['state'], reason: OperatorReason, params: Params = {}): OperatorReading => ({
    state,
    reason,
    params: { operator: operator.name, ...params },
  });
  const because = (meaning: OlmMeaning) => say('waiting', meaning.reason, meaning.params);
  const { metadata, spec, status } = subscription;
  const { namespace = '' } = metadata;
  const csv = status?.installedCSV ?? '';
  // The installed version works, even if OLM cannot install the next one.
  if (csv !== '') return { state: 'installed', csv };

  const holds = (type: string) => holding(status, type);
  const message = (condition: { message?: string } | undefined) => condition?.message ?? '';
  const unpacking = [holds('BundleUnpackFailed'), holds('InstallPlanFailed')].find((each) =>
    isUnpacking(message(each)),
  );
  if (unpacking) {
    const said = message(unpacking);
    return say(isRetried(said) ? 'waiting' : 'blocked', 'UnpackFailed', {
      message: said,
      project: spec?.sourceNamespace ?? '',
    });
  }
  const unpacked = holds('BundleUnpackFailed');
  if (unpacked) return say('blocked', 'UnpackPrevented', { message: message(unpacked) });
  const failure = holds('InstallPlanFailed');
  if (failure)
    return say('blocked', 'InstallPlanFailed', { message: message(failure), project: namespace, name: metadata.name });

  const unresolved = holds('ResolutionFailed');
  const meaning = unresolved && resolutionMeaning(subscription, message(unresolved));
  if (meaning) return because(meaning);
  const unhealthy = holds('CatalogSourcesUnhealthy');
  if (unhealthy) return because(unhealthyMeaning(subscription, message(unhealthy)));
  if (unresolved) return say('waiting', 'ResolutionFailed', { message: message(unresolved) });

  const pending = holds('InstallPlanPending');
  if (
    pending?.reason === 'RequiresApproval' ||
    (status?.state === 'UpgradePending' && spec?.installPlanApproval === 'Manual')
  ) {
    return say('waiting', 'ApprovalNeeded', { plan: status?.installPlanRef?.name ?? '', project: namespace });
  }
  return say('waiting', status ? 'Installing' : 'NotLookedAt', {
    message: message(holds('BundleUnpacking')),
    project: namespace,
  });
};

/** Any catalog that the project sees can cause this condition. Its list says which ones did. */
const unhealthyMeaning = (subscription: Subscription, message: string): OlmMeaning => {
  const { source = '', sourceNamespace = '' } = subscription.spec ?? {};
  if (/^targeted catalogsource \S+ missing/.test(message))
    return { reason: 'CatalogMissing', params: { source, project: sourceNamespace, message } };
  const broken = subscription.status?.catalogHealth?.filter(({ healthy }) => healthy === false) ?? [];
  const catalogs = broken.map(({ catalogSourceRef: { name = '', namespace = '' } = {} }) => ({ name, namespace }));
  // OLM leaves its last sentence where it was when a catalog of others goes (subscription/state.go).
  return catalogMeaning(subscription, catalogs, message === 'all available catalogsources are healthy' ? '' : message);
};
