import type { Write } from '../domain/change';
import { targetOf } from '../domain/change';
import type { Watched } from '../domain/watched';
import type { Cluster, Many, One, Right } from '../domain/cluster';
import type { ClusterFailure } from '../domain/failure';
import { apiVersionOf, kinds } from '../domain/kinds';
import type { KindId, ObjectOf } from '../domain/kinds';
import type { ImageStreamImport, KubeObject } from '../domain/objects';
import type { Result } from '../domain/result';
import { err, ok } from '../domain/result';
import { createStore } from '../domain/store';
import { concealedBy } from '../cluster/concealed-by';
import type { Attempt, ServerStatus } from '../cluster/failure';
import { failureOfStatus, patchDoesNotApply } from '../cluster/failure';
import { applyPatch } from '../domain/json-patch';
import { closedProject, projectOf, refusedRequest } from './memory-projects';
import { generationAfter, matches, withAnswer, withData, withRepository } from './memory-server';
import type { AnswerImport } from './memory-server';
import { watching } from './memory-watch';
import { unpublished } from './published-fields';
import type { UseWatch } from '../cluster/services';

/** A fault for the next matching request: refused before it is carried out, or carried out with the answer lost. */
export type Fault = FaultyRequest &
  (
    | {
        readonly failure: ClusterFailure['code'];
        /** What the server says; the code when left out. */ readonly message?: string;
      }
    /** What an API server answers, with whatever it quotes of the object. */
    | { readonly status: ServerStatus }
  );

interface FaultyRequest {
  readonly verb: Attempt['verb'];
  readonly kind: KindId;
  /** `after`: the change takes place, only its answer is lost. */
  readonly when?: 'before' | 'after';
  /** How often; 1 when left out. */
  readonly times?: number;
}

/** A cluster in memory for specs. It checks what an API server checks: names, projects, versions, patch tests, rights. */
export interface MemoryCluster extends Cluster {
  readonly useWatch: UseWatch;
  /** Puts an object in place as if somebody else had created or changed it. */
  readonly put: <K extends KindId>(kind: K, object: ObjectOf[K]) => void;
  readonly remove: (kind: KindId, name: string, namespace?: string) => void;
  readonly all: <K extends KindId>(kind: K) => readonly ObjectOf[K][];
  readonly fail: (fault: Fault) => void;
  /** The user loses a right, or has it again. */
  readonly forbid: (verb: Attempt['verb'], kind: KindId, subresource?: string) => void;
  /** The user has rights in these projects and nowhere else: neither in others nor in the whole cluster. */
  readonly confine: (...projects: readonly string[]) => void;
  readonly permit: (verb: Attempt['verb'], kind: KindId, subresource?: string) => void;
  /** The CRD or API of a kind goes away. */
  readonly uninstall: (kind: KindId) => void;
  /** The internal image registry goes away or comes back, for present and future ImageStreams. */
  readonly switchRegistry: (isOn: boolean) => void;
  /** What registries outside have, by image and by how lists are asked for; without it, none can be reached. */
  readonly answerImports: (answer: AnswerImport) => void;
  /** Every change that was carried out, in order; dry runs are not among them. */
  readonly writes: readonly Write[];
}

/** A cluster with these projects and nothing else. */
export const memoryCluster = (...projects: readonly string[]): MemoryCluster => {
  const store = new Map<string, KubeObject>();
  const changes = createStore(0);
  const faults: (Fault & { left: number })[] = [];
  const forbidden = new Set<string>();
  const uninstalled = new Set<KindId>();
  let confinedTo: readonly string[] | undefined;
  const writes: Write[] = [];
  let version = 0;
  const builtInRegistry = 'image-registry.openshift-image-registry.svc:5000';
  let registry = builtInRegistry;
  let importOf: AnswerImport = (image) => ({
    status: { status: 'Failure', reason: 'InternalError', message: `Internal error occurred: ${image}: no such host` },
  });
  const keyFor = (kind: KindId, name: string, namespace = ''): string => `${kind} ${namespace}/${name}`;
  const changed = (): void => {
    changes.update((count) => count + 1);
  };
  const stored = (kind: KindId, object: KubeObject): KubeObject => {
    version += 1;
    const { name, namespace } = object.metadata;
    const before = store.get(keyFor(kind, name, namespace));
    return {
      ...withData(object),
      ...(kind === 'imageStreams' && withRepository(object, registry)),
      apiVersion: apiVersionOf(kinds[kind]),
      kind: kinds[kind].kind,
      metadata: {
        ...object.metadata,
        uid: before?.metadata.uid ?? `uid-${String(version)}`,
        resourceVersion: String(version),
        creationTimestamp: before?.metadata.creationTimestamp ?? '2026-01-01T00:00:00Z',
        ...(kind === 'nodeNetworkConfigurationPolicies' && generationAfter(before, object)),
      },
    };
  };
  const keep = (kind: KindId, object: KubeObject): void => {
    store.set(keyFor(kind, object.metadata.name, object.metadata.namespace), object);
    changed();
  };
  const items = <K extends KindId>(kind: K, namespace?: string): ObjectOf[K][] => {
    // Each user sees their own.
    if (kind === 'projects')
      return items('namespaces')
        .filter(({ metadata }) => !isOutside(metadata.name))
        .map(projectOf) as ObjectOf[K][];
    return [...store.entries()]
      .filter(
        ([key, { metadata }]) => key.startsWith(`${kind} `) && (namespace ?? metadata.namespace) === metadata.namespace,
      )
      .map(([, object]) => object as ObjectOf[K]);
  };
  for (const name of projects) keep('namespaces', stored('namespaces', { metadata: { name } }));

  const status = (code: number, reason: string, message: string, about: Attempt): Result<never, ClusterFailure> =>
    err(failureOfStatus({ code, reason, message }, about));

  const isOutside = (namespace = ''): boolean => confinedTo !== undefined && !confinedTo.includes(namespace);
  /** Of OpenShift's projects, everybody may list their own and request new ones, unless that was taken away. */
  const isDenied = ({ kind, verb, name, namespace }: Attempt): boolean => {
    if (kind === 'projects' && verb === 'get') return isOutside(name);
    return kind !== 'projects' && kind !== 'projectRequests' && isOutside(namespace);
  };
  const refusal = (about: Attempt): Result<never, ClusterFailure> | undefined => {
    if (uninstalled.has(about.kind)) return err({ ...about, code: 'KindAbsent', message: '' });
    const forbids = isDenied(about) || forbidden.has(`${about.verb} ${about.kind}`);
    const { group, plural } = kinds[about.kind];
    const scope = about.namespace === undefined ? 'at the cluster scope' : `in the namespace "${about.namespace}"`;
    const said = `${plural} is forbidden: User "u" cannot ${about.verb} resource "${plural}" in API group "${group}" ${scope}`;
    return forbids ? status(403, 'Forbidden', said, about) : undefined;
  };
  const faultFor = (
    about: Attempt,
    when: 'before' | 'after',
    conceal: readonly string[] = [],
  ): Result<never, ClusterFailure> | undefined => {
    const fault = faults.find(
      (f) => f.left > 0 && f.verb === about.verb && f.kind === about.kind && (f.when ?? 'before') === when,
    );
    if (!fault) return undefined;
    fault.left -= 1;
    if ('status' in fault) return err(failureOfStatus(fault.status, about, conceal));
    return err({ ...about, code: fault.failure, message: fault.message ?? fault.failure });
  };

  const carryOut = (change: Write, about: Attempt): Result<KubeObject, ClusterFailure> => {
    const { kind, name, namespace } = targetOf(change);
    const present = store.get(keyFor(kind, name, namespace));
    if (change.verb === 'create') {
      const closed = kinds[kind].namespaced
        ? closedProject(store.get(keyFor('namespaces', namespace ?? '')), about)
        : undefined;
      if (closed) return closed;
      if (kind === 'projectRequests') {
        const refused = refusedRequest(change.object, store.has(keyFor('namespaces', name)), about);
        if (!refused) confinedTo = confinedTo && [...confinedTo, name];
        return refused ?? ok(stored('namespaces', { metadata: { name } }));
      }
      if (kind === 'imageStreamImports') return ok(withAnswer(change.object as ImageStreamImport, importOf));
      if (present) return status(409, 'AlreadyExists', `${kinds[kind].plural} "${name}" already exists`, about);
      return ok(stored(kind, change.object));
    }
    if (!present) return status(404, 'NotFound', `${kinds[kind].plural} "${name}" not found`, about);
    if (change.verb === 'delete') {
      return change.uid === present.metadata.uid
        ? ok(present)
        : status(409, 'Conflict', 'the UID in the precondition does not match', about);
    }
    const patched = applyPatch(present, change.operations);
    // Which operation failed, the API server does not say.
    if (!patched.ok) return status(422, 'Invalid', patchDoesNotApply, about);
    return ok(stored(kind, patched.value as KubeObject));
  };

  /** Stricter than an API server, which drops fields that it does not know: a spec that writes one fails. What was wrong before may stay. */
  const published = (
    outcome: Result<KubeObject, ClusterFailure>,
    about: Attempt,
  ): Result<KubeObject, ClusterFailure> => {
    if (!outcome.ok || about.verb === 'delete') return outcome;
    const before = store.get(keyFor(about.kind, outcome.value.metadata.name, outcome.value.metadata.namespace));
    const known = before ? unpublished(about.kind, before) : [];
    const problems = unpublished(about.kind, outcome.value).filter((problem) => !known.includes(problem));
    return problems.length === 0 ? outcome : status(422, 'Invalid', problems.join(', '), about);
  };

  const cluster: MemoryCluster = {
    writes,
    get: <K extends KindId>({ kind, name, namespace, metadataOnly = false }: One<K>) => {
      const about = { kind, verb: 'get', name, ...(namespace !== undefined && { namespace }) } as const;
      const stored = (
        kind === 'projects'
          ? items('projects').find(({ metadata }) => metadata.name === name)
          : store.get(keyFor(kind, name, namespace))
      ) as ObjectOf[K] | undefined;
      const present = metadataOnly && stored ? ({ metadata: stored.metadata } as ObjectOf[K]) : stored;
      return Promise.resolve(refusal(about) ?? faultFor(about, 'before') ?? ok(present));
    },
    list: <K extends KindId>({ list, namespace, labelSelector, name }: Many<K>) => {
      const about = { kind: list, verb: 'list', ...(namespace !== undefined && { namespace }) } as const;
      const found = items(list, namespace)
        .filter((item) => matches(item, labelSelector) && (name ?? item.metadata.name) === item.metadata.name)
        .map((item) => (list === 'secrets' ? ({ metadata: item.metadata } as ObjectOf[K]) : item));
      return Promise.resolve(refusal(about) ?? faultFor(about, 'before') ?? ok(found));
    },
    apply: (change, { dryRun = false } = {}) => {
      const about = { verb: change.verb, ...targetOf(change) };
      const stopped = refusal(about) ?? faultFor(about, 'before', concealedBy(change));
      if (stopped) return Promise.resolve(stopped);
      const outcome = published(carryOut(change, about), about);
      // A request for a project heeds no dry run.
      const isDry = (dryRun && change.kind !== 'projectRequests') || change.kind === 'imageStreamImports';
      if (isDry || !outcome.ok) return Promise.resolve(outcome);
      writes.push(change);
      if (change.verb === 'delete') {
        store.delete(keyFor(change.kind, change.name, change.namespace));
        changed();
      } else {
        keep(change.kind === 'projectRequests' ? 'namespaces' : change.kind, outcome.value);
      }
      return Promise.resolve(faultFor(about, 'after') ?? outcome);
    },
    can: (right: Right) =>
      Promise.resolve(ok(!isDenied(right) && !forbidden.has(rightOf(right.verb, right.kind, right.subresource)))),
    // Others act meanwhile, as they would in a real wait.
    pause: () =>
      new Promise((resolve) => {
        setTimeout(resolve, 1);
      }),
    put: (kind, object) => {
      const { metadata, ...rest } = stored(kind, object);
      // Only the server says when an object was created, and a test in its place.
      keep(kind, {
        ...rest,
        metadata: {
          ...metadata,
          creationTimestamp: object.metadata.creationTimestamp ?? metadata.creationTimestamp ?? '',
        },
      });
    },
    remove: (kind, name, namespace) => {
      store.delete(keyFor(kind, name, namespace));
      changed();
    },
    all: (kind) => items(kind),
    fail: (fault) => {
      faults.push({ ...fault, left: fault.times ?? 1 });
    },
    forbid: (verb, kind, subresource) => {
      forbidden.add(rightOf(verb, kind, subresource));
      changed();
    },
    confine: (...projects) => {
      confinedTo = projects;
      changed();
    },
    permit: (...right) => {
      if (forbidden.delete(rightOf(...right))) changed();
    },
    uninstall: (kind) => {
      uninstalled.add(kind);
      changed();
    },
    switchRegistry: (isOn) => {
      registry = isOn ? builtInRegistry : '';
      for (const stream of items('imageStreams')) keep('imageStreams', stored('imageStreams', stream));
    },
    answerImports: (answer) => {
      importOf = answer;
    },
    useWatch: watching(changes, (query) => watchedNow(query)),
  };

  const watchedNow = <K extends KindId>(query: One<K> | Many<K> | undefined): Watched<ObjectOf[K]> => {
    if (!query) return { state: 'loading' };
    const kind = 'list' in query ? query.list : query.kind;
    const stopped = refusal({
      kind,
      verb: 'list',
      ...(query.namespace !== undefined && { namespace: query.namespace }),
    });
    if (stopped && !stopped.ok) {
      return stopped.error.code === 'KindAbsent' ? { state: 'absent' } : { state: 'failed', failure: stopped.error };
    }
    const found = items(kind, query.namespace).filter((item) =>
      'list' in query ? matches(item, query.labelSelector) : item.metadata.name === query.name,
    );
    return { state: 'loaded', items: found };
  };

  return cluster;
};

const rightOf = (verb: string, kind: KindId, subresource = ''): string => `${verb} ${kind} ${subresource}`.trim();
