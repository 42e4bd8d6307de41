import { keyOf } from '../controller/reflector';
import type { Knowledge, Reflector } from '../controller/reflector';
import { makeMetrics } from '../controller/metrics';
import type { Following, Host } from '../controller/process';
import type { KindId } from '../domain/kinds';
import type { KubeObject } from '../domain/objects';
import { fakeClock } from './fake-clock';
import type { FakeClock } from './fake-clock';
import { memoryCluster } from './memory-cluster';
import type { MemoryCluster } from './memory-cluster';

/** What a reconciler works with, in memory. Its watches tell only what a spec lets them see. */
export interface MemoryHost extends Host {
  readonly cluster: MemoryCluster;
  readonly clock: FakeClock;
  /** Lets watches of these kinds, or of all, catch up with the cluster, and lists what was not listed yet. */
  readonly see: (...kinds: readonly KindId[]) => void;
  /** What is known of a kind becomes this. */
  readonly know: (kind: KindId, knowledge: Knowledge) => void;
  /** The keys that were put into the queue since this was last asked, each once. */
  readonly added: () => readonly string[];
  /** Every line of the log, as `level event` with its fields. */
  readonly logged: readonly (readonly [line: string, fields: object])[];
}

/** A host on a cluster with these projects, of which nothing was listed yet. */
export const memoryHost = (...projects: readonly string[]): MemoryHost => {
  const cluster = memoryCluster(...projects);
  const clock = fakeClock();
  const watches: { kind: KindId; catchUp: () => void; know: (knowledge: Knowledge) => void }[] = [];
  const keys = new Set<string>();
  const logged: [string, object][] = [];
  const at =
    (level: string) =>
    (event: string, fields: object = {}) => {
      logged.push([`${level} ${event}`, fields]);
    };

  const follow = <K extends KindId, T extends KubeObject>(following: Following<K, T>): Reflector<T> => {
    const { watched, keep, onChange, onKnowledge } = following;
    const objects = new Map<string, T>();
    let knowledge: Knowledge = 'listing';
    const know = (now: Knowledge): void => {
      if (now === knowledge) return;
      knowledge = now;
      onKnowledge?.(now);
    };
    const catchUp = (): void => {
      const gone = new Set(objects.keys());
      for (const object of cluster.all(watched.kind)) {
        const key = keyOf(object.metadata);
        gone.delete(key);
        const was = objects.get(key);
        if (was?.metadata.resourceVersion === object.metadata.resourceVersion) continue;
        const is = keep(object);
        objects.set(key, is);
        onChange(key, is, was);
      }
      for (const key of gone) {
        const was = objects.get(key);
        objects.delete(key);
        onChange(key, undefined, was);
      }
      if (knowledge === 'listing') know('listed');
    };
    watches.push({ kind: watched.kind, catchUp, know });
    return { objects, knowledge: () => knowledge, ended: Promise.resolve() };
  };

  return {
    cluster,
    clock,
    logged,
    log: { info: at('info'), warn: at('warn'), error: at('error') },
    metrics: makeMetrics([], { waiting: new Map(), inWork: () => 0 }, clock),
    follow,
    add: (key) => {
      keys.add(key);
    },
    added: () => {
      const all = [...keys];
      keys.clear();
      return all;
    },
    see: (...kinds) => {
      for (const { kind, catchUp } of watches) if (kinds.length === 0 || kinds.includes(kind)) catchUp();
    },
    know: (kind, knowledge) => {
      for (const watch of watches) if (watch.kind === kind) watch.know(knowledge);
    },
  };
};
