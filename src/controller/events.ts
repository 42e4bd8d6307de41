import type { Cluster } from '../domain/cluster';
import { converge } from '../domain/converge';
import type { ClusterFailure } from '../domain/failure';
import { eventName, planEvent } from '../domain/plan-event';
import type { Occurrence } from '../domain/plan-event';
import type { Result } from '../domain/result';
import { err, ok } from '../domain/result';
import type { Clock } from './clock';

/** One thing that cannot be decided about an object. Several with the same reason are told together. */
export interface Note {
  readonly reason: string;
  readonly message: string;
}

/** Tells people what cannot be decided, on the object that it is about. */
export interface Events {
  /**
   * Tells all that is to be told of an object now. `again`: some of it is so new, or changed so shortly after it was told, that it is to be
   * told only after so many milliseconds.
   */
  readonly tell: (
    about: Occurrence['about'],
    notes: readonly Note[],
  ) => Promise<Result<{ readonly again?: number }, ClusterFailure>>;
  /** The object is gone. */
  readonly forget: (uid: string) => void;
}

/** An API server keeps an Event for an hour: what lasts is told again before. */
const renewal = 45 * 60_000;
/** What passes sooner is not told at all: a plan may come before its map. */
const settling = 5000;
/** One Event is written at most that often, whatever happens to its object. */
const gap = 60_000;

/** The most that an API server takes for a message, in bytes. */
const longest = 1024;

/** One text for an Event, in an order that does not change. Of a character that is cut in two nothing is left. */
const messageOf = (texts: readonly string[]): string => {
  const whole = Buffer.from([...texts].sort().join(' '));
  if (whole.length <= longest) return whole.toString();
  return `${whole
    .subarray(0, longest - 8)
    .toString()
    .replace(/\uFFFD+$/, '')} …`;
};

/** Since when something is the matter, by our clock; and what was told of it last, and when. */
interface Matter {
  readonly since: number;
  readonly told?: { readonly message: string; readonly at: number };
}

/** Events on a cluster: one for each object and reason, written only when something changed, or would be forgotten otherwise. */
export const clusterEvents = (cluster: Cluster, clock: Clock, wallClock: () => Date): Events => {
  /** By UID of the object and reason. */
  const matters = new Map<string, Map<string, Matter>>();
  const stamp = (date: Date): string => date.toISOString().replace(/\.\d+Z$/, 'Z');

  const write = async (
    about: Occurrence['about'],
    reason: string,
    message: string,
  ): Promise<ClusterFailure | undefined> => {
    const now = wallClock();
    const occurrence = {
      about,
      reason,
      message,
      at: stamp(now),
      since: stamp(new Date(now.getTime() - renewal)),
    };
    const { namespace } = about;
    const outcome = await converge({
      cluster,
      needs: { event: { kind: 'events', name: eventName(occurrence), namespace } },
      plan: ({ event }) => ok(planEvent(occurrence, event)),
    });
    if (outcome.ok) return undefined;
    return 'failure' in outcome.error ? outcome.error.failure : { code: 'Conflict', message: '', kind: 'events' };
  };

  /** For how many milliseconds it is not to be told yet. */
  const restOf = ({ since, told }: Matter, message: string): number => {
    if (!told) return since + settling - clock.now();
    return told.at + (told.message === message ? renewal : gap) - clock.now();
  };

  return {
    forget: (uid) => matters.delete(uid),
    tell: async (about, notes) => {
      const reasons = new Map<string, string[]>();
      for (const { reason, message } of notes) reasons.set(reason, [...(reasons.get(reason) ?? []), message]);
      const before = matters.get(about.uid);
      const after = new Map<string, Matter>();
      if (reasons.size === 0) matters.delete(about.uid);
      else matters.set(about.uid, after);
      const waits: number[] = [];
      for (const [reason, messages] of reasons) {
        const message = messageOf(messages);
        const matter = before?.get(reason) ?? { since: clock.now() };
        after.set(reason, matter);
        const rest = restOf(matter, message);
        if (rest > 0) {
          waits.push(rest);
          continue;
        }
        const failure = await write(about, reason, message);
        if (failure) return err(failure);
        after.set(reason, { ...matter, told: { message, at: clock.now() } });
        waits.push(renewal);
      }
      return ok(waits.length === 0 ? {} : { again: Math.min(...waits) });
    },
  };
};
