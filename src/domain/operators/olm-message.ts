import type { Params } from '../reading';
import type { Subscription } from '../platform-objects';
import type { OperatorReason } from './operator-texts';

/** What a sentence of OLM's means for one Subscription, with what its words need. */
export interface OlmMeaning {
  readonly reason: OperatorReason;
  readonly params: Params;
}

/** A catalog as OLM's messages name it. */
interface Catalog {
  readonly name: string;
  readonly namespace: string;
}

const all = (pattern: RegExp, message: string): readonly (readonly string[])[] =>
  [...message.matchAll(pattern)].map((found) => found.slice(1));

/**
 * Catalogs that kept OLM from resolving anything (resolver/cache/cache.go, and its words up to OpenShift 4.11, which name the catalog
 * the other way round).
 */
const brokenCatalogs = (message: string): readonly Catalog[] => [
  ...all(/error using catalogsource ([^/\s]+)\/([^:\s]+):/g, message).map(([namespace = '', name = '']) => ({
    namespace,
    name,
  })),
  ...all(/resolver cache from source ([^/\s]+)\/([^:\s]+):/g, message).map(([name = '', namespace = '']) => ({
    namespace,
    name,
  })),
];

/** A sentence about one Subscription of the project, which OLM writes on all of them (resolver.go). */
const aboutOne: readonly (readonly [pattern: RegExp, reason: OperatorReason])[] = [
  [/no operators found from catalog \S+ in namespace \S+ referenced by subscription ([^\s,]+)/, 'CatalogMissing'],
  [/no operators found in package \S+ in the catalog referenced by subscription ([^\s,]+)/, 'PackageMissing'],
  [
    /no operators found in channel \S* of package \S+ in the catalog referenced by subscription ([^\s,]+)/,
    'ChannelMissing',
  ],
  [
    /no operators found with name \S+ in channel \S* of package \S+ in the catalog referenced by subscription ([^\s,]+)/,
    'StartingVersionMissing',
  ],
];

/** Which catalog is at fault, seen from a Subscription: its own or another. */
export const catalogMeaning = ({ spec }: Subscription, catalogs: readonly Catalog[], message: string): OlmMeaning => {
  const { source = '', sourceNamespace = '' } = spec ?? {};
  const isOwn =
    catalogs.length === 0 || catalogs.some(({ name, namespace }) => name === source && namespace === sourceNamespace);
  return isOwn
    ? { reason: 'CatalogUnhealthy', params: { source, project: sourceNamespace, message } }
    : {
        reason: 'OtherCatalog',
        params: { list: catalogs.map(({ name, namespace }) => `${namespace}/${name}`).join(', '), message },
      };
};

/**
 * Why OLM resolves nothing for a Subscription, by what it says: its reason code is the same for what has quite different remedies.
 * `undefined`: a sentence that is not known here.
 */
export const resolutionMeaning = (subscription: Subscription, message: string): OlmMeaning | undefined => {
  const { metadata, spec } = subscription;
  const { source = '', sourceNamespace = '', channel = '', startingCSV = '', name = '' } = spec ?? {};
  const orphans = all(/clusterserviceversion (\S+) exists and is not referenced by a subscription/g, message).flat();
  if (orphans.length > 0) {
    return {
      reason: 'OrphanedVersion',
      params: { list: orphans.join(', '), project: metadata.namespace ?? '', message },
    };
  }
  const catalogs = brokenCatalogs(message);
  if (catalogs.length > 0) return catalogMeaning(subscription, catalogs, message);
  const known = aboutOne
    .map(([pattern, reason]) => ({ reason, about: pattern.exec(message)?.[1] }))
    .filter(({ about }) => about !== undefined);
  const own = known.find(({ about }) => about === metadata.name);
  if (own)
    return {
      reason: own.reason,
      params: { source, project: sourceNamespace, package: name, channel, csv: startingCSV, message },
    };
  const [other] = known;
  if (other)
    return {
      reason: 'OtherSubscription',
      params: { name: other.about ?? '', project: metadata.namespace ?? '', message },
    };
  const [, twice] = /originate from package ([^\s,]+)/.exec(message) ?? [];
  return twice === undefined
    ? undefined
    : { reason: 'PackageTwice', params: { package: twice, project: metadata.namespace ?? '', message } };
};

/** Whether OLM says that a bundle's image could not be unpacked, in its words of any release. */
export const isUnpacking = (message: string): boolean => /bundle unpacking failed/i.test(message);

/** Whether OLM says that it tries again by itself, as it does since OpenShift 4.21. */
export const isRetried = (message: string): boolean => message.includes('Auto-retry');
