import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';
import { targetOf } from '../domain/change';
import type { Cluster } from '../domain/cluster';
import type { Clock } from './clock';
import type { Ending, Knowledge } from './reflector';
import type { WorkQueue } from './work-queue';

/** What Prometheus is told (docs/controller.md, "Metrics and alerts"). Labels have few values: kinds, verbs and codes, and never a name. */
export interface Metrics {
  /** In the text format of Prometheus. */
  readonly text: () => Promise<string>;
  readonly contentType: string;
  readonly reconciled: (reconciler: string, isDone: boolean, seconds: number) => void;
  readonly watchEnded: (kind: string, cause: Ending) => void;
  readonly knows: (kind: string, knowledge: Knowledge) => void;
  readonly undecided: (count: number) => void;
  /** Whether something that values declare is as declared. */
  readonly held: (task: string, isReady: boolean) => void;
  /** A cluster whose writes are counted. */
  readonly counting: (cluster: Cluster) => Cluster;
}

const prefix = 'migration_prep_';

/** The queue, as far as it is measured; its keys begin with the reconciler's name and a space. */
type Measured = Pick<WorkQueue, 'waiting' | 'inWork'>;

/** A registry of its own, with what Node says of the process. The queue is measured whenever somebody asks. */
export const makeMetrics = (reconcilers: readonly string[], queue: Measured, { now }: Pick<Clock, 'now'>): Metrics => {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const gauge = <L extends string>(name: string, help: string, labelNames: readonly L[] = []) =>
    new Gauge({ name: prefix + name, help, labelNames, registers });
  const counter = <L extends string>(name: string, help: string, labelNames: readonly L[]) =>
    new Counter({ name: prefix + name, help, labelNames, registers });

  const depth = gauge('queue_depth', 'Keys that wait to be worked on.', ['reconciler']);
  const age = gauge('queue_age_seconds', 'For how long the first of these keys has waited.', ['reconciler']);
  const inWork = gauge('queue_in_work', 'Keys that are being worked on.');
  const measure = (): void => {
    const first = new Map<string, number>();
    const counts = new Map(reconcilers.map((name) => [name, 0]));
    for (const [key, since] of queue.waiting) {
      const name = key.slice(0, key.indexOf(' '));
      counts.set(name, (counts.get(name) ?? 0) + 1);
      if (!first.has(name)) first.set(name, since);
    }
    for (const [reconciler, count] of counts) {
      depth.set({ reconciler }, count);
      age.set({ reconciler }, (now() - (first.get(reconciler) ?? now())) / 1000);
    }
    inWork.set(queue.inWork());
  };
  const reconciles = counter('reconciles_total', 'Keys that were worked on, by result.', ['reconciler', 'result']);
  const seconds = new Histogram({
    name: `${prefix}reconcile_seconds`,
    help: 'How long the work on a key took.',
    labelNames: ['reconciler'],
    buckets: [0.005, 0.02, 0.1, 0.5, 2, 10, 60],
    registers,
  });
  const writes = counter('writes_total', 'Writes to the cluster, by verb, kind and result.', [
    'verb',
    'kind',
    'result',
  ]);
  const endings = counter('watch_restarts_total', 'Lists and watches that ended, by kind and cause.', [
    'kind',
    'cause',
  ]);
  const known = gauge('kind_listed', '1 where all objects of a kind are known, otherwise 0.', ['kind']);
  const undecided = gauge('undecided', 'Networks of plans that need a decision of somebody.');
  const ready = gauge('ready', '1 where something that values declare is as declared, otherwise 0.', ['check']);

  return {
    text: () => {
      measure();
      return registry.metrics();
    },
    contentType: registry.contentType,
    reconciled: (reconciler, isDone, took) => {
      reconciles.inc({ reconciler, result: isDone ? 'done' : 'failed' });
      seconds.observe({ reconciler }, took);
    },
    watchEnded: (kind, cause) => {
      endings.inc({ kind, cause });
    },
    knows: (kind, knowledge) => {
      known.set({ kind }, Number(knowledge === 'listed'));
    },
    undecided: (count) => {
      undecided.set(count);
    },
    held: (check, isReady) => {
      ready.set({ check }, Number(isReady));
    },
    counting: (cluster) => ({
      ...cluster,
      apply: async (write, how) => {
        const answer = await cluster.apply(write, how);
        const result = answer.ok ? 'ok' : answer.error.code;
        writes.inc({ verb: write.verb, kind: targetOf(write).kind, result });
        return answer;
      },
    }),
  };
};
