import type { KindId } from './kinds';
import { kinds } from './kinds';
import type { Translate } from './translate';

/**
 * Why a request to the cluster did not do what was asked. Made in `cluster/failure.ts` and nowhere else.
 *
 * - `Unreachable`: no answer. Whether a write took place is not known.
 * - `SessionExpired`: 401. `Forbidden`: the user lacks a right. `Rejected`: a webhook, a policy, a quota or a limit said no, whatever
 *   the status. `WebhookTimeout`: a webhook that must be asked did not answer in time; nothing was stored.
 * - `KindAbsent`: the API or CRD is not on this cluster. `NotFound`: the object (or its namespace) is not.
 * - `AlreadyExists`, `Conflict`: 409, or a failed `test` of a JSON patch. `Gone`: 410.
 * - `Terminating`: the namespace is being deleted. `Invalid`: 400, 413, 422 and what else the request itself is to blame for.
 * - `TooManyRequests`: 429. `ServerError`: 5xx. `Cancelled`: we broke the request off ourselves.
 */
export interface ClusterFailure {
  readonly code: FailureCode;
  /** What the server said, in its language, without secrets; its status when it said nothing that may be shown. Empty without an answer. */
  readonly message: string;
  readonly kind?: KindId;
  readonly verb?: Verb;
  readonly name?: string;
  readonly namespace?: string;
  /** Milliseconds after which the server wants to be asked again, where it said so. */
  readonly retryAfter?: number;
}

/** What a request does, in the API server's words: as rights name it too. */
export type Verb = 'get' | 'list' | 'watch' | 'create' | 'patch' | 'delete';

/** The kinds of failure; what each means stands at `ClusterFailure`. */
export type FailureCode =
  | 'Unreachable'
  | 'SessionExpired'
  | 'Forbidden'
  | 'Rejected'
  | 'WebhookTimeout'
  | 'KindAbsent'
  | 'NotFound'
  | 'AlreadyExists'
  | 'Conflict'
  | 'Gone'
  | 'Terminating'
  | 'Invalid'
  | 'TooManyRequests'
  | 'ServerError'
  | 'Cancelled';

/** Failures that may pass by themselves: the same request may succeed a moment later. */
export const isTransient = ({ code }: Pick<ClusterFailure, 'code'>): boolean =>
  ['Unreachable', 'Conflict', 'AlreadyExists', 'Gone', 'TooManyRequests', 'ServerError'].includes(code);

/** What happened and what to do about it, in one or two sentences. */
export const failureText = (t: Translate, failure: ClusterFailure): string => {
  const params = {
    what: failure.kind ? kinds[failure.kind].kind : t('object'),
    verb: failure.verb ?? 'get',
    name: failure.name ?? '',
    project: failure.namespace ?? t('the cluster'),
    // Never a colon with nothing behind it.
    message: failure.message.trim() === '' ? t('it gave no reason.') : failure.message,
  };
  switch (failure.code) {
    case 'Unreachable':
      return t('The cluster did not answer. Check your connection, then retry: nothing is done twice.');
    case 'SessionExpired':
      return t('Your session has expired. Sign in again, then retry. What is already on the cluster stays.');
    case 'Forbidden':
      return t(
        'You are not permitted to {{verb}} {{what}} in {{project}}. Ask an administrator of that project for this right, or ask them to do this step.',
        params,
      );
    case 'Rejected':
      return [t('The cluster refused {{what}} {{name}}: {{message}}', params), remedyOf(t, failure)]
        .filter(Boolean)
        .join(' ');
    case 'WebhookTimeout':
      return t(
        'A webhook that must approve {{what}} did not answer in time, so nothing was stored: {{message}}',
        params,
      );
    case 'KindAbsent':
      return t('This cluster does not know {{what}}. The operator or API that provides it is not installed.', params);
    case 'NotFound':
      return failure.verb === 'create'
        ? t('Project {{project}} does not exist. Create it or choose another.', params)
        : t('{{what}} {{name}} was not found in {{project}}.', params);
    case 'AlreadyExists':
      return t('{{what}} {{name}} already exists and cannot be read. Choose another name.', params);
    case 'Conflict':
      return t(
        'Somebody else changed {{what}} {{name}} at the same time. Check its current state, then retry.',
        params,
      );
    case 'Gone':
      return t('The cluster no longer has that version of {{what}}. Retry.', params);
    case 'Terminating':
      return t(
        'Project {{project}} is being deleted. Choose another project, or wait until it is gone and create it again.',
        params,
      );
    case 'Invalid':
      return t('The cluster did not accept {{what}} {{name}}: {{message}}', params);
    case 'TooManyRequests':
      return t('The cluster is busy and asked us to wait. Retry in a minute.');
    case 'ServerError':
      return t('The cluster could not do this: {{message}}', params);
    case 'Cancelled':
      return t('Cancelled.');
  }
};

/** Who can help when something other than a missing right or MTV says no. Forms of messages: see `cluster/failure.ts`. */
const remedyOf = (t: Translate, { message }: ClusterFailure): string => {
  if (/(exceeded|failed|insufficient) quota/.test(message)) {
    return t('This is a quota of the project. Delete what is no longer needed, or ask an administrator to raise it.');
  }
  if (/denied request|violates PodSecurity/.test(message))
    return t('This is a policy of the cluster. Ask whoever manages it.');
  return '';
};
