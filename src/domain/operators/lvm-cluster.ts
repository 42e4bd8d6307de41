import type { LvmCluster, Toleration } from '../platform-objects';
import { owned } from '../ownership';
import type { Result } from '../result';
import { err, ok } from '../result';

/** One device class over named disks. docs/facts/platform.md §2 has what LVM Storage makes of it. */
export interface LvmWish {
  readonly name: string;
  readonly deviceClass: string;
  /** Disks that every selected node has. */
  readonly paths: readonly string[];
  /** Disks that some nodes have. */
  readonly optionalPaths: readonly string[];
  /** Every empty disk of every selected node, SAN disks included: only when a person says so. */
  readonly allEmptyDisks: boolean;
  readonly thinPool: { readonly name: string; readonly sizePercent: number; readonly overprovisionRatio: number };
  readonly fstype: 'xfs' | 'ext4';
  /** Labels of the nodes whose disks are used, with the very values, as in a pod's nodeSelector; none: every schedulable node. */
  readonly nodeSelector: Readonly<Record<string, string>>;
  /** Taints that the pods on the nodes with disks bear, such as those of storage or infrastructure nodes. */
  readonly tolerations: readonly Toleration[];
}

/** Why a wish asks for no LVMCluster: no disks are named, or named disks and all empty ones at once. */
export type LvmProblem = 'NoDevices' | 'AllDisksAndPaths';

/** The LVMCluster that a wish asks for. */
export const lvmClusterFor = (wish: LvmWish, home: string): Result<LvmCluster, LvmProblem> => {
  const { name, deviceClass, paths, optionalPaths, allEmptyDisks, thinPool, fstype, nodeSelector, tolerations } = wish;
  const named = paths.length + optionalPaths.length > 0;
  if (!named && !allEmptyDisks) return err('NoDevices');
  if (named && allEmptyDisks) return err('AllDisksAndPaths');
  const labels = Object.entries(nodeSelector);
  return ok({
    metadata: owned({ name, namespace: home }),
    spec: {
      ...(tolerations.length > 0 && { tolerations }),
      storage: {
        deviceClasses: [
          {
            name: deviceClass,
            fstype,
            thinPoolConfig: thinPool,
            ...(named && {
              deviceSelector: {
                ...(paths.length > 0 && { paths }),
                ...(optionalPaths.length > 0 && { optionalPaths }),
              },
            }),
            ...(labels.length > 0 && {
              nodeSelector: {
                nodeSelectorTerms: [
                  { matchExpressions: labels.map(([key, value]) => ({ key, operator: 'In', values: [value] })) },
                ],
              },
            }),
          },
        ],
      },
    },
  });
};

/** Parts in which an LVMCluster may differ from what is wished; those that cannot be changed once it exists come first. */
export type LvmDifference =
  'deviceClass' | 'thinPool' | 'fstype' | 'nodeSelector' | 'devicesNeverNamed' | 'devices' | 'tolerations';

/** How a present LVMCluster differs from a wish. Nothing of it is changed: it is the operator's and its owner's. */
export const differencesOf = ({ spec }: LvmCluster, wish: LvmWish): readonly LvmDifference[] => {
  const present = spec?.storage?.deviceClasses?.find(({ name }) => name === wish.deviceClass);
  if (!present) return ['deviceClass'];
  const { name, sizePercent, overprovisionRatio } = present.thinPoolConfig ?? {};
  const wanted = lvmClusterFor(wish, '');
  const [wantedClass] = (wanted.ok ? wanted.value.spec?.storage?.deviceClasses : undefined) ?? [];
  const missing = [...wish.paths, ...wish.optionalPaths].filter((path) => !devicesOf(present).includes(path));
  const { thinPool } = wish;
  const thinPoolDiffers =
    name !== thinPool.name ||
    sizePercent !== thinPool.sizePercent ||
    overprovisionRatio !== thinPool.overprovisionRatio;
  const found: Readonly<Record<LvmDifference, boolean>> = {
    deviceClass: false,
    thinPool: thinPoolDiffers,
    fstype: (present.fstype ?? 'xfs') !== wish.fstype,
    nodeSelector: JSON.stringify(present.nodeSelector ?? null) !== JSON.stringify(wantedClass?.nodeSelector ?? null),
    // Without a selector at creation, none may be added later.
    devicesNeverNamed: missing.length > 0 && present.deviceSelector === undefined,
    devices: missing.length > 0 && present.deviceSelector !== undefined,
    tolerations: wish.tolerations.some((wanted) => !(spec?.tolerations ?? []).some((each) => isSame(each, wanted))),
  };
  return (Object.keys(found) as LvmDifference[]).filter((part) => found[part]);
};

/** Left out, `operator` is Equal and everything else empty (Kubernetes: core/v1 Toleration). */
const isSame = (one: Toleration, other: Toleration): boolean => {
  const spelled = ({ key = '', operator = 'Equal', value = '', effect = '', tolerationSeconds }: Toleration) =>
    JSON.stringify([key, operator, value, effect, tolerationSeconds ?? null]);
  return spelled(one) === spelled(other);
};

const devicesOf = ({
  deviceSelector,
}: {
  readonly deviceSelector?: { paths?: readonly string[]; optionalPaths?: readonly string[] };
}) => [...(deviceSelector?.paths ?? []), ...(deviceSelector?.optionalPaths ?? [])];
