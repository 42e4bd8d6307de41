import type { One, Right } from '../cluster';
import type { KubeObject } from '../objects';
import { homeOf, subscriptionsIn } from '../operators/installation';
import type { InstallationSeen } from '../operators/installation';
import { operatorIds, operators, suggestedNamespace } from '../operators/operator';
import type { OperatorId } from '../operators/operator';
import type { Release } from '../ownership';
import { releaseOf } from '../ownership';
import type { ClusterVersion, ImageRegistryConfig } from '../platform-objects';
import { readSubscription } from '../operators/read-subscription';
import { registryNamespace } from '../storage/plan-registry';
import type { Facts } from '../watched';
import type { Verdict } from './check';
import { itemsOf, keyOf } from './need';
import { installers } from './operator-needs';

/** What the page can do about a prerequisite that is not as it should be. */
export type Fix =
  | { readonly do: 'install' | 'set-up'; readonly id: OperatorId; readonly home: string }
  /** Somebody has to approve what OLM is about to install. */
  | { readonly do: 'approve'; readonly id: OperatorId; readonly home: string; readonly plan: string }
  /** It goes on by itself, or somebody has to do what the sentence says: here is how far it is. */
  | { readonly do: 'follow'; readonly id: OperatorId }
  | { readonly do: 'mark-class' | 'switch-on-registry' };

/** The operator that a check is about. */
export const operatorOf = (checkId: string): OperatorId | undefined =>
  operatorIds.find((id) => checkId === `operator-${id}`);

/** What of an operator is known, from the facts of its check. */
export const installationOf = (id: OperatorId, facts: Facts): InstallationSeen => ({
  subscriptions: itemsOf(facts, installers.subscriptions),
  clusterExtensions: itemsOf(facts, installers.clusterExtensions),
  csvs: itemsOf(facts, installers.clusterServiceVersions),
  groups: itemsOf(facts, installers.operatorGroups),
  operands: itemsOf(facts, { list: operators[id].operand.kind }),
});

/** The configuration of the internal registry, from the facts of its check. */
export const registryConfigIn = (facts: Facts): ImageRegistryConfig | undefined => {
  const fact = facts[keyOf({ kind: 'imageRegistryConfigs', name: 'cluster' })];
  return fact?.state === 'loaded' ? (fact.items[0] as ImageRegistryConfig | undefined) : undefined;
};

/** What can be done from the page about a verdict; `undefined`: nothing, and its sentence says what else. */
export const fixOf = (
  checkId: string,
  { state, reason }: Pick<Verdict, 'state' | 'reason'>,
  facts: Facts,
  version: ClusterVersion | undefined,
): Fix | undefined => {
  const id = operatorOf(checkId);
  if (id !== undefined) {
    const operator = operators[id];
    const installation = installationOf(id, facts);
    const home = homeOf(operator, installation) ?? suggestedNamespace(operator, version);
    if (reason === 'NotInstalled' || reason === 'StorageElsewhere') return { do: 'install', id, home };
    if (reason === 'OperandMissing') return { do: 'set-up', id, home };
    const [subscription] = subscriptionsIn(operator, installation);
    if (reason === 'ApprovalNeeded' && subscription) {
      const { installPlanRef } = subscription.status ?? {};
      const reading = readSubscription(operator, subscription);
      const plan = installPlanRef?.name ?? '';
      return reading.state !== 'installed' && plan !== '' ? { do: 'approve', id, home, plan } : { do: 'follow', id };
    }
    return subscription && (state === 'waiting' || state === 'blocked') ? { do: 'follow', id } : undefined;
  }
  switch (checkId) {
    case 'virt-default-class':
      return reason === 'NoStorageClass' || reason === 'VirtDefaultSet' || state === 'unknown' || state === 'loading'
        ? undefined
        : { do: 'mark-class' };
    case 'image-registry':
      return reason === 'RegistryRemoved' || reason === 'RegistryWithoutStorage' || reason === 'RegistryNotNeeded'
        ? { do: 'switch-on-registry' }
        : undefined;
    default:
      return undefined;
  }
};

/** The release whose values hold what a fix would write into, so that the page writes nothing there. */
export const holderOf = (checkId: string, facts: Facts): Release | undefined => {
  const id = operatorOf(checkId);
  const objects: readonly KubeObject[] =
    id !== undefined
      ? [...subscriptionsIn(operators[id], installationOf(id, facts)), ...installationOf(id, facts).operands]
      : checkId === 'virt-default-class'
        ? itemsOf(facts, { list: 'storageClasses' })
        : checkId === 'image-registry'
          ? [registryConfigIn(facts) ?? []].flat()
          : [];
  return objects.map(releaseOf).find((release) => release !== undefined);
};

/** The project that a fix would make if it is not there. */
export const projectOfFix = (fix: Fix): One | undefined =>
  fix.do === 'install' ? { kind: 'namespaces', name: fix.home } : undefined;

/**
 * The rights that a fix needs to write, whatever the user chooses in its form. `isProjectThere`: whether the project of an operator exists, which is
 * made otherwise.
 */
export const rightsOfFix = (fix: Fix, isProjectThere: boolean, groups: readonly KubeObject[]): readonly Right[] => {
  switch (fix.do) {
    case 'install': {
      const { home: namespace } = fix;
      const hasGroup = groups.some(({ metadata }) => metadata.namespace === namespace);
      return [
        ...(isProjectThere ? [] : [{ kind: 'namespaces', verb: 'create' } as const]),
        ...(hasGroup ? [] : [{ kind: 'operatorGroups', verb: 'create', namespace } as const]),
        { kind: 'subscriptions', verb: 'create', namespace },
      ];
    }
    case 'approve':
      return [{ kind: 'installPlans', verb: 'patch', name: fix.plan, namespace: fix.home }];
    case 'set-up': {
      const { kind } = operators[fix.id].operand;
      return [{ kind, verb: 'create', ...(fix.id !== 'nmstate' && { namespace: fix.home }) }];
    }
    case 'mark-class':
      return [{ kind: 'storageClasses', verb: 'patch' }];
    case 'switch-on-registry':
      return [
        { kind: 'persistentVolumeClaims', verb: 'create', namespace: registryNamespace },
        { kind: 'imageRegistryConfigs', verb: 'patch', name: 'cluster' },
      ];
    case 'follow':
      return [];
  }
};
