import { setTimeout as pause } from 'node:timers/promises';
import type { KubeConfig } from '@kubernetes/client-node';
import type { Write } from '../domain/change';
import { targetOf } from '../domain/change';
import { rightOf } from '../domain/rights';
import type { Cluster, Many, One, Right } from '../domain/cluster';
import { kinds } from '../domain/kinds';
import type { KindId, ObjectOf } from '../domain/kinds';
import type { KubeObject } from '../domain/objects';
import type { ClusterFailure } from '../domain/failure';
import type { Result } from '../domain/result';
import { ok } from '../domain/result';
import { attempt, doubtForbidden } from './attempt';
import { concealedBy } from './concealed-by';
import { metadataOf, pagesOf, pathOf, send } from './node-request';

/** Who wrote a field, in an object's managedFields. */
const fieldManager = 'migration-prep';

const carryOut = (config: KubeConfig, change: Write, dryRun: boolean): Promise<unknown> => {
  const { kind, name, namespace } = targetOf(change);
  const query = { fieldManager, ...(dryRun && { dryRun: 'All' }) };
  switch (change.verb) {
    case 'create':
      return send(config, { method: 'POST', path: pathOf(kind, namespace), query, body: change.object });
    case 'patch':
      return send(config, { method: 'PATCH', path: pathOf(kind, namespace, name), query, body: change.operations });
    case 'delete': {
      const body = {
        kind: 'DeleteOptions',
        apiVersion: 'v1',
        preconditions: { uid: change.uid },
        ...(dryRun && { dryRun: ['All'] }),
      };
      return send(config, { method: 'DELETE', path: pathOf(kind, namespace, name), body });
    }
  }
};

/** A cluster as Node reaches it, with a kubeconfig or as a pod's ServiceAccount. Same port, same failures as in the console. */
export const nodeCluster = (config: KubeConfig): Cluster => ({
  get: async <K extends KindId>({ kind, name, namespace, metadataOnly = false }: One<K>) => {
    const about = { kind, verb: 'get', name, ...(namespace !== undefined && { namespace }) } as const;
    const limited = metadataOnly ? { accept: metadataOf('') } : {};
    const answer = await attempt(about, () =>
      send(config, { method: 'GET', path: pathOf(kind, namespace, name), ...limited }),
    );
    if (answer.ok) return ok(answer.value as ObjectOf[K]);
    return answer.error.code === 'NotFound' ? ok(undefined) : answer;
  },

  list: <K extends KindId>({ list, namespace, labelSelector, name }: Many<K>) => {
    const about = { kind: list, verb: 'list', ...(namespace !== undefined && { namespace }) } as const;
    return attempt(about, async () => {
      const items: ObjectOf[K][] = [];
      const query: Record<string, string> = {
        ...(labelSelector !== undefined && { labelSelector }),
        ...(name !== undefined && { fieldSelector: `metadata.name=${name}` }),
      };
      const pages = pagesOf<ObjectOf[K]>(config, { path: pathOf(list, namespace), query });
      for await (const page of pages) items.push(...page.items);
      return items;
    });
  },

  apply: async (change, { dryRun = false } = {}) => {
    const about = { verb: change.verb, ...targetOf(change) };
    const request = async () => (await carryOut(config, change, dryRun)) as KubeObject;
    const applied = await attempt(about, request, concealedBy(change));
    return doubtForbidden(applied, () => can(config, rightOf(change)));
  },

  can: (right) => can(config, right),

  pause: (milliseconds) => pause(milliseconds),
});

const can = (
  config: KubeConfig,
  { kind, verb, name, subresource, namespace }: Right,
): Promise<Result<boolean, ClusterFailure>> =>
  attempt({ kind, verb, ...(namespace !== undefined && { namespace }) }, async () => {
    const { group, plural: resource } = kinds[kind];
    const review = await send(config, {
      method: 'POST',
      path: '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
      body: {
        apiVersion: 'authorization.k8s.io/v1',
        kind: 'SelfSubjectAccessReview',
        spec: { resourceAttributes: { group, resource, verb, name, subresource, namespace } },
      },
    });
    return (review as { status?: { allowed?: boolean } }).status?.allowed === true;
  });
