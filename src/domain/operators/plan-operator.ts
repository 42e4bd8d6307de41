import { because, create } from '../change';
import type { Needs } from '../cluster';
import type { Plan } from '../converge';
import type { KubeObject } from '../objects';
import type { OperatorGroup, Subscription, Toleration } from '../platform-objects';
import { isOurs, owned } from '../ownership';
import { err, ok } from '../result';
import type { Translate } from '../translate';
import { kinds } from '../kinds';
import { findInstallation, installationNeeds, installersListed } from './installation';
import type { InstallationSeen } from './installation';
import { listed } from './operator';
import type { Operator, OperatorId } from './operator';
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

/** Why an operator is not installed: something on the cluster prevents it, and only a person can decide what to remove. */
export interface OperatorProblem {
  readonly code: 'InstalledTwice' | 'OperandAlone' | 'SeveralGroups' | 'GroupUnsuitable';
  readonly operator: string;
  readonly namespace: string;
  readonly list: string;
}

/** What planner and reader look at. */
export const operatorNeeds = (id: OperatorId, home: string) =>
  ({ ...installationNeeds(id), project: { kind: 'namespaces', name: home } }) as const satisfies Needs;

/**
 * Project, OperatorGroup and Subscription, as far as they are missing. Never a second OperatorGroup in a project nor a second
 * Subscription of a package: either breaks both (docs/facts/platform.md §1). And never an operator that is already there, however
 * it was installed and whatever it is called. If only its operand exists, it is not installed either.
 */
export const planOperator =
  (operator: Operator, wish: OperatorWish, home: string) =>
  ({ project, ...seen }: InstallationSeen & { readonly project: KubeObject | undefined }): Plan<OperatorProblem> => {
    if (wish.mode === 'skip') return ok([]);
    const found = findInstallation(operator, seen);
    const { subscriptions, extensions, csv, operands } = found;
    const groups = seen.groups.filter(({ metadata }) => metadata.namespace === home);
    const problem = (code: OperatorProblem['code'], list: string) =>
      err({ code, operator: operator.name, namespace: home, list } as const);
    if (subscriptions.length + extensions.length > 1) return problem('InstalledTwice', installersListed(found));
    if (extensions.length > 0) return ok([]);
    if (groups.length > 1) return problem('SeveralGroups', groups.map(({ metadata }) => metadata.name).join(', '));
    const [present] = subscriptions;
    const isToInstall = wish.mode === 'install' && (present ? isOurs(present) : !csv);
    if (!isToInstall) return ok([]);
    if (!present && operands.length > 0)
      return problem('OperandAlone', `${kinds[operator.operand.kind].kind} ${listed(operands)}`);
    const [group] = groups;
    const params = { operator: operator.name };
    if (group && operator.ownNamespaceOnly && !selectsOnly(home, group))
      return problem('GroupUnsuitable', group.metadata.name);
    return ok([
      ...(project
        ? []
        : [
            because(
              (t) => t('{{operator}} will be installed in this project, which does not exist yet.', params),
              create('namespaces', {
                metadata: owned({ name: home, labels: { ...operator.namespaceLabels, ...wish.namespaceLabels } }),
              }),
            ),
          ]),
      ...(group
        ? []
        : [
            because(
              (t) => t('OLM installs nothing in a project without an OperatorGroup.'),
              create('operatorGroups', {
                metadata: owned({ name: operator.operatorGroup, namespace: home }),
                // Never []: OLM takes it away, and who compares sees a difference for ever.
                spec: { targetNamespaces: [home] },
              }),
            ),
          ]),
      ...(present
        ? []
        : [
            because(
              (t) => t('The wishes ask for {{operator}}, and nothing on this cluster installs it.', params),
              create('subscriptions', subscriptionFor(operator, wish, home)),
            ),
          ]),
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
  if (code === 'OperandAlone') {
    return t(
      '{{operator}} is not installed again, because {{list}} exists without a Subscription, ClusterServiceVersion or ClusterExtension. If something else manages it, set mode: adopt. If nothing does, create a Subscription for the operator yourself; it is then adopted.',
      params,
    );
  }
  return code === 'GroupUnsuitable'
    ? t(
        'OperatorGroup {{list}} in project {{project}} selects other projects, which {{operator}} does not support. Install {{operator}} in another project, or change the group to select only this project.',
        params,
      )
    : operatorTexts[code](t, params);
};
