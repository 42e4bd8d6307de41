import { create } from '../change';
import type { Needs, Seen } from '../cluster';
import type { Plan } from '../converge';
import type { ClusterServiceVersion, OperatorGroup, Subscription, Toleration } from '../platform-objects';
import { isOurs, owned } from '../ownership';
import { err, ok } from '../result';
import type { Translate } from '../translate';
import { listed, subscriptionsOf } from './operator';
import type { Operator } from './operator';
import { operatorTexts } from './operator-texts';

/**
 * What is wanted of an operator: `install` it unless it is there, `adopt` what somebody installs, or `skip` it. All else counts
 * only where it has to be installed: what is there is used as it is.
 */
export interface OperatorWish {
  readonly mode: 'install' | 'adopt' | 'skip';
  readonly namespace?: string;
  /** Left out: the catalog's default. */
  readonly channel?: string;
  readonly source: string;
  readonly sourceNamespace: string;
  readonly installPlanApproval: 'Automatic' | 'Manual';
  readonly startingCSV?: string;
  readonly nodeSelector?: Readonly<Record<string, string>>;
  readonly tolerations?: readonly Toleration[];
  /** On the project, if it has to be created. */
  readonly namespaceLabels?: Readonly<Record<string, string>>;
}

/** Why an operator is not installed: what is there already stands in the way, and only a person can say what may go. */
export interface OperatorProblem {
  readonly code: 'SeveralSubscriptions' | 'SeveralGroups' | 'GroupUnsuitable';
  readonly operator: string;
  readonly namespace: string;
  readonly list: string;
}

/** What planner and reader look at. */
export const operatorNeeds = (home: string) =>
  ({
    subscriptions: { list: 'subscriptions' },
    groups: { list: 'operatorGroups', namespace: home },
    csvs: { list: 'clusterServiceVersions', namespace: home },
    project: { kind: 'namespaces', name: home },
  }) as const satisfies Needs;

/** The installed version of an operator in its project, known by OLM's label; copies from elsewhere do not count. */
export const labelledCsv = (
  operator: Operator,
  home: string,
  csvs: readonly ClusterServiceVersion[],
): ClusterServiceVersion | undefined =>
  csvs.find(
    ({ metadata: { labels = {} } }) =>
      labels[`operators.coreos.com/${operator.package}.${home}`] !== undefined && labels['olm.copiedFrom'] === undefined,
  );

/**
 * Project, OperatorGroup and Subscription, as far as they are missing. Never a second OperatorGroup in a project nor a second
 * Subscription of a package: either breaks both (docs/facts/platform.md §1).
 */
export const planOperator =
  (operator: Operator, wish: OperatorWish, home: string) =>
  ({ subscriptions, groups, csvs, project }: Seen<ReturnType<typeof operatorNeeds>>): Plan<OperatorProblem> => {
    if (wish.mode === 'skip') return ok([]);
    const found = subscriptionsOf(operator, subscriptions);
    const problem = (code: OperatorProblem['code'], list: string) =>
      err({ code, operator: operator.name, namespace: home, list } as const);
    if (found.length > 1) return problem('SeveralSubscriptions', listed(found));
    if (groups.length > 1) return problem('SeveralGroups', groups.map(({ metadata }) => metadata.name).join(', '));
    const [present] = found;
    const isToInstall = wish.mode === 'install' && (present ? isOurs(present) : !labelledCsv(operator, home, csvs));
    if (!isToInstall) return ok([]);
    const [group] = groups;
    if (group && operator.ownNamespaceOnly && !selectsOnly(home, group)) return problem('GroupUnsuitable', group.metadata.name);
    return ok([
      ...(project
        ? []
        : [create('namespaces', { metadata: owned({ name: home, labels: { ...operator.namespaceLabels, ...wish.namespaceLabels } }) })]),
      ...(group
        ? []
        : [
            create('operatorGroups', {
              metadata: owned({ name: operator.operatorGroup, namespace: home }),
              // Never []: OLM takes it away, and who compares sees a difference for ever.
              spec: { targetNamespaces: [home] },
            }),
          ]),
      ...(present ? [] : [create('subscriptions', subscriptionFor(operator, wish, home))]),
    ]);
  };

const selectsOnly = (home: string, { spec }: OperatorGroup): boolean =>
  spec?.selector !== undefined || (spec?.targetNamespaces?.length === 1 && spec.targetNamespaces[0] === home);

const subscriptionFor = (operator: Operator, wish: OperatorWish, home: string): Subscription => {
  const { channel, source, sourceNamespace, installPlanApproval, startingCSV, nodeSelector, tolerations } = wish;
  const config = { ...(nodeSelector && { nodeSelector }), ...(tolerations && { tolerations }) };
  return {
    metadata: owned({ name: operator.subscription, namespace: home }),
    spec: {
      name: operator.package,
      source,
      sourceNamespace,
      installPlanApproval,
      ...(channel !== undefined && { channel }),
      ...(startingCSV !== undefined && { startingCSV }),
      ...(Object.keys(config).length > 0 && { config }),
    },
  };
};

/** Why an operator is not installed, and what to do. */
export const operatorProblemText = (t: Translate, { code, operator, namespace, list }: OperatorProblem): string => {
  const params = { operator, project: namespace, list };
  return code === 'GroupUnsuitable'
    ? t(
        'OperatorGroup {{list}} in project {{project}} selects other projects, which {{operator}} does not support. Install {{operator}} in another project, or let the group select this project alone.',
        params,
      )
    : operatorTexts[code](t, params);
};
