import type { Source } from '../cluster/node-watch';
import type { ClusterFailure } from '../domain/failure';
import type { KubeObject } from '../domain/objects';
import type { Clock, Pauses } from './clock';
import { growingPauses, pause } from './clock';

/**
 * What is known of a kind. `listing`: nothing as a whole yet. `listed`: all of it was seen, and is followed. `absent`: the cluster does not know
 * the kind. `forbidden`: we may not see it. Only while it is `listed`, an object that is not here is not there.
 */
export type Knowledge = 'listing' | 'listed' | 'absent' | 'forbidden';

/** Why a list or a watch ended. `Ended`: the server ended the watch in its time. `Gone`: it has forgotten the version that we were at. */
export type Ending = 'Ended' | ClusterFailure['code'];

/** The objects of one kind as they were seen last: behind the cluster, and never ahead of it. */
export interface Reflector<T> {
  /** By `namespace/name`, or by name where there is no namespace. */
  readonly objects: ReadonlyMap<string, T>;
  readonly knowledge: () => Knowledge;
  /** When the signal has ended it. */
  readonly ended: Promise<void>;
}

/** What a reflector works with, and whom it tells. */
export interface Reflection<O extends KubeObject, T extends KubeObject> {
  readonly source: Source<O>;
  /** What is kept of an object: as little as is needed, and its version. */
  readonly keep: (object: O) => T;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** An object came to be (`was` is missing), changed, or is gone (`is` is missing). What is listed again and is the same is not told. */
  readonly onChange: (key: string, is: T | undefined, was: T | undefined) => void;
  readonly onKnowledge: (knowledge: Knowledge) => void;
  /** Work goes on after so many milliseconds. */
  readonly onEnding: (ending: Ending, milliseconds: number) => void;
}

/** After what usually passes by itself. */
const soon: Pauses = { first: 250, most: 30_000 };
/** Where somebody has to grant a right first. Soon at the beginning: an API server that has just started forbids what it does not know yet. */
const rights: Pauses = { first: 1000, most: 60_000 };
/** Where somebody has to install an operator first. */
const atLeast: Readonly<Partial<Record<Ending, number>>> = { KindAbsent: 15_000 };
/** After so many failures in a row the version itself is doubted: an etcd that was restored may not have come to it yet. */
const enough = 8;
/** After these everything is listed again: the version is forgotten, or what the kind is known to be is known only by a list. */
const doubtful: readonly Ending[] = ['Gone', 'KindAbsent', 'Forbidden'];
/** What an ending tells about the kind. Any other tells nothing: what was known stays so. */
const told: Readonly<Partial<Record<Ending, Knowledge>>> = { KindAbsent: 'absent', Forbidden: 'forbidden' };

/** What an object is called here and in the queue. */
export const keyOf = ({ namespace, name }: { readonly namespace?: string; readonly name: string }): string =>
  namespace === undefined ? name : `${namespace}/${name}`;

/**
 * Follows one kind: lists it, then watches from the version of the list on. When a watch has ended, the next goes on from the last version.
 * Everything is listed again only when the server has forgotten that version, or did not know the kind or forbade it meanwhile; what the list
 * lacks is gone then.
 *
 * Each ending is followed by a pause, and each pause is longer, until a watch outlives the pause before it. So a server that cuts watches at
 * once is not asked more often than it bears, and one that cuts them each second is asked each second.
 */
export const reflect = <O extends KubeObject, T extends KubeObject>(reflection: Reflection<O, T>): Reflector<T> => {
  const { source, keep, clock, signal, onChange, onKnowledge, onEnding } = reflection;
  const objects = new Map<string, T>();
  let knowledge: Knowledge = 'listing';
  /** Where the next watch goes on; `undefined`: everything is to be listed. */
  let version: string | undefined;

  const know = (now: Knowledge | undefined): void => {
    if (now === undefined || now === knowledge) return;
    knowledge = now;
    onKnowledge(now);
  };

  const put = (object: O): void => {
    const key = keyOf(object.metadata);
    const was = objects.get(key);
    if (was?.metadata.resourceVersion === (object.metadata.resourceVersion ?? '')) return;
    const is = keep(object);
    objects.set(key, is);
    onChange(key, is, was);
  };

  const drop = (key: string): void => {
    const was = objects.get(key);
    if (objects.delete(key)) onChange(key, undefined, was);
  };

  const list = async (): Promise<ClusterFailure | undefined> => {
    const unseen = new Set(objects.keys());
    let listed: string | undefined;
    for await (const page of source.list(signal)) {
      if (!page.ok) return page.error;
      for (const object of page.value.items) {
        put(object);
        unseen.delete(keyOf(object.metadata));
      }
      listed = page.value.metadata.resourceVersion;
    }
    unseen.forEach(drop);
    version = listed;
    know('listed');
    return undefined;
  };

  const watch = async (from: string): Promise<ClusterFailure | 'ended'> => {
    for await (const event of source.watch(from, signal)) {
      if (!event.ok) return event.error;
      const { type, object } = event.value;
      if (type === 'DELETED') drop(keyOf(object.metadata));
      else if (type !== 'BOOKMARK') put(object);
      version = object.metadata.resourceVersion;
    }
    return 'ended';
  };

  const follow = async (): Promise<void> => {
    const growing = growingPauses(clock);
    let paused = 0;
    const isOver = () => signal.aborted;
    while (!isOver()) {
      const began = clock.now();
      const isWatch = version !== undefined;
      const ended = version === undefined ? await list() : await watch(version);
      if (isOver()) return;
      if (ended === undefined) continue;
      const { code, retryAfter = 0 } = ended === 'ended' ? { code: 'Ended' as const } : ended;

      know(told[code]);
      if (isWatch && clock.now() - began > paused) growing.anew();
      paused = Math.max(growing.next(code === 'Forbidden' ? rights : soon), retryAfter, atLeast[code] ?? 0);
      if (doubtful.includes(code) || growing.failures() % enough === 0) version = undefined;
      onEnding(code, paused);
      await pause(clock, paused, signal);
    }
  };

  return { objects, knowledge: () => knowledge, ended: follow() };
};
