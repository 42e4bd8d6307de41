import type { AuditEvent } from '../audit';
import { given, taken } from './random-steps';

/** A write that succeeded: who, what, and when it began and ended, in milliseconds. */
interface Done {
  readonly ours: boolean;
  readonly verb: string;
  readonly kind: string;
  readonly key: string;
  readonly label: 'given' | 'taken' | undefined;
  readonly from: number;
  readonly to: number;
}

const writing = ['create', 'update', 'patch', 'delete', 'deletecollection'];

const doneBy = (user: string, { verb, objectRef, responseStatus, stage, ...event }: AuditEvent): readonly Done[] => {
  const { code = 0 } = responseStatus ?? {};
  if (stage !== 'ResponseComplete' || code >= 300 || !writing.includes(verb) || objectRef === undefined) return [];
  const { resource, namespace = '', name = '', subresource } = objectRef;
  if (subresource !== undefined) return [];
  const label = event.requestURI.includes(given) ? 'given' : event.requestURI.includes(taken) ? 'taken' : undefined;
  const [from, to] = [Date.parse(event.requestReceivedTimestamp), Date.parse(event.stageTimestamp)];
  return [{ ours: event.user.username === user, verb, kind: resource, key: `${namespace}/${name}`, label, from, to }];
};

/**
 * What a user of the API server changed or deleted although it was not its own then, by the audit log; and what it wrote at all, by kind
 * and verb. Its own is what it created or what somebody labeled as such, until somebody takes it over, deletes it or makes it anew. Of two
 * requests that overlap nobody knows the order: what one of them leads to is not held against anybody.
 */
export const trespasses = (
  events: readonly AuditEvent[],
  user: string,
  resource: string,
): { readonly foreign: readonly string[]; readonly counts: Readonly<Record<string, number>> } => {
  const done = events.flatMap((event) => doneBy(user, event)).sort((a, b) => a.to - b.to);
  const owner = new Map<string, { readonly isOwn: boolean; readonly since: number }>();
  const foreign: string[] = [];
  const counts: Record<string, number> = {};
  for (const { ours, verb, kind, key, label, from, to } of done) {
    if (ours) counts[`${verb} ${kind}`] = (counts[`${verb} ${kind}`] ?? 0) + 1;
    if (kind !== resource) continue;
    const before = owner.get(key);
    if (ours && verb !== 'create' && !before?.isOwn && (before?.since ?? 0) < from)
      foreign.push(`${verb} ${key} at ${new Date(from).toISOString()}`);
    if (verb === 'create') owner.set(key, { isOwn: ours, since: to });
    else if (verb === 'delete') owner.set(key, { isOwn: false, since: to });
    else if (label !== undefined) owner.set(key, { isOwn: label === 'given', since: to });
  }
  return { foreign, counts };
};
