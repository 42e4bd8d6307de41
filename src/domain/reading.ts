import type { Translate } from './translate';

/** What a sentence names: names, messages of others, numbers. */
export type Params = Readonly<Record<string, string | number>>;

/**
 * What a status means now.
 *
 * - `ready`: it works. `warning`: it works, with a flaw that the reason names.
 * - `waiting`: it goes on by itself, or once a person does what the words say.
 * - `absent`: it is not there, and nothing is on its way. `blocked`: it is there, and does not go on by itself.
 * - `unknown`: something is there, and nothing tells how it is.
 */
export type ReadingState = 'ready' | 'warning' | 'waiting' | 'absent' | 'blocked' | 'unknown';

/** A status as it was read. `reason` doubles as the reason of a Kubernetes Event, and names the sentence for it. */
export interface Reading<R extends string = string, S extends ReadingState = ReadingState> {
  readonly state: S;
  readonly reason: R;
  readonly params: Params;
}

/** One sentence for each reason: what it means, and what to do about it. */
export type Sentences<R extends string> = Readonly<Record<R, (t: Translate, params: Params) => string>>;

/** Whether a migration can begin with it: also with a warning, which is said and keeps nobody. */
export const isUsable = (state: string): boolean => state === 'ready' || state === 'warning';
