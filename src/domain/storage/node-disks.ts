import type { LocalVolumeDiscoveryResult } from '../platform-objects';
import type { Translate } from '../translate';

/** A disk as its node reports it. */
export interface NodeDisk {
  readonly node: string;
  /** By which LVM Storage is told of it: below /dev/disk/by-id where the disk has such a name. */
  readonly path: string;
  /** Where it is now, such as /dev/sdb. */
  readonly device: string;
  /** Vendor and model; empty if it does not say. */
  readonly model: string;
  /** In bytes; 0 if the node does not say. */
  readonly size: number;
  /** Whether LVM Storage would take it: it skips disks with any signature (docs/facts/platform.md §2). */
  readonly isFree: boolean;
}

/**
 * The disks of all nodes, by node and path. Only the Local Storage Operator reports disks that nothing uses yet: LVM Storage tells of disks only
 * once an LVMCluster exists (openshift/lvm-operator, api/v1alpha1/lvmvolumegroupnodestatus_types.go).
 */
export const disksOf = (results: readonly LocalVolumeDiscoveryResult[]): readonly NodeDisk[] =>
  results
    .flatMap(({ spec, status }) =>
      (status?.discoveredDevices ?? []).map(
        ({
          deviceID = '',
          path = '',
          model = '',
          vendor = '',
          size = 0,
          fstype = '',
          type,
          status: device,
        }): NodeDisk => ({
          node: spec?.nodeName ?? '',
          path: deviceID === '' ? path : deviceID,
          device: path,
          model: [vendor, model]
            .map((each) => each.trim())
            .filter(Boolean)
            .join(' '),
          size,
          isFree: device?.state === 'Available' && fstype === '' && type !== 'part',
        }),
      ),
    )
    .sort((one, other) => (`${one.node} ${one.path}` < `${other.node} ${other.path}` ? -1 : 1));

/** The paths of an LVMCluster: `paths` must be on every selected node, `optionalPaths` may be. */
export interface ChosenPaths {
  readonly paths: readonly string[];
  readonly optionalPaths: readonly string[];
}

/** What is chosen of the disks that nodes report. A path that not every node has is optional: otherwise LVM Storage fails on the others. */
export const pathsOf = (chosen: readonly string[], disks: readonly NodeDisk[]): ChosenPaths => {
  const nodes = new Set(disks.map(({ node }) => node));
  const isEverywhere = (path: string) =>
    new Set(disks.filter((disk) => disk.path === path).map(({ node }) => node)).size === nodes.size;
  return { paths: chosen.filter(isEverywhere), optionalPaths: chosen.filter((path) => !isEverywhere(path)) };
};

/** What is wrong with paths that were typed. `path` is the first that is at fault. */
export interface PathsProblem {
  readonly code: 'NoPaths' | 'NotADevice' | 'Twice';
  readonly path: string;
}

/** The paths in a text, one a line; commas separate as well. */
export const readPaths = (text: string): readonly string[] => text.split(/[\s,]+/).filter(Boolean);

/** What is wrong with them; `undefined`: nothing. */
export const checkPaths = (paths: readonly string[]): PathsProblem | undefined => {
  if (paths.length === 0) return { code: 'NoPaths', path: '' };
  const wrong = paths.find((path) => !/^\/dev\/[\w./:+@=,-]+[\w+@=-]$/.test(path) || path.includes('..'));
  if (wrong !== undefined) return { code: 'NotADevice', path: wrong };
  const twice = paths.find((path, at) => paths.indexOf(path) !== at);
  return twice === undefined ? undefined : { code: 'Twice', path: twice };
};

/** Paths by the order in which a node finds its disks: another disk may have them after the next start. */
export const unstablePaths = (paths: readonly string[]): readonly string[] =>
  paths.filter((path) => /^\/dev\/(sd[a-z]+|vd[a-z]+|hd[a-z]+|nvme\d+n\d+)$/.test(path));

/** What is wrong, and what to do. */
export const pathsProblemText = (t: Translate, { code, path }: PathsProblem): string => {
  switch (code) {
    case 'NoPaths':
      return t(
        'Choose at least one disk. LVM Storage would otherwise take every empty disk of every node, SAN disks included.',
      );
    case 'NotADevice':
      return t('{{path}} is not the path of a disk. Use paths such as /dev/disk/by-id/….', { path });
    case 'Twice':
      return t('{{path}} is listed twice.', { path });
  }
};
