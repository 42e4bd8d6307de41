/** The outcome of something that can fail: a value, or an error whose code the compiler makes us put into words. */
export type Result<T, E> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: E };

/** What came of it. */
export const ok = <T>(value: T): Result<T, never> => ({ ok: true, value });

/** Why nothing came of it. */
export const err = <E>(error: E): Result<never, E> => ({ ok: false, error });
