import type { ClusterFailure } from '../domain/failure';
import type { Result } from '../domain/result';
import { err, ok } from '../domain/result';
import { failureOf, isFromRbac } from './failure';
import type { Attempt } from './failure';

/**
 * Runs a request and turns whatever it throws into one typed failure. The only `catch` around requests. `conceal`: texts that no
 * failure may quote.
 */
export const attempt = async <T>(
  about: Attempt,
  request: () => Promise<T>,
  conceal: readonly string[] = [],
): Promise<Result<T, ClusterFailure>> => {
  try {
    return ok(await request());
  } catch (thrown) {
    return err(failureOf(thrown, about, conceal));
  }
};

/**
 * Asks whether a right is really missing where a 403 does not say so in RBAC's words: a proxy, or an authorizer of another kind.
 * `isAllowed` is a SelfSubjectAccessReview of that right; when it fails, the status stands.
 */
export const doubtForbidden = async <T>(
  answer: Result<T, ClusterFailure>,
  isAllowed: () => Promise<Result<boolean, ClusterFailure>>,
): Promise<Result<T, ClusterFailure>> => {
  if (answer.ok || answer.error.code !== 'Forbidden' || isFromRbac(answer.error.message)) return answer;
  const allowed = await isAllowed();
  return allowed.ok && allowed.value ? err({ ...answer.error, code: 'Rejected' }) : answer;
};

/** The same for what comes one after the other, such as the events of a watch. A failure is the last that comes. */
export async function* attemptEach<T>(
  about: Attempt,
  steps: AsyncIterable<T>,
): AsyncGenerator<Result<T, ClusterFailure>, void> {
  const iterator = steps[Symbol.asyncIterator]();
  try {
    for (;;) {
      const step = await attempt(about, () => iterator.next());
      if (step.ok && step.value.done === true) return;
      yield step.ok ? ok(step.value.value) : step;
      if (!step.ok) return;
    }
  } finally {
    await iterator.return?.();
  }
}
