import { because, deletionOf } from '../change';
import type { Needs } from '../cluster';
import type { Plan } from '../converge';
import type { KindId } from '../kinds';
import { kinds } from '../kinds';
import { isHost } from '../connection/host';
import type { KubeObject, Provider } from '../objects';
import type { PersistentVolume } from '../platform-objects';
import { isOurs } from '../ownership';
import { lvmsProvisioner } from '../storage/virt-default';
import { err, ok } from '../result';
import type { Text, Translate } from '../translate';
import { installationNeeds, subscriptionsIn } from './installation';
import type { InstallationSeen } from './installation';
import { operators } from './operator';
import type { OperatorId } from './operator';

const madeByUs: Text = (t) => t('Migration Prep created it, and nothing needs it anymore.');

/** What makes an operator indispensable: deleting it would take work of people with it, or leave it without care. */
const workloads = {
  lvms: 'persistentVolumes',
  mtv: 'plans',
  nmstate: 'nodeNetworkConfigurationPolicies',
  cnv: 'virtualMachines',
} as const satisfies Record<OperatorId, KindId>;

/** Why something stays. `OperandThere` and `VolumesGoing` pass: they are being deleted. */
export type RemovalProblem =
  | { readonly code: 'HoldsWorkload'; readonly operator: string; readonly number: number; readonly kind: KindId }
  | { readonly code: 'OperandThere' | 'VolumesGoing'; readonly operator: string };

/** What the planners look at. */
export const removalNeeds = (id: OperatorId) =>
  ({
    ...installationNeeds(id),
    workloads: { list: workloads[id] },
    ...(id === 'lvms' && { claims: { list: 'persistentVolumeClaims' } }),
  }) as const satisfies Needs;

interface SeenHere extends InstallationSeen {
  readonly workloads: readonly KubeObject[];
  /** Whose volumes the workloads are, where they are volumes. */
  readonly claims?: readonly KubeObject[];
}

const heldBy = (
  id: OperatorId,
  { workloads: all, claims = [] }: Pick<SeenHere, 'workloads' | 'claims'>,
): RemovalProblem | undefined => {
  const operator = operators[id].name;
  const volumes = id === 'lvms' ? (all as readonly PersistentVolume[]).filter(isOfLvms) : undefined;
  const { length: number } = volumes ?? all;
  if (number === 0) return undefined;
  const claimed = new Set(claims.map(({ metadata }) => metadata.uid));
  if (volumes?.every((volume) => isGoing(volume, claimed))) return { code: 'VolumesGoing', operator };
  return { code: 'HoldsWorkload', operator, number, kind: workloads[id] };
};

/** By who serves it: a class of any name may stand on LVM Storage. */
const isOfLvms = ({ spec }: PersistentVolume): boolean =>
  spec?.csi?.driver === lvmsProvisioner || spec?.storageClassName?.startsWith('lvms-') === true;

/** A volume that is no longer claimed, and that its provisioner deletes. It stays Bound for a moment after its claim is gone. */
const isGoing = ({ metadata, spec, status }: PersistentVolume, claimed: ReadonlySet<string | undefined>): boolean =>
  metadata.deletionTimestamp !== undefined ||
  (spec?.persistentVolumeReclaimPolicy === 'Delete' &&
    (status?.phase === 'Released' || (spec.claimRef?.uid !== undefined && !claimed.has(spec.claimRef.uid))));

/** Deletes an operand that we made, unless people's work hangs on it. */
export const planOperandRemoval =
  (id: OperatorId) =>
  ({ operands, ...seen }: SeenHere): Plan<RemovalProblem> => {
    const deletions = operands
      .filter(isOurs)
      .flatMap((each) => deletionOf(operators[id].operand.kind, each))
      .map((each) => because(madeByUs, each));
    const held = deletions.length > 0 ? heldBy(id, seen) : undefined;
    return held ? err(held) : ok(deletions);
  };

/**
 * Deletes an operator that we installed, once its operand is gone. The Subscription comes last: it is what tells that the rest is
 * ours, should the run be stopped in between.
 */
export const planOperatorRemoval =
  (id: OperatorId) =>
  (seen: SeenHere): Plan<RemovalProblem> => {
    const { operands, subscriptions, groups, csvs } = seen;
    const [subscription] = subscriptionsIn(operators[id], seen).filter(isOurs);
    if (!subscription) return ok([]);
    const held = heldBy(id, seen);
    if (held) return err(held);
    if (operands.length > 0) return err({ code: 'OperandThere', operator: operators[id].name });
    const { namespace } = subscription.metadata;
    const isAlone = subscriptions.filter(({ metadata }) => metadata.namespace === namespace).length === 1;
    const deletions = [
      ...csvs
        .filter(
          ({ metadata }) => metadata.namespace === namespace && metadata.name === subscription.status?.installedCSV,
        )
        .flatMap((csv) => deletionOf('clusterServiceVersions', csv)),
      ...(isAlone
        ? groups
            .filter((group) => group.metadata.namespace === namespace && isOurs(group))
            .flatMap((group) => deletionOf('operatorGroups', group))
        : []),
      ...deletionOf('subscriptions', subscription),
    ];
    return ok(deletions.map((each) => because(madeByUs, each)));
  };

/** Why something stays, and what to do. */
export const removalProblemText = (t: Translate, problem: RemovalProblem): string => {
  const { operator } = problem;
  switch (problem.code) {
    case 'OperandThere':
      return t('{{operator}} is still set up: its custom resource must be deleted first.', { operator });
    case 'VolumesGoing':
      return t('{{operator}} is still deleting volumes that are no longer claimed.', { operator });
    case 'HoldsWorkload':
      return t('{{operator}} is kept, because it is in use: {{number}} × {{kind}}. Delete those first to remove it.', {
        operator,
        number: problem.number,
        kind: kinds[problem.kind].kind,
      });
  }
};

/** What shows whether a project that we created contains anything of its users. */
export const projectNeeds = (namespace: string) =>
  ({
    project: { kind: 'namespaces', name: namespace },
    pods: { list: 'pods', namespace },
    claims: { list: 'persistentVolumeClaims', namespace },
    providers: { list: 'providers', namespace },
    plans: { list: 'plans', namespace },
    streams: { list: 'imageStreams', namespace },
    subscriptions: { list: 'subscriptions', namespace },
  }) as const satisfies Needs;

/** Deletes a project that we made, when it is empty. */
export const planProjectRemoval = ({
  project,
  providers,
  ...content
}: {
  readonly project: KubeObject | undefined;
  readonly pods: readonly KubeObject[];
  /** Whose volumes the workloads are, where they are volumes. */
  readonly claims?: readonly KubeObject[];
  readonly providers: readonly Provider[];
  readonly plans: readonly KubeObject[];
  readonly streams: readonly KubeObject[];
  readonly subscriptions: readonly KubeObject[];
}): Plan<'NotEmpty'> => {
  const deletions = (project && isOurs(project) ? deletionOf('namespaces', project) : []).map((each) =>
    because(madeByUs, each),
  );
  // MTV makes the one of this cluster itself.
  const connected = providers.filter((provider) => !isHost(provider));
  const isEmpty = [connected, ...Object.values(content)].every((objects) => objects.length === 0);
  return deletions.length > 0 && !isEmpty ? err('NotEmpty') : ok(deletions);
};
