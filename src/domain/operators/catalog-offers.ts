import type { Needs } from '../cluster';
import type { PackageManifest } from '../olm-objects';
import type { ClusterVersion } from '../platform-objects';
import type { Translate } from '../translate';
import type { Operator } from './operator';

/** The catalog that product operators come from, and its project (docs/facts/platform.md §1). */
export const productCatalog = { source: 'redhat-operators', sourceNamespace: 'openshift-marketplace' } as const;

/** A channel of a package, with the version that it installs now; empty if the catalog does not say. */
export interface Channel {
  readonly name: string;
  readonly version: string;
}

/** A catalog that has an operator's package. */
export interface CatalogOffer {
  readonly source: string;
  readonly sourceNamespace: string;
  /** What the catalog calls itself. */
  readonly title: string;
  readonly channels: readonly Channel[];
  /** The channel of a Subscription that names none. */
  readonly defaultChannel: string;
}

/**
 * The package of an operator in every catalog that all projects see. The API keeps nothing: it asks the catalogs. So only this one package is
 * asked for, by its name (operator-framework/operator-lifecycle-manager, pkg/package-server/storage/reststorage.go).
 */
export const offerNeeds = (operator: Operator) =>
  ({
    manifests: {
      list: 'packageManifests',
      namespace: productCatalog.sourceNamespace,
      name: operator.package,
    },
  }) as const satisfies Needs;

/** The catalogs that offer an operator, the product's own first. */
export const offersOf = ({ package: name }: Operator, manifests: readonly PackageManifest[]): readonly CatalogOffer[] =>
  manifests
    .filter(({ metadata }) => metadata.name === name)
    .map(({ status = {} }) => ({
      source: status.catalogSource ?? '',
      sourceNamespace: status.catalogSourceNamespace ?? '',
      title: status.catalogSourceDisplayName ?? '',
      channels: (status.channels ?? []).map((channel) => ({
        name: channel.name ?? '',
        version: channel.currentCSVDesc?.version ?? '',
      })),
      defaultChannel: status.defaultChannel ?? '',
    }))
    .filter(({ source }) => source !== '')
    .sort((one, other) => rankOf(one) - rankOf(other) || (one.source < other.source ? -1 : 1));

const rankOf = ({ source }: CatalogOffer): number => (source === productCatalog.source ? 0 : 1);

/** What is wrong with a channel, though OLM would take it: LVM Storage follows the cluster's minor version. */
export const channelFlaw = (
  { id }: Operator,
  channel: string,
  version: ClusterVersion | undefined,
): string | undefined => {
  const [, minor] = /^(\d+\.\d+)/.exec(version?.status?.desired?.version ?? '') ?? [];
  const [, made] = /^stable-(\d+\.\d+)$/.exec(channel) ?? [];
  return id === 'lvms' && minor !== undefined && made !== undefined && made !== minor ? minor : undefined;
};

/** That a channel is for another version of OpenShift. */
export const channelFlawText = (t: Translate, channel: string, version: string): string =>
  t('Channel {{channel}} is for another version of OpenShift. This cluster has {{version}}.', { channel, version });
