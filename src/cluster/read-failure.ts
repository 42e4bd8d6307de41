import type { ClusterFailure, FailureCode } from '../domain/failure';
import type { Attempt, ServerStatus } from './failure';

// What a failure is by its status alone: enough for reads, which no webhook, policy or quota refuses. The Status card loads this and not
// `failure.ts`.

/** What the SDK's NoModelError says. The console is minified, so its class has no name to go by. */
const noModel = 'Model does not exist';

/** Why there is no answer of the server; `undefined`: there is one. */
export const unanswered = (thrown: unknown): FailureCode | undefined => {
  if (!(thrown instanceof Error)) return 'Unreachable';
  if (thrown.name === 'AbortError') return 'Cancelled';
  if (thrown.message === noModel) return 'KindAbsent';
  // fetch rejects with a TypeError, the SDK with a time-out of its own, Node with a system's error.
  return statusOf(thrown) ? undefined : 'Unreachable';
};

/**
 * What an error carries of the server's answer. By its shape, not its class: the console's HttpError and our own StatusError have the
 * same, and Node must not load the console's SDK for it. A system error of Node has a code too, but in words.
 */
export const statusOf = (thrown: unknown): ServerStatus | undefined => {
  const { code, json, message } = thrown as Error & { code?: unknown; json?: { reason?: string; message?: string } };
  return typeof code === 'number' ? { code, reason: json?.reason, message: json?.message ?? message } : undefined;
};

/** A failure by its status. */
export const codeOfStatus = (
  { code, reason, message = '' }: ServerStatus,
  about: Pick<Attempt, 'verb' | 'name'>,
): FailureCode => {
  switch (code) {
    case 401:
      return 'SessionExpired';
    case 403:
      return 'Forbidden';
    case 404:
      return isKindAbsent({ code, reason, message }, about) ? 'KindAbsent' : 'NotFound';
    case 409:
      return reason === 'AlreadyExists' ? 'AlreadyExists' : 'Conflict';
    case 410:
      return 'Gone';
    case 408:
      return 'ServerError';
    case 429:
      return 'TooManyRequests';
    default:
      return code < 500 ? 'Invalid' : 'ServerError';
  }
};

/** Whether a 404 is about the kind, and not about one object: a list is never of an object that could be missing. */
const isKindAbsent = (
  { reason, message = '' }: ServerStatus,
  { verb, name }: Pick<Attempt, 'verb' | 'name'>,
): boolean =>
  message.includes('could not find the requested resource') ||
  (reason === undefined && (message.includes('404 page not found') || (verb === 'list' && name === undefined)));

/**
 * The failure of a list as far as the Status card tells failures apart: the kind is absent, the user is not permitted, or something else.
 * Without what the server said.
 */
export const failureOfList = (thrown: unknown): ClusterFailure => {
  const status = statusOf(thrown);
  const isAbsent = status?.code === 404 && isKindAbsent(status, { verb: 'list' });
  return {
    code: isAbsent ? 'KindAbsent' : status?.code === 403 ? 'Forbidden' : (unanswered(thrown) ?? 'ServerError'),
    message: '',
  };
};
