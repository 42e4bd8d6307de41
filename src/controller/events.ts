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
   * Tells all that is to be told of an object now. `again`: some of it changed so shortly after it was told that it is to be told only after
   * so many milliseconds.
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

/** Events on a cluster: one for each object and reason, written only when something changed, or would be forgotten otherwise. */
export const clusterEvents = (cluster: Cluster, clock: Clock, wallClock: () => Date): Events => {
  /** By UID of the object and reason: what was told last, and when by our clock. */
  const told = new Map<string, Map<string, { readonly message: string; readonly at: number }>>();
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

  return {
    forget: (uid) => told.delete(uid),
    tell: async (about, notes) => {
      const reasons = new Map<string, string[]>();
      for (const { reason, message } of notes) reasons.set(reason, [...(reasons.get(reason) ?? []), message]);
      const before = told.get(about.uid);
      const after = new Map<string, { readonly message: string; readonly at: number }>();
      if (reasons.size === 0) told.delete(about.uid);
      else told.set(about.uid, after);
      const waits: number[] = [];
      for (const [reason, messages] of reasons) {
        const message = messageOf(messages);
        const last = before?.get(reason);
        const rest = last === undefined ? 0 : (last.message === message ? renewal : gap) - (clock.now() - last.at);
        if (last) after.set(reason, last);
        if (last && rest > 0) {
          waits.push(rest);
          continue;
        }
        const failure = await write(about, reason, message);
        if (failure) return err(failure);
        after.set(reason, { message, at: clock.now() });
        waits.push(renewal);
      }
      return ok(waits.length === 0 ? {} : { again: Math.min(...waits) });
    },
  };
};
