import type { Change } from './change';
import { because, create, patchOf } from './change';
import type { ClusterEvent } from './migration-objects';
import type { KindId } from './kinds';
import { apiVersionOf, kinds } from './kinds';
import { ownLabels } from './ownership';

/** Something about an object that its owner should know, and that an Event tells them. */
export interface Occurrence {
  readonly about: { readonly kind: KindId; readonly namespace: string; readonly name: string; readonly uid: string };
  /** In camel case. */
  readonly reason: string;
  readonly message: string;
  /** Now, in RFC 3339 to the second in UTC, as API servers write it. */
  readonly at: string;
  /** The same message need not be told again if it was told at this time or later. */
  readonly since: string;
}

/** The one Event of an object and a reason. An object of the same name that comes later has its own. */
export const eventName = ({ about: { name, uid }, reason }: Pick<Occurrence, 'about' | 'reason'>): string =>
  [name.slice(0, 160).replace(/[^a-z0-9]+$/, ''), uid.slice(0, 8), reason.toLowerCase()].join('.');

/** Tells it, or counts it up. Nothing to do where the same was told of late: by us before a restart, or by another controller. */
export const planEvent = (
  { about, reason, message, at, since }: Occurrence,
  seen: ClusterEvent | undefined,
): readonly Change[] => {
  const why = () => `${reason}: ${message}`;
  if (seen === undefined) {
    const { kind, ...reference } = about;
    return [
      because(
        why,
        create('events', {
          metadata: { name: eventName({ about, reason }), namespace: about.namespace, labels: ownLabels },
          involvedObject: { ...reference, kind: kinds[kind].kind, apiVersion: apiVersionOf(kinds[kind]) },
          reason,
          message,
          type: 'Warning',
          count: 1,
          firstTimestamp: at,
          lastTimestamp: at,
          source: { component: 'migration-prep' },
        }),
      ),
    ];
  }
  if (seen.message === message && (seen.lastTimestamp ?? '') >= since) return [];
  return [
    because(
      why,
      patchOf('events', seen, [
        { op: 'add', path: '/message', value: message },
        { op: 'add', path: '/count', value: (seen.count ?? 0) + 1 },
        { op: 'add', path: '/lastTimestamp', value: at },
      ]),
    ),
  ];
};
