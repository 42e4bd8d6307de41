import { useMemo } from 'react';
import { k8sCreate, k8sDelete, k8sGet, k8sListItems, k8sPatch } from '@openshift-console/dynamic-plugin-sdk';
import type { K8sModel, K8sResourceCommon, Patch } from '@openshift-console/dynamic-plugin-sdk';
import { targetOf } from '../domain/change';
import type { Write } from '../domain/change';
import type { Watched } from '../domain/watched';
import type { Cluster, Many, One, Right } from '../domain/cluster';
import { kinds } from '../domain/kinds';
import type { Kind, KindId, ObjectOf } from '../domain/kinds';
import type { KubeObject } from '../domain/objects';
import { rightOf } from '../domain/rights';
import { ok } from '../domain/result';
import { attempt, doubtForbidden } from './attempt';
import { concealedBy } from './concealed-by';
import { failureOf } from './failure';
import { useHeldWatch } from './HeldWatches';
import { useAskedFor } from './use-asked-for';
import { selectorOf } from './selector';
import type { UseWatch } from './services';

/** The console's model of a kind. Made from our table: the SDK's request functions read nothing else from it. */
const modelOf = (kind: KindId): K8sModel => {
  const { group, version, kind: name, plural, namespaced } = kinds[kind];
  return {
    ...(group && { apiGroup: group }),
    apiVersion: version,
    kind: name,
    plural,
    namespaced,
    abbr: '',
    label: name,
    labelPlural: name,
  };
};

/** A question rather than an object: not among the kinds we touch. */
const accessReview: K8sModel = {
  apiGroup: 'authorization.k8s.io',
  apiVersion: 'v1',
  kind: 'SelfSubjectAccessReview',
  plural: 'selfsubjectaccessreviews',
  namespaced: false,
  abbr: '',
  label: 'SelfSubjectAccessReview',
  labelPlural: 'SelfSubjectAccessReviews',
};

/** Makes the server leave out everything but metadata, of an object or of a list. */
const metadataOf = (what: 'PartialObjectMetadata' | 'PartialObjectMetadataList') => ({
  requestInit: { headers: { Accept: `application/json;as=${what};v=v1;g=meta.k8s.io` } },
});

const inNamespace = (namespace: string | undefined) => (namespace === undefined ? {} : { ns: namespace });

const dryRunQuery = { queryParams: { dryRun: 'All' } };

const send = (change: Write, dryRun: boolean): Promise<K8sResourceCommon> => {
  const model = modelOf(change.kind);
  const query = dryRun ? dryRunQuery : {};
  switch (change.verb) {
    case 'create':
      return k8sCreate({
        model,
        data: change.object as K8sResourceCommon,
        ...inNamespace(change.object.metadata.namespace),
        ...query,
      });
    case 'patch':
      return k8sPatch({ model, resource: resourceOf(change), data: change.operations as unknown as Patch[], ...query });
    case 'delete':
      return k8sDelete({
        model,
        resource: resourceOf(change),
        json: {
          kind: 'DeleteOptions',
          apiVersion: 'v1',
          preconditions: { uid: change.uid },
          // Of a request with a body the API server reads nothing else: a dry run that stood in the address would delete (seen).
          ...(dryRun && { dryRun: ['All'] }),
        },
      });
  }
};

const resourceOf = ({ name, namespace }: { name: string; namespace?: string }): K8sResourceCommon => ({
  metadata: { name, ...(namespace !== undefined && { namespace }) },
});

/** The cluster as the signed-in user may see and change it, through the console's own request functions. */
export const consoleCluster: Cluster = {
  get: async <K extends KindId>({ kind, name, namespace, metadataOnly = false }: One<K>) => {
    const about = { kind, verb: 'get', name, ...(namespace !== undefined && { namespace }) } as const;
    const limited = metadataOnly ? metadataOf('PartialObjectMetadata') : {};
    const answer = await attempt(about, () =>
      k8sGet({ model: modelOf(kind), name, ...inNamespace(namespace), ...limited }),
    );
    if (answer.ok) return ok(answer.value as unknown as ObjectOf[K]);
    return answer.error.code === 'NotFound' ? ok(undefined) : answer;
  },

  list: async <K extends KindId>({ list, namespace, labelSelector, name }: Many<K>) => {
    const about = { kind: list, verb: 'list', ...(namespace !== undefined && { namespace }) } as const;
    const queryParams = {
      ...inNamespace(namespace),
      ...(labelSelector !== undefined && { labelSelector: selectorOf(labelSelector) }),
      ...(name !== undefined && { fieldSelector: `metadata.name=${name}` }),
    };
    // Of Secrets only what is not secret: the server leaves the content out.
    const requestInit = list === 'secrets' ? metadataOf('PartialObjectMetadataList') : {};
    // In one piece: with pages, the SDK would drop the token of the next one. Raw, because the server answers `items: null` when there
    // is no metadata to give, which the SDK would stumble over.
    const options = { model: modelOf(list), queryParams, raw: true, ...requestInit };
    return attempt(about, async () => ((await k8sListItems(options)) as unknown as ObjectOf[K][] | undefined) ?? []);
  },

  apply: async (change, { dryRun = false } = {}) => {
    const about = { verb: change.verb, ...targetOf(change) };
    const request = async () => (await send(change, dryRun)) as unknown as KubeObject;
    const applied = await attempt(about, request, concealedBy(change));
    return doubtForbidden(applied, () => consoleCluster.can(rightOf(change)));
  },

  // Not the SDK's checkAccess: it remembers every answer until the page is loaded anew, also after the right was given.
  can: async ({ kind, verb, name, subresource, namespace }: Right) => {
    const { group, plural: resource } = kinds[kind];
    const resourceAttributes = {
      group,
      resource,
      verb,
      ...(name !== undefined && { name }),
      ...(subresource !== undefined && { subresource }),
      ...(namespace !== undefined && { namespace }),
    };
    const data = {
      apiVersion: 'authorization.k8s.io/v1',
      kind: 'SelfSubjectAccessReview',
      spec: { resourceAttributes },
    };
    return attempt({ kind, verb, ...(namespace !== undefined && { namespace }) }, async () => {
      const review = (await k8sCreate({ model: accessReview, data })) as {
        readonly status?: { readonly allowed?: boolean };
      };
      return review.status?.allowed === true;
    });
  },

  pause: (milliseconds) =>
    new Promise((resolve) => {
      setTimeout(resolve, milliseconds);
    }),
};

/**
 * The console's watch as one discriminated state, the same one as long as nothing changed: who compares must not find something new on
 * every render. An absent CRD is not an error, and a missing right is not emptiness.
 */
export const useConsoleWatch: UseWatch = <K extends KindId>(
  query: One<K> | Many<K> | undefined,
): Watched<ObjectOf[K]> => {
  const [data, loaded, error] = useHeldWatch(watchOf(query));
  const key = query && JSON.stringify(query);
  const watched = useMemo(
    () => readWatch(key === undefined ? undefined : (JSON.parse(key) as One<K> | Many<K>), data, loaded, error),
    [key, data, loaded, error],
  );
  return useAskedFor(consoleCluster, query, watched.state === 'absent') ?? watched;
};

const readWatch = <K extends KindId>(
  query: One<K> | Many<K> | undefined,
  data: unknown,
  loaded: boolean,
  error: unknown,
): Watched<ObjectOf[K]> => {
  if (!query) return { state: 'loading' };
  const isList = 'list' in query;
  if (error) {
    const failure = failureOf(error, {
      kind: isList ? query.list : query.kind,
      verb: isList ? 'list' : 'get',
      ...(query.namespace !== undefined && { namespace: query.namespace }),
    });
    if (failure.code === 'KindAbsent') return { state: 'absent' };
    return failure.code === 'NotFound' && !isList ? { state: 'loaded', items: [] } : { state: 'failed', failure };
  }
  if (!loaded) return { state: 'loading' };
  const items = (Array.isArray(data) ? data : [data]) as unknown as ObjectOf[K][];
  return { state: 'loaded', items };
};

const watchOf = (query: One | Many | undefined) => {
  if (!query) return null;
  const kind = 'list' in query ? query.list : query.kind;
  const { group, version, kind: name, namespaced, atOnce }: Kind = kinds[kind];
  return {
    groupVersionKind: { ...(group && { group }), version, kind: name },
    namespaced,
    ...(query.namespace !== undefined && { namespace: query.namespace }),
    ...('list' in query
      ? {
          isList: true,
          ...(query.labelSelector !== undefined && { selector: selectorOf(query.labelSelector) }),
          ...(atOnce !== undefined && { limit: atOnce }),
        }
      : { name: query.name }),
  };
};
