import { homeOf, notCopied } from '../operators/installation';
import { operators, suggestedNamespace } from '../operators/operator';
import { itemsOf } from './need';
import type { Listing, Place } from './need';

/** What installs operators, in the whole cluster. Without OLM there is nothing of it. */
export const installers = {
  subscriptions: { list: 'subscriptions', optional: true },
  clusterExtensions: { list: 'clusterExtensions', optional: true },
  clusterServiceVersions: { list: 'clusterServiceVersions', labelSelector: notCopied, optional: true },
  operatorGroups: { list: 'operatorGroups', optional: true },
} as const satisfies Readonly<Record<string, Listing>>;

/** Where NMState's two workloads are, which tell whether it is ready before 4.21: beside its operator, or where that suggests to be. */
export const nmstateHome: Place = {
  after: Object.values(installers),
  find: (facts) =>
    homeOf(operators.nmstate, {
      subscriptions: itemsOf(facts, installers.subscriptions),
      clusterExtensions: itemsOf(facts, installers.clusterExtensions),
      csvs: itemsOf(facts, installers.clusterServiceVersions),
      groups: [],
      operands: [],
    }) ?? suggestedNamespace(operators.nmstate, undefined),
};
