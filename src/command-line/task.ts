import type { ChangeName, Target } from '../domain/change';
import { targetOf } from '../domain/change';
import type { Cluster, Needs, Seen } from '../domain/cluster';
import type { ConvergeFailure, Plan } from '../domain/converge';
import { converge, observe } from '../domain/converge';
import type { ClusterFailure } from '../domain/failure';
import { failureText, isTransient } from '../domain/failure';
import { kinds } from '../domain/kinds';
import type { Result } from '../domain/result';
import { plainEnglish } from '../domain/translate';

/** How one attempt at a task ended. `waiting`: a later one may do better. Its text is what a person reads. */
export interface Outcome {
  readonly state: 'done' | 'waiting' | 'failed' | 'forbidden';
  readonly text: string;
}

export const done = (text: string): Outcome => ({ state: 'done', text });
export const waiting = (text: string): Outcome => ({ state: 'waiting', text });
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
}

/** Failures that a later attempt may not meet: what is not there yet may come. */
const mayPass = (failure: ClusterFailure): boolean =>
  isTransient(failure) || ['KindAbsent', 'NotFound', 'Terminating', 'WebhookTimeout'].includes(failure.code);

/** A request's failure as the outcome of an attempt. */
export const outcomeOf = (failure: ClusterFailure): Outcome => {
  const text =
    failure.code === 'Unreachable' && failure.message !== ''
      ? `The cluster did not answer (${failure.message}).`
      : failureText(plainEnglish, failure);
  if (failure.code === 'Forbidden' || failure.code === 'SessionExpired') return { state: 'forbidden', text };
  return mayPass(failure) ? waiting(text) : failed(text);
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
  /** Said when there is nothing left to do; or what that means, should it not be the end yet. */
  readonly text: string | ((seen: Seen<N>) => string | Outcome);
}

/** Brings one plan about and says each change; with a dry run lets the API server judge them. */
export const carryOut = async <N extends Needs, P>(
  world: World,
  { needs, plan, refused, text }: Wanted<N, P>,
): Promise<Outcome> => {
  const { cluster, dryRun, say } = world;
  if (dryRun) return rehearse(world, needs, plan, refused);
  const said = new Set<ChangeName>();
  const outcome: Result<Seen<N>, ConvergeFailure<P>> = await converge({
    cluster,
    needs,
    plan,
    onProgress: (changes) => {
      for (const { change, state } of changes) {
        if (state !== 'done' || said.has(change)) continue;
        said.add(change);
        say(`${past[change.verb]} ${naming(change)}`);
      }
    },
  });
  if (outcome.ok) return endOf(text, outcome.value);
  const { error } = outcome;
  switch (error.code) {
    case 'Refused':
      return refused(error.problem);
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
export const endOf = <S>(text: string | ((seen: S) => string | Outcome), seen: S): Outcome => {
  const end = typeof text === 'string' ? text : text(seen);
  return typeof end === 'string' ? done(end) : end;
};

const future = { create: 'would create', patch: 'would change', delete: 'would delete' } as const;

const rehearse = async <N extends Needs, P>(
  { cluster, say }: World,
  needs: N,
  plan: (seen: Seen<N>) => Plan<P>,
  refused: (problem: P) => Outcome,
): Promise<Outcome> => {
  const seen = await observe(cluster, needs);
  if (!seen.ok) return outcomeOf(seen.error);
  const planned = plan(seen.value);
  if (!planned.ok) return refused(planned.error);
  const projects = planned.value.flatMap((change) =>
    change.verb === 'create' && change.kind === 'namespaces' ? [targetOf(change).name] : [],
  );
  for (const change of planned.value) {
    const target = targetOf(change);
    const { namespace } = target;
    // The API server refuses what belongs into a project that is only to be made.
    const isBeforeItsProject = namespace !== undefined && projects.includes(namespace);
    if (!isBeforeItsProject) {
      const answer = await cluster.apply(change, { dryRun: true });
      if (!answer.ok) return outcomeOf(answer.error);
    }
    say(
      `${future[change.verb]} ${naming(target)}${isBeforeItsProject ? ' (not checked: its project is only to be made)' : ''}`,
    );
  }
  return done(planned.value.length === 0 ? 'nothing to do' : 'the cluster would accept this');
};
