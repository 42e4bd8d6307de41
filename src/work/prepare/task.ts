import type { ChangeName, Target } from '../../domain/change';
import { targetOf } from '../../domain/change';
import type { Cluster, Needs, Seen } from '../../domain/cluster';
import type { ConvergeFailure, Plan } from '../../domain/converge';
import { converge } from '../../domain/converge';
import type { Trial } from '../../domain/dry-run';
import { isUnchecked, uncheckedText } from '../../domain/dry-run';
import type { ClusterFailure } from '../../domain/failure';
import { failureText, isTransient } from '../../domain/failure';
import { kinds } from '../../domain/kinds';
import { missingRightsText } from '../../domain/rights';
import { plainEnglish } from '../../domain/translate';

/**
 * How one attempt at a task ended. `waiting`: what it needs is not there yet. `unanswered`: the cluster gave no answer that counts, so that
 * nothing is known. A later attempt may do better after either. Its text is what a person reads.
 */
export interface Outcome {
  readonly state: 'done' | 'waiting' | 'unanswered' | 'failed' | 'forbidden';
  readonly text: string;
}

/** Nothing is left to do; `text` says what there is now. */
export const done = (text: string): Outcome => ({ state: 'done', text });
/** A later attempt may do better; `text` says what is waited for. */
export const waiting = (text: string): Outcome => ({ state: 'waiting', text });
/** No later attempt will do better; `text` says why, and what to do. */
export const failed = (text: string): Outcome => ({ state: 'failed', text });

/** One thing to bring about, tried again until it is done. */
export interface Task {
  readonly name: string;
  /** Tasks, by name, that have to be through first, done or failed. */
  readonly after?: readonly string[];
  readonly attempt: () => Promise<Outcome>;
}

/** What every command works with. */
export interface World {
  readonly cluster: Cluster;
  /** Asks the API server about every change and carries out none. */
  readonly dryRun: boolean;
  readonly say: (line: string) => void;
  /** Told each change of a dry run; left out, it is said. */
  readonly onTrial?: (trial: Trial) => void;
}

/** Failures that a later attempt may not meet: what is not there yet may come. */
const mayCome = ({ code }: ClusterFailure): boolean =>
  ['KindAbsent', 'NotFound', 'Terminating', 'WebhookTimeout'].includes(code);

/** A request's failure as the outcome of an attempt. */
export const outcomeOf = (failure: ClusterFailure): Outcome => {
  const text =
    failure.code === 'Unreachable' && failure.message !== ''
      ? `The cluster did not answer (${failure.message}).`
      : failureText(plainEnglish, failure);
  if (failure.code === 'Forbidden' || failure.code === 'SessionExpired') return { state: 'forbidden', text };
  if (isTransient(failure)) return { state: 'unanswered', text };
  return mayCome(failure) ? waiting(text) : failed(text);
};

/** `Kind namespace/name`. */
export const naming = ({ kind, name, namespace }: Target): string =>
  `${kinds[kind].kind} ${namespace === undefined ? name : `${namespace}/${name}`}`;

const past = { create: 'created', patch: 'changed', delete: 'deleted' } as const;

/** A plan, and what its end means. */
export interface Wanted<N extends Needs, P> {
  readonly needs: N;
  readonly plan: (seen: Seen<N>) => Plan<P>;
  /** What a planner's refusal means for this attempt. */
  readonly refused: (problem: P) => Outcome;
  /** What another failure means, where it means more than its own words; `undefined`: it does not. */
  readonly stopped?: (failure: ConvergeFailure<P>) => Outcome | undefined | Promise<Outcome | undefined>;
  /** Said when there is nothing left to do; or what that means, should it not be the end yet. */
  readonly text: string | ((seen: Seen<N>) => string | Outcome | Promise<Outcome>);
}

/** Brings one plan about and says each change; with a dry run, what the API server would say to it. */
export const carryOut = async <N extends Needs, P>(
  { cluster, dryRun, say, onTrial = sayTrial(say) }: World,
  { needs, plan, refused, stopped, text }: Wanted<N, P>,
): Promise<Outcome> => {
  const said = new Set<ChangeName>();
  const trials: Trial[] = [];
  const outcome = await converge({
    cluster,
    needs,
    plan,
    mode: dryRun ? 'dry' : 'real',
    onTrial: (trial) => {
      trials.push(trial);
      onTrial(trial);
    },
    onProgress: (changes) => {
      for (const { change, state } of changes) {
        if (state !== 'done' || said.has(change)) continue;
        said.add(change);
        say(`${past[change.verb]} ${naming(change)}`);
      }
    },
  });
  if (outcome.ok) return trials.length > 0 ? done(triedText(trials)) : endOf(text, outcome.value);
  const { error } = outcome;
  const meant = await stopped?.(error);
  if (meant) return meant;
  switch (error.code) {
    case 'Refused':
      return refused(error.problem);
    case 'RightsMissing':
      return { state: 'forbidden', text: missingRightsText(plainEnglish, error.rights) };
    case 'ReadFailed':
    case 'WriteFailed':
      return outcomeOf(error.failure);
    case 'NotConverging':
      return failed(
        `Something else keeps changing ${error.changes.map(naming).join(', ')} back. Find out what, then run this again.`,
      );
  }
};

/** What it means that nothing is left to do. */
export const endOf = async <S>(
  text: string | ((seen: S) => string | Outcome | Promise<Outcome>),
  seen: S,
): Promise<Outcome> => {
  const end = typeof text === 'string' ? text : await text(seen);
  return typeof end === 'string' ? done(end) : end;
};

const future = { create: 'would create', patch: 'would change', delete: 'would delete' } as const;

const sayTrial =
  (say: World['say']) =>
  ({ change, answer }: Trial): void => {
    const unchecked = isUnchecked(answer) ? ` (not checked: ${uncheckedText(plainEnglish, answer)})` : '';
    say(`${future[change.verb]} ${naming(targetOf(change))}${unchecked}`);
  };

const triedText = (trials: readonly Trial[]): string => {
  const { length } = trials.filter(({ answer }) => isUnchecked(answer));
  if (length === 0) return 'the cluster would accept this.';
  return length === trials.length
    ? 'the cluster could not be asked about any of this.'
    : `the cluster would accept this, as far as it could be asked: ${String(length)} of ${String(trials.length)} changes are not checked.`;
};
