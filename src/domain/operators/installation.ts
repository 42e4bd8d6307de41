import type { Needs } from '../cluster';
import { kinds } from '../kinds';
import type { KubeObject } from '../objects';
import type { ClusterExtension, ClusterServiceVersion, OperatorGroup, Subscription } from '../platform-objects';
import { isPackageOf, listed, operators } from './operator';
import type { Operator, OperatorId } from './operator';

/** OLM copies a ClusterServiceVersion into every project that its operator serves: those are no installations. */
export const notCopied = '!olm.copiedFrom';

/** Everything that shows whether an operator is there, in the whole cluster. */
export const installationNeeds = (id: OperatorId) =>
  ({
    subscriptions: { list: 'subscriptions' },
    clusterExtensions: { list: 'clusterExtensions' },
    csvs: { list: 'clusterServiceVersions', labelSelector: notCopied },
    groups: { list: 'operatorGroups' },
    operands: { list: operators[id].operand.kind },
  }) as const satisfies Needs;

/** What was seen of these. A kind that the cluster does not have is an empty list. */
export interface InstallationSeen {
  readonly subscriptions: readonly Subscription[];
  readonly clusterExtensions: readonly ClusterExtension[];
  readonly csvs: readonly ClusterServiceVersion[];
  readonly groups: readonly OperatorGroup[];
  readonly operands: readonly KubeObject[];
}

/** What OLM labels the parts of a package in a project with; the part behind the slash has at most 63 characters. */
const componentLabel = (name: string, namespace: string): string =>
  `operators.coreos.com/${`${name}.${namespace}`.slice(0, 63).replace(/[-._]+$/, '')}`;

/** The versions of an operator, known by the API that they bring or by OLM's label. */
export const csvsOf = (
  operator: Operator,
  { csvs }: Pick<InstallationSeen, 'csvs'>,
): readonly ClusterServiceVersion[] => {
  const { plural, group } = kinds[operator.operand.kind];
  const packages = [operator.package, ...operator.otherPackages];
  return csvs.filter(({ metadata: { labels = {}, namespace = '' }, spec }) => {
    if (labels['olm.copiedFrom'] !== undefined) return false;
    const owned = spec?.customresourcedefinitions?.owned?.some(({ name }) => name === `${plural}.${group}`);
    return owned === true || packages.some((each) => componentLabel(each, namespace) in labels);
  });
};

/** The Subscriptions of an operator, in any project, under any name of theirs or of its package. */
export const subscriptionsIn = (
  operator: Operator,
  seen: Pick<InstallationSeen, 'subscriptions' | 'csvs'>,
): readonly Subscription[] => {
  const versions = csvsOf(operator, seen).map(({ metadata: { name, namespace = '' } }) => `${namespace}/${name}`);
  return seen.subscriptions.filter(
    ({ metadata, spec, status }) =>
      isPackageOf(operator, spec?.name) ||
      versions.includes(`${metadata.namespace ?? ''}/${status?.installedCSV ?? ''}`),
  );
};

/** The ClusterExtensions of an operator. */
export const extensionsOf = (
  operator: Operator,
  { clusterExtensions }: Pick<InstallationSeen, 'clusterExtensions'>,
): readonly ClusterExtension[] =>
  clusterExtensions.filter(({ spec }) => isPackageOf(operator, spec?.source?.catalog?.packageName));

/** What installs an operator. Without any of these, it is unknown whether anything manages its operand. */
export interface Installation {
  readonly subscriptions: readonly Subscription[];
  readonly extensions: readonly ClusterExtension[];
  /** A version whose Subscription is gone. */
  readonly csv: ClusterServiceVersion | undefined;
  readonly operands: readonly KubeObject[];
}

/** The one answer to what there is of an operator. */
export const findInstallation = (operator: Operator, seen: InstallationSeen): Installation => ({
  subscriptions: subscriptionsIn(operator, seen),
  extensions: extensionsOf(operator, seen),
  csv: csvsOf(operator, seen)[0],
  operands: seen.operands,
});

/** The project where an operator is. `undefined`: there is none, or nothing shows where it is. */
export const homeOf = (operator: Operator, seen: InstallationSeen): string | undefined => {
  const { subscriptions, extensions, csv, operands } = findInstallation(operator, seen);
  return (
    subscriptions[0]?.metadata.namespace ??
    extensions[0]?.spec?.namespace ??
    csv?.metadata.namespace ??
    operands[0]?.metadata.namespace
  );
};

/** `Kind namespace/name` of everything that installs an operator, for a sentence. */
export const installersListed = ({ subscriptions, extensions }: Installation): string =>
  [
    ...subscriptions.map((each) => `Subscription ${listed([each])}`),
    ...extensions.map((each) => `ClusterExtension ${listed([each])}`),
  ].join(', ');
