import type { OutgoingHttpHeaders } from 'node:http';
import { request as httpRequest } from 'node:http';
import type { RequestOptions } from 'node:https';
import { request as httpsRequest } from 'node:https';
import { setTimeout as pause } from 'node:timers/promises';
import type { KubeConfig } from '@kubernetes/client-node';
import type { Write } from '../domain/change';
import { targetOf } from '../domain/change';
import { rightOf } from '../domain/rights';
import type { Cluster, Many, One, Right } from '../domain/cluster';
import { apiVersionOf, kinds } from '../domain/kinds';
import type { KindId, ObjectOf } from '../domain/kinds';
import type { KubeObject } from '../domain/objects';
import type { ClusterFailure } from '../domain/failure';
import type { Result } from '../domain/result';
import { ok } from '../domain/result';
import { attempt, doubtForbidden } from './attempt';
import { concealedBy } from './concealed-by';

/** An answer that is no success, in the shape that failure.ts reads. */
class StatusError extends Error {
  constructor(
    readonly code: number,
    readonly json: { readonly reason?: string; readonly message?: string },
  ) {
    super(json.message ?? `status ${String(code)}`);
  }
}

interface Ask {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly accept?: string;
}

/** Items of a page of a list; an API server may answer with fewer. */
const pageSize = '500';
/** Who wrote a field, in an object's managedFields. */
const fieldManager = 'migration-prep';
const timeout = 30_000;

const pathOf = (kind: KindId, namespace?: string, name?: string): string => {
  const { group, plural, namespaced } = kinds[kind];
  const version = apiVersionOf(kinds[kind]);
  return [
    group ? '/apis' : '/api',
    version,
    ...(namespaced && namespace !== undefined ? ['namespaces', encodeURIComponent(namespace)] : []),
    plural,
    ...(name === undefined ? [] : [encodeURIComponent(name)]),
  ].join('/');
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return { message: text.trim() };
  }
};

/** One request. Throws what failure.ts understands. */
const send = async (
  config: KubeConfig,
  { method, path, query = {}, body, accept = 'application/json' }: Ask,
): Promise<unknown> => {
  const url = new URL((config.getCurrentCluster()?.server ?? '').replace(/\/$/, '') + path);
  for (const [key, value] of Object.entries(query)) url.searchParams.set(key, value);
  const options: RequestOptions = { method, timeout, headers: { Accept: accept } };
  // Credentials anew each time: tokens of pods and of exec plugins expire.
  await config.applyToHTTPSOptions(options);
  const content = body === undefined ? undefined : Buffer.from(JSON.stringify(body));
  const type = method === 'PATCH' ? 'application/json-patch+json' : 'application/json';
  const headers = {
    ...(options.headers as OutgoingHttpHeaders),
    ...(content && { 'Content-Type': type, 'Content-Length': content.length }),
  };
  const request = url.protocol === 'http:' ? httpRequest : httpsRequest;
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { ...options, headers }, (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('error', reject);
      incoming.on('end', () => {
        const answer = parsed(Buffer.concat(chunks).toString());
        const { statusCode = 0 } = incoming;
        if (statusCode >= 200 && statusCode < 300) resolve(answer);
        else reject(new StatusError(statusCode, answer as StatusError['json']));
      });
    });
    outgoing.on('timeout', () => outgoing.destroy(new Error('no answer in time')));
    outgoing.on('error', reject);
    outgoing.end(content);
  });
};

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

interface Page<T> {
  readonly metadata: { readonly continue?: string };
  readonly items: readonly T[];
}

/** A cluster as Node reaches it, with a kubeconfig or as a pod's ServiceAccount. Same port, same failures as in the console. */
export const nodeCluster = (config: KubeConfig): Cluster => ({
  get: async <K extends KindId>({ kind, name, namespace, metadataOnly = false }: One<K>) => {
    const about = { kind, verb: 'get', name, ...(namespace !== undefined && { namespace }) } as const;
    const limited = metadataOnly ? { accept: 'application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io' } : {};
    const answer = await attempt(about, () =>
      send(config, { method: 'GET', path: pathOf(kind, namespace, name), ...limited }),
    );
    if (answer.ok) return ok(answer.value as ObjectOf[K]);
    return answer.error.code === 'NotFound' ? ok(undefined) : answer;
  },

  list: <K extends KindId>({ list, namespace, labelSelector }: Many<K>) => {
    const about = { kind: list, verb: 'list', ...(namespace !== undefined && { namespace }) } as const;
    return attempt(about, async () => {
      const items: ObjectOf[K][] = [];
      let next = '';
      do {
        const query = {
          limit: pageSize,
          ...(labelSelector !== undefined && { labelSelector }),
          ...(next !== '' && { continue: next }),
        };
        const page = (await send(config, { method: 'GET', path: pathOf(list, namespace), query })) as Page<ObjectOf[K]>;
        items.push(...page.items);
        next = page.metadata.continue ?? '';
      } while (next !== '');
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
