import type { AddressInfo } from 'node:net';
import type { KubeConfig } from '@kubernetes/client-node';
import { nodeCluster } from '../cluster/node-cluster';
import { nodeSource } from '../cluster/node-watch';
import type { Watched } from '../cluster/node-watch';
import type { Cluster } from '../domain/cluster';
import { kinds } from '../domain/kinds';
import type { KindId, ObjectOf } from '../domain/kinds';
import { isTransient } from '../domain/failure';
import type { KubeObject } from '../domain/objects';
import { err } from '../domain/result';
import type { Clock, Pauses } from './clock';
import { serve } from './http';
import type { Log } from './log';
import type { Metrics } from './metrics';
import { makeMetrics } from './metrics';
import { reflect } from './reflector';
import type { Knowledge, Reflector } from './reflector';
import type { Worked } from './work-queue';
import { workQueue } from './work-queue';

/** What a reconciler works with. */
export interface Host {
  /** Its writes are counted. */
  readonly cluster: Cluster;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
  /** Follows a kind until the controller stops. It is ready only when it has seen all of it once. */
  readonly follow: <K extends KindId, T extends KubeObject>(following: Following<K, T>) => Reflector<T>;
  /** Puts a key of this reconciler into the queue. */
  readonly add: (key: string, milliseconds?: number) => void;
}

/** A kind to be followed. */
export interface Following<K extends KindId, T extends KubeObject> {
  readonly watched: Watched<K>;
  readonly keep: (object: ObjectOf[K]) => T;
  readonly onChange: (key: string, is: T | undefined, was: T | undefined) => void;
  readonly onKnowledge?: (knowledge: Knowledge) => void;
}

/** What brings about one sort of things, key by key. It finds by itself what there is to do, and puts it into the queue. */
export interface Reconciler {
  readonly name: string;
  readonly start: (host: Host) => (key: string) => Promise<Worked>;
}

/** What a controller is made of. */
export interface Setup {
  readonly config: KubeConfig;
  readonly reconcilers: readonly Reconciler[];
  readonly log: Log;
  readonly clock: Clock;
  /** 0: any that is free. */
  readonly port: number;
}

/** A controller at work. */
export interface Controller {
  readonly port: number;
  /** Begins nothing any more, and resolves when what was begun is done: no write is left without its answer. */
  readonly stop: () => Promise<void>;
}

/** How many keys are worked on at a time: about as many requests as an API server gives one client without making it wait. */
const atOnce = 8;
/** After what passes by itself, such as an API server that is away: work goes on soon after it has passed, however long it took. */
const soon: Pauses = { first: 500, most: 15_000 };
/** After what somebody has to change first. */
const seldom: Pauses = { first: 500, most: 300_000 };

/** Starts the reconcilers, with one queue for all. */
export const startController = async ({ config, reconcilers, log, clock, port }: Setup): Promise<Controller> => {
  const watches: AbortController[] = [];
  const work = new Map<string, (key: string) => Promise<Worked>>();
  const followed: Followed[] = [];

  const queue = workQueue({
    atOnce,
    pauses: ({ code }) => (code !== undefined && isTransient({ code }) ? soon : seldom),
    clock,
    work: async (queued) => {
      // Reconcilers put keys into the queue while they start. They are worked on when all have started.
      await Promise.resolve();
      const [name = '', key = ''] = split(queued);
      const began = clock.now();
      const worked = await guarded(work.get(name)?.(key), (fault) => {
        log.error('fault', { reconciler: name, key, fault });
      });
      metrics.reconciled(name, worked.ok, (clock.now() - began) / 1000);
      if (!worked.ok)
        log.warn('retry', { reconciler: name, key, cause: worked.error.code, message: worked.error.message });
      return worked;
    },
  });
  const metrics = makeMetrics(
    reconcilers.map(({ name }) => name),
    queue,
    clock,
  );
  const cluster = metrics.counting(nodeCluster(config));

  const hostOf = (name: string): Host => ({
    cluster,
    clock,
    log,
    metrics,
    add: (key, milliseconds) => {
      queue.add(`${name} ${key}`, milliseconds);
    },
    follow: ({ watched, keep, onChange, onKnowledge }) => {
      const { kind } = watched;
      const stopping = new AbortController();
      watches.push(stopping);
      const reflector = reflect({
        source: nodeSource(config, watched),
        keep,
        clock,
        signal: stopping.signal,
        onChange,
        onKnowledge: (knowledge) => {
          metrics.knows(kind, knowledge);
          log.info('knowledge', { kind, knowledge });
          onKnowledge?.(knowledge);
        },
        onEnding: (cause, pause) => {
          metrics.watchEnded(kind, cause);
          if (cause !== 'Ended') log.warn('watch ended', { kind, cause, pause: Math.round(pause) });
        },
      });
      followed.push({ kind, knowledge: reflector.knowledge });
      return reflector;
    },
  });

  for (const { name, start } of reconcilers) work.set(name, start(hostOf(name)));
  const server = await serve(
    { missing: () => missing(followed), metrics: metrics.text, metricsType: metrics.contentType },
    port,
  );
  const { port: listening } = server.address() as AddressInfo;
  log.info('started', { port: listening, reconcilers: reconcilers.map(({ name }) => name).join(',') });

  return {
    port: listening,
    stop: async () => {
      log.info('stopping', { inWork: queue.inWork(), waiting: queue.waiting.size });
      for (const watch of watches) watch.abort();
      await queue.close();
      server.closeAllConnections();
      server.close();
      log.info('stopped');
    },
  };
};

/** `reconciler key`: neither has a space. */
const split = (queued: string): readonly string[] => queued.split(' ');

/** A fault in one reconciler is retried like a failure, and stops no other key. */
const guarded = async (work: Promise<Worked> | undefined, onFault: (stack: string) => void): Promise<Worked> => {
  try {
    return (await work) ?? err({});
  } catch (thrown) {
    onFault(thrown instanceof Error ? (thrown.stack ?? thrown.message) : 'unknown');
    return err({});
  }
};

interface Followed {
  readonly kind: KindId;
  readonly knowledge: () => Knowledge;
}

/** What is not known yet, or may not be. A kind that is absent is known to be so. */
const missing = (followed: readonly Followed[]): readonly string[] =>
  followed.flatMap(({ kind, knowledge }) => {
    switch (knowledge()) {
      case 'listing':
        return [`${kinds[kind].kind} was not listed yet`];
      case 'forbidden':
        return [`the right to list and watch ${kinds[kind].plural} is missing`];
      case 'absent':
      case 'listed':
        return [];
    }
  });
