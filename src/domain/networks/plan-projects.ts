import type { Change } from '../change';
import type { Many, Seen } from '../cluster';
import type { Plan } from '../converge';
import { ok } from '../result';
import { planNads } from './plan-nads';
import type { NameTaken, NetworksWish } from './plan-nads';

/** The networks of several projects, each under a name that has the project in it. */
export type ProjectsNeeds = Readonly<Record<`networks of ${string}`, Many<'networkAttachmentDefinitions'>>>;

/** What `planNadsIn` looks at. */
export const projectsNeeds = (projects: readonly string[]): ProjectsNeeds =>
  Object.fromEntries(
    projects.map((project) => [`networks of ${project}`, { list: 'networkAttachmentDefinitions', namespace: project }]),
  );

/** The same wish in each of these projects. */
export const wishesIn = (wish: NetworksWish, projects: readonly string[]): readonly NetworksWish[] =>
  projects.map((project) => ({ ...wish, project }));

/** Creates the missing networks of every project, all or none: a single name in the way, wherever, and nothing is written. */
export const planNadsIn =
  (wishes: readonly NetworksWish[]) =>
  (seen: Seen<ProjectsNeeds>): Plan<NameTaken> => {
    const changes: Change[] = [];
    for (const wish of wishes) {
      const planned = planNads(wish)({ nads: seen[`networks of ${wish.project}`] ?? [] });
      if (!planned.ok) return planned;
      changes.push(...planned.value);
    }
    return ok(changes);
  };
