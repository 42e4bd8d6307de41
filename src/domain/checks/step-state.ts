import type { Check, Verdict } from './check';
import type { Facts } from '../watched';

/**
 * How a step of the page stands, as its checks say. `flawed` is done, with something that a sentence of the step names. `waiting` is for
 * another step, `for` by its id. `forbidden`: the user may not look; `unknown`: looking failed.
 */
export type StepState =
  | { readonly state: 'done' | 'flawed' | 'attention' | 'underway' | 'forbidden' | 'unknown' | 'checking' }
  | { readonly state: 'waiting'; readonly for: string };

/** What of a step tells how it stands. */
export interface JudgedStep {
  readonly id: string;
  /** Steps that this one can do nothing without, by their ids. */
  readonly after?: readonly string[];
  /** It has no checks of its own: it is done when all others are. */
  readonly isOfAll?: boolean;
  /** What it sets up is a cluster administrator's: who may not look at it goes on without. */
  readonly isOfAdministrators?: boolean;
  /** Nobody needs it: no step waits for it, whatever it says. */
  readonly isOptional?: boolean;
}

const isDone = ({ state }: StepState): boolean => state === 'done' || state === 'flawed';

/** By the verdicts of one step; `others` are the steps beside it. What somebody has to do comes before what goes on by itself. */
const stateOf = (verdicts: readonly Verdict[], others: readonly string[]): StepState => {
  const has = (state: Verdict['state']) => verdicts.some((each) => each.state === state);
  const blocked = verdicts.filter(({ state }) => state === 'blocked');
  const elsewhere = blocked.flatMap(({ clearedBy = '' }) => (others.includes(clearedBy) ? [clearedBy] : []));
  const [first] = elsewhere;
  if (blocked.length > elsewhere.length) return { state: 'attention' };
  if (first !== undefined) return { state: 'waiting', for: first };
  if (has('loading')) return { state: 'checking' };
  if (has('waiting')) return { state: 'underway' };
  const unknown = verdicts.filter(({ state }) => state === 'unknown');
  if (unknown.length > 0)
    return { state: unknown.every(({ reason }) => reason === 'Forbidden') ? 'forbidden' : 'unknown' };
  return { state: has('warning') ? 'flawed' : 'done' };
};

/** How each step stands, by its id. A step that nothing judges is left out: nobody knows what would make it done. */
export const judgeSteps = (
  steps: readonly JudgedStep[],
  checks: readonly Check[],
  facts: Facts,
): ReadonlyMap<string, StepState> => {
  const own = new Map<string, StepState>();
  for (const { id } of steps) {
    const verdicts = checks.filter(({ step }) => step === id).map(({ judge }) => judge(facts));
    const others = steps.flatMap((step) => (step.id === id ? [] : [step.id]));
    if (verdicts.length > 0) own.set(id, stateOf(verdicts, others));
  }
  const ofAdministrators = steps.filter(({ isOfAdministrators }) => isOfAdministrators).map(({ id }) => id);
  const optional = steps.filter(({ isOptional }) => isOptional).map(({ id }) => id);
  const open = [...own].filter(
    ([id, state]) =>
      !isDone(state) && !optional.includes(id) && !(state.state === 'forbidden' && ofAdministrators.includes(id)),
  );
  const states = steps.flatMap(({ id, after = [], isOfAll = false }): [string, StepState][] => {
    const state = own.get(id);
    const [first] = open.filter(([other]) => isOfAll || after.includes(other));
    if (isOfAll && own.size > 0) return [[id, first ? waitingFor(first) : { state: 'done' }]];
    if (!state) return [];
    return [[id, first && state.state === 'attention' ? waitingFor(first) : state]];
  });
  return new Map(states);
};

/** Nobody waits for what may turn out to be there. */
const waitingFor = ([id, { state }]: readonly [string, StepState]): StepState =>
  state === 'checking' ? { state } : { state: 'waiting', for: id };

/**
 * The step that a page opens whose address names none: the first in which somebody has to do something or can watch it go on, otherwise the first of
 * all. `undefined`: it is not known yet.
 */
export const stepToOpen = (
  steps: readonly JudgedStep[],
  states: ReadonlyMap<string, StepState>,
): string | undefined => {
  for (const { id } of steps.filter(({ isOptional }) => !isOptional)) {
    const state = states.get(id)?.state;
    if (state === 'checking') return undefined;
    if (state === 'attention' || state === 'underway' || state === 'unknown') return id;
  }
  return steps[0]?.id;
};
