import type { ClusterFailure, FailureCode, Verb } from '../domain/failure';
import type { KindId } from '../domain/kinds';
import type { Result } from '../domain/result';
import { err, ok } from '../domain/result';

/** The request a failure belongs to, for the sentence that explains it. */
export interface Attempt {
  readonly kind: KindId;
  readonly verb: Verb;
  readonly name?: string;
  readonly namespace?: string;
}

/** The parts of a Kubernetes `Status` that tell failures apart. */
export interface ServerStatus {
  readonly code: number;
  readonly reason?: string | undefined;
  readonly message?: string | undefined;
}

/** Runs a request and turns whatever it throws into one typed failure. The only `catch` around requests. */
export const attempt = async <T>(about: Attempt, request: () => Promise<T>): Promise<Result<T, ClusterFailure>> => {
  try {
    return ok(await request());
  } catch (thrown) {
    return err(failureOf(thrown, about));
  }
};

/** What the SDK's NoModelError says. The console is minified, so its class has no name to go by. */
const noModel = 'Model does not exist';

/** What was thrown, as a typed failure. */
export const failureOf = (thrown: unknown, about: Attempt): ClusterFailure => {
  if (!(thrown instanceof Error)) return { ...about, code: 'Unreachable', message: '' };
  if (thrown.name === 'AbortError') return { ...about, code: 'Cancelled', message: '' };
  if (thrown.message === noModel) return { ...about, code: 'KindAbsent', message: '' };
  const status = statusOf(thrown);
  // Without a status no answer came: fetch rejects with a TypeError, the SDK with a time-out of its own, Node with a system's error.
  return status ? failureOfStatus(status, about) : { ...about, code: 'Unreachable', message: systemCode(thrown) };
};

/** What the API server says of every JSON patch that does not apply (recorded from 1.35): a `test` that failed, a path that is gone. */
export const patchDoesNotApply = 'the server rejected our request due to an error in our request';

/** What the API server says when a webhook has side effects; nothing of the object is in it. */
const noDryRun = /^admission webhook "[^"]*" does not support dry run/;

/** A server's answer, as a typed failure. The message of a Secret's failure may quote the Secret: only a webhook's is kept. */
export const failureOfStatus = (status: ServerStatus, about: Attempt): ClusterFailure => {
  const code = codeOf(status, about);
  const said = status.message ?? '';
  const message = about.kind === 'secrets' && code !== 'Rejected' && !noDryRun.test(said) ? '' : said;
  return { ...about, code, message: readable(message) };
};

const codeOf = ({ code, reason, message = '' }: ServerStatus, { verb, name }: Attempt): FailureCode => {
  if (/admission webhook ".*" denied the request/.test(message)) return 'Rejected';
  switch (code) {
    case 401:
      return 'SessionExpired';
    case 403:
      return message.includes('because it is being terminated') ? 'Terminating' : 'Forbidden';
    case 404:
      return isKindAbsent(message, reason) || (verb === 'list' && name === undefined && reason === undefined)
        ? 'KindAbsent'
        : 'NotFound';
    case 409:
      return reason === 'AlreadyExists' ? 'AlreadyExists' : 'Conflict';
    case 410:
      return 'Gone';
    case 422:
      return verb === 'patch' && message === patchDoesNotApply ? 'Conflict' : 'Invalid';
    case 400:
      return 'Invalid';
    case 429:
      return 'TooManyRequests';
    default:
      return 'ServerError';
  }
};

const isKindAbsent = (message: string, reason: string | undefined): boolean =>
  message.includes('could not find the requested resource') || (reason === undefined && message.includes('404 page not found'));

/** Drops what only a programmer would read from a webhook's refusal. */
const readable = (message: string): string => message.replace(/^.*admission webhook ".*?" denied the request: /, '');

/**
 * What an error carries of the server's answer. By its shape, not its class: the console's HttpError and our own StatusError have the
 * same, and Node must not load the console's SDK for it. A system error of Node has a code too, but in words.
 */
const statusOf = (thrown: Error): ServerStatus | undefined => {
  const { code, json } = thrown as { code?: unknown; json?: { reason?: string; message?: string } };
  if (typeof code !== 'number') return undefined;
  return { code, reason: json?.reason, message: json?.message ?? thrown.message };
};

/** The word for what kept Node from an answer, such as ECONNREFUSED; its sentence is not passed on. */
const systemCode = (thrown: Error): string => {
  const { code } = thrown as { code?: unknown };
  return typeof code === 'string' ? code : '';
};
