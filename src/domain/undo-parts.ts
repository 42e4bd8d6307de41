import type { Needs, Seen } from './cluster';
import type { Plan } from './converge';
import { evictionNeeds, planEvictionUndo } from './operators/eviction-strategy';
import { operatorIds } from './operators/operator';
import {
  planOperandRemoval,
  planOperatorRemoval,
  planProjectRemoval,
  projectNeeds,
  removalNeeds,
  removalProblemText,
} from './operators/plan-removal';
import type { RemovalProblem } from './operators/plan-removal';
import { undoings, undoProvider } from './plan-undo';
import type { Staying, Undoing } from './undoing';
import type { Host, Provider } from './objects';
import { undoHost } from './undo-host';
import { err } from './result';
import { planRegistryUndo, registryUndoNeeds } from './storage/plan-registry';
import { planVirtDefaultUndo, virtDefaultNeeds } from './storage/plan-virt-default';
import type { Text } from './translate';

/** One thing to be undone: what its planner looks at and changes, and what of ours stays for good reason. */
export interface UndoPart extends Undoing {
  readonly id: string;
}

const part = <N extends Needs, P>(
  id: string,
  needs: N,
  plan: (seen: Seen<N>) => Plan<P>,
  staying: (problem: P) => Staying,
): UndoPart => ({
  id,
  needs,
  plan: (seen) => {
    const planned = plan(seen as Seen<N>);
    return planned.ok ? planned : err(staying(planned.error));
  },
  kept: () => [],
});

const forGood = (text: Text) => (): Staying => ({ isPassing: false, text });
const never = forGood(() => '');

const removal = (problem: RemovalProblem): Staying => ({
  isPassing: problem.code !== 'HoldsWorkload',
  text: (t) => removalProblemText(t, problem),
});

/**
 * Everything that the page undoes, in the order in which it goes, but the projects. Not the plugin itself, its report and its controller: they
 * belong to the release that installed them.
 */
export const undoParts: readonly UndoPart[] = [
  ...Object.entries(undoings).map(([id, each]) => ({ ...each, id })),
  part('virt-default-class', virtDefaultNeeds, planVirtDefaultUndo, never),
  part('eviction-strategy', evictionNeeds, planEvictionUndo, never),
  part(
    'registry',
    registryUndoNeeds,
    planRegistryUndo,
    forGood((t) => t('The image registry stays on, because there are images in it.')),
  ),
  ...operatorIds.map((id) => part(`operand/${id}`, removalNeeds(id), planOperandRemoval(id), removal)),
  ...operatorIds.map((id) => part(`operator/${id}`, removalNeeds(id), planOperatorRemoval(id), removal)),
];

/** The removal of a project of ours, once nothing of its users is in it. */
export const undoProject = (name: string): UndoPart =>
  part(
    `project/${name}`,
    projectNeeds(name),
    planProjectRemoval,
    forGood((t) => t('Project {{project}} stays, because something is in it.', { project: name })),
  );

/** The removal of one Provider of ours, with what belongs to it. */
export const undoProviderPart = (provider: Provider): UndoPart => ({ id: 'provider', ...undoProvider(provider) });

/** The removal of one ESXi host of ours, with its Secret. */
export const undoHostPart = (host: Host): UndoPart => ({ id: 'host', ...undoHost(host) });
