import type { StorageClass } from '../platform-objects';
import type { Reading, Sentences } from '../reading';

/** CDI prefers the class with this annotation for disks of virtual machines (docs/facts/platform.md §2). */
export const virtDefaultAnnotation = 'storageclass.kubevirt.io/is-default-virt-class';
const defaultAnnotation = 'storageclass.kubernetes.io/is-default-class';
/** The first spelling, which Kubernetes still honours (pkg/volume/util/storageclass.go). CDI reads the later one alone. */
const betaDefaultAnnotation = 'storageclass.beta.kubernetes.io/is-default-class';

/** What LVM Storage's classes are provisioned by. */
export const lvmsProvisioner = 'topolvm.io';

/** Whether an annotation of a class says yes. */
export const has =
  (annotation: string) =>
  ({ metadata }: StorageClass): boolean =>
    metadata.annotations?.[annotation] === 'true';

/** The cluster's own default, which everything without a class of its own gets. */
export const clusterDefaults = (classes: readonly StorageClass[]): readonly StorageClass[] =>
  classes.filter((each) => has(defaultAnnotation)(each) || has(betaDefaultAnnotation)(each));

/** What there is to say of the class for virtual machines; its sentences are `virtDefaultTexts`. */
export type VirtDefaultReason =
  | 'VirtDefaultSet'
  | 'ClusterDefaultUsed'
  | 'BetaDefaultUsed'
  | 'SeveralVirtDefaults'
  | 'SeveralClusterDefaults'
  | 'NoDefaultClass'
  | 'NoStorageClass';

/** `blocked`: several are the default, and none was meant to be. */
export interface VirtDefaultReading extends Reading<VirtDefaultReason, 'ready' | 'warning' | 'absent' | 'blocked'> {
  /** The class that disks of virtual machines get when they name none. */
  readonly used: string | undefined;
}

/** Which class virtual machines get: of several the newest, then the first by name, as CDI chooses. */
export const readVirtDefault = (classes: readonly StorageClass[]): VirtDefaultReading => {
  const virt = classes.filter(has(virtDefaultAnnotation));
  const known = classes.filter(has(defaultAnnotation));
  const others = known.length > 0 ? known : clusterDefaults(classes);
  const candidates = virt.length > 0 ? virt : others;
  const used = newest(candidates)?.metadata.name;
  const params = { name: used ?? '', list: candidates.map(({ metadata }) => metadata.name).join(', ') };
  if (virt.length > 1) return { state: 'blocked', reason: 'SeveralVirtDefaults', params, used };
  if (virt.length === 1) return { state: 'ready', reason: 'VirtDefaultSet', params, used };
  if (others.length > 1) return { state: 'blocked', reason: 'SeveralClusterDefaults', params, used };
  if (known.length > 0) return { state: 'ready', reason: 'ClusterDefaultUsed', params, used };
  if (others.length > 0) return { state: 'warning', reason: 'BetaDefaultUsed', params, used };
  return { state: 'absent', reason: classes.length > 0 ? 'NoDefaultClass' : 'NoStorageClass', params, used };
};

/** The class that a form begins with: the one that was chosen while it exists, otherwise the one in use, otherwise the first; empty: there is none. */
export const classToOffer = (classes: readonly StorageClass[], chosen: string): string =>
  classes.some(({ metadata }) => metadata.name === chosen)
    ? chosen
    : (readVirtDefault(classes).used ?? classes[0]?.metadata.name ?? '');

/** Whether disks of virtual machines are on one node each: LVM Storage provides the class that they get, or every class that they could get. */
export const isOnOneNode = (classes: readonly StorageClass[]): boolean => {
  const { used } = readVirtDefault(classes);
  const candidates = classes.filter(({ metadata }) => (used ?? metadata.name) === metadata.name);
  return candidates.length > 0 && candidates.every(({ provisioner }) => provisioner === lvmsProvisioner);
};

const newest = (classes: readonly StorageClass[]): StorageClass | undefined =>
  [...classes].sort(({ metadata: a }, { metadata: b }) => {
    const [first, second] = [a.creationTimestamp ?? '', b.creationTimestamp ?? ''];
    return first === second ? (a.name < b.name ? -1 : 1) : first > second ? -1 : 1;
  })[0];

/** What each state means, and what to do about it. */
export const virtDefaultTexts: Sentences<VirtDefaultReason> = {
  VirtDefaultSet: (t, params) => t('{{name}} is the storage class for virtual machines.', params),
  ClusterDefaultUsed: (t, params) =>
    t("No storage class is marked for virtual machines; the cluster's default {{name}} is used.", params),
  BetaDefaultUsed: (t, params) =>
    t(
      "No storage class is marked for virtual machines. The cluster's default {{name}} has only the beta annotation, which Kubernetes reads and CDI does not. Mark it for virtual machines.",
      params,
    ),
  SeveralVirtDefaults: (t, params) =>
    t(
      'Several storage classes are the default for virtual machines: {{list}}. The newest, {{name}}, is used. Unset the others.',
      params,
    ),
  SeveralClusterDefaults: (t, params) =>
    t(
      "Several storage classes are the cluster's default: {{list}}. The newest, {{name}}, is used. Mark one for virtual machines, or unset the others.",
      params,
    ),
  NoDefaultClass: (t) =>
    t(
      'No storage class is the default, so every disk would have to name one. Mark one as the default for virtual machines.',
    ),
  NoStorageClass: (t) =>
    t('There is no storage class, and so no storage for virtual machines. LVM Storage can provide one.'),
};
