import { readFileSync } from 'node:fs';
import type { Rule } from './service-account';

/** A request as the API server wrote it down (audit.k8s.io/v1 Event, level Metadata). A watch is there twice: when it began and when it ended. */
export interface AuditEvent {
  readonly auditID: string;
  readonly stage: 'ResponseStarted' | 'ResponseComplete' | 'Panic';
  readonly verb: string;
  readonly requestURI: string;
  readonly user: { readonly username: string; readonly groups?: readonly string[] };
  readonly userAgent?: string;
  /** What was asked for; absent when it was no resource. */
  readonly objectRef?: {
    readonly resource: string;
    readonly namespace?: string;
    readonly name?: string;
    readonly apiGroup?: string;
    readonly apiVersion?: string;
    readonly subresource?: string;
  };
  readonly responseStatus?: { readonly code?: number };
  /** When it came and when it got to this stage, RFC 3339. */
  readonly requestReceivedTimestamp: string;
  readonly stageTimestamp: string;
}

/** What an API server wrote down so far, in the order of the answers. */
export const readAudit = (file: string): readonly AuditEvent[] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as AuditEvent);

/** What everybody who signed in may ask: what they may do. */
const questions = ['selfsubjectaccessreviews', 'selfsubjectrulesreviews'];

const permits = (
  { apiGroups, resources, resourceNames, verbs, namespace: project }: Rule,
  verb: string,
  { resource, subresource, apiGroup = '', name, namespace }: NonNullable<AuditEvent['objectRef']>,
): boolean =>
  apiGroups.includes(apiGroup) &&
  resources.includes(subresource === undefined ? resource : `${resource}/${subresource}`) &&
  verbs.includes(verb) &&
  (project === undefined || project === namespace) &&
  (resourceNames === undefined || (name !== undefined && resourceNames.includes(name)));

/** What a request asks a right for. The right to create has no name. */
const rightOf = ({ verb, objectRef, requestURI }: AuditEvent): string => {
  const { resource, subresource = '', namespace = '', name = '' } = objectRef ?? { resource: requestURI };
  return `${verb} ${resource} ${subresource} ${namespace}/${verb === 'create' ? '' : name}`;
};

const isRefused = ({ responseStatus }: AuditEvent): boolean =>
  responseStatus?.code === 401 || responseStatus?.code === 403;

/**
 * The user's requests that none of these rules permits, or that the API server never granted; each once. There must have been some.
 * It refuses for a moment what it grants before and after: when it has just started, and where a namespace is being deleted.
 */
export const beyond = (events: readonly AuditEvent[], user: string, rules: readonly Rule[]): readonly string[] => {
  const all = events.filter(({ user: { username } }) => username === user);
  if (all.length === 0) return [`${user} asked nothing`];
  const asked = all.filter(({ objectRef }) => !objectRef || !questions.includes(objectRef.resource));
  const granted = new Set(asked.filter((event) => !isRefused(event)).map(rightOf));
  const unruled = asked.filter(
    ({ verb, objectRef }) => !objectRef || !rules.some((rule) => permits(rule, verb, objectRef)),
  );
  const refused = asked.filter((event) => isRefused(event) && !granted.has(rightOf(event)));
  return [...new Set([...unruled.map(rightOf), ...refused.map((event) => `${rightOf(event)}, refused`)])];
};
