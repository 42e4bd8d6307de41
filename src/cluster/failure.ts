import type { ClusterFailure, FailureCode, Verb } from '../domain/failure';
import type { KindId } from '../domain/kinds';
import { codeOfStatus, statusOf, unanswered } from './read-failure';

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

/** What was thrown, as a typed failure. */
export const failureOf = (thrown: unknown, about: Attempt, conceal: readonly string[] = []): ClusterFailure => {
  const code = unanswered(thrown);
  const status = code === undefined ? statusOf(thrown) : undefined;
  if (status) {
    const { retryAfter } = thrown as { retryAfter?: number };
    return { ...failureOfStatus(status, about, conceal), ...(retryAfter !== undefined && { retryAfter }) };
  }
  return { ...about, code: code ?? 'Unreachable', message: systemCode(thrown) };
};

/** What the API server says of every JSON patch that does not apply (recorded from 1.35): a `test` that failed, a path that is gone. */
export const patchDoesNotApply = 'the server rejected our request due to an error in our request';

/** What the API server says when a webhook has side effects; nothing of the object is in it. */
const noDryRun = /^admission webhook "[^"]*" does not support dry run/;

/**
 * Forms of the API server's messages (k8s.io/apiserver and plugin/pkg/admission, 1.35). Most begin with whom they are about. Status and
 * reason tell no cause: RBAC, quotas, LimitRanges and Pod Security all answer 403 Forbidden, and a policy answers with what it likes.
 */
const subject = String.raw`^(?:\S+ (?:"[^"]*" )?is forbidden: |forbidden: )`;
const forms = {
  webhookDenied: /admission webhook ".*?" denied the request/,
  policyDenied: /ValidatingAdmissionPolicy '[^']*' with binding '[^']*' denied request/,
  webhookTimeout: /failed calling webhook ".*(?:deadline exceeded|Client\.Timeout|i\/o timeout|timeout awaiting)/s,
  webhookFailed: /failed calling webhook "/,
  rbac: new RegExp(`${subject}User "[^"]*" (?:cannot|is attempting to grant)`, 'i'),
  refused: new RegExp(`${subject}(?![Uu]ser ")`),
} as const;

/** Whether a message of the API server says, in RBAC's words, that a right is missing. */
export const isFromRbac = (message: string): boolean => forms.rbac.test(message);

/** Forms whose words the server or whoever wrote a policy chose, unlike those that quote the object's fields. */
const quotable = [noDryRun, ...Object.values(forms)];

/** A server's answer, as a typed failure. What it says is dropped where it may hold a part of a Secret. */
export const failureOfStatus = (
  status: ServerStatus,
  about: Attempt,
  conceal: readonly string[] = [],
): ClusterFailure => {
  const { message = '' } = status;
  // Of Secrets only known forms, and of those none that holds a value: policies and webhooks may quote what they refuse.
  const mayQuote =
    about.kind !== 'secrets' ||
    (quotable.some((form) => form.test(message)) && !conceal.some((value) => message.includes(value)));
  const said = mayQuote ? readable(message) : '';
  return { ...about, code: codeOf(status, about), message: said === '' ? statusText(status) : said };
};

/** What tells at least the kind of refusal where nothing else may be said. */
const statusText = ({ code, reason }: ServerStatus): string =>
  `HTTP status ${[String(code), reason].filter(Boolean).join(', ')}.`;

const codeOf = (status: ServerStatus, about: Attempt): FailureCode => {
  const { code, message = '' } = status;
  if (forms.webhookDenied.test(message) || forms.policyDenied.test(message)) return 'Rejected';
  if (forms.webhookTimeout.test(message)) return 'WebhookTimeout';
  if (code === 403) return codeOfRefusal(message);
  if (code === 422 && about.verb === 'patch' && message === patchDoesNotApply) return 'Conflict';
  return codeOfStatus(status, about);
};

const codeOfRefusal = (message: string): FailureCode => {
  if (message.includes('because it is being terminated')) return 'Terminating';
  // A quota that was made a moment ago is not counted yet.
  if (message.includes('status unknown for quota')) return 'ServerError';
  return forms.refused.test(message) ? 'Rejected' : 'Forbidden';
};

/** Drops what only a programmer would read: whom a refusal is about stands in our own sentence, and MTV's webhook has its own words. */
const readable = (message: string): string =>
  isFromRbac(message)
    ? message
    : message
        .replace(/^.*admission webhook ".*?" denied the request: /, '')
        .replace(new RegExp(subject), '')
        .trim();

/** The word for what kept Node from an answer, such as ECONNREFUSED; its sentence is not passed on. */
const systemCode = (thrown: unknown): string => {
  const { code } = Object(thrown) as { code?: unknown };
  return typeof code === 'string' ? code : '';
};
