import { because, create } from '../change';
import type { Change } from '../change';
import type { Many, Needs, Seen } from '../cluster';
import type { Plan } from '../converge';
import type { NetworkAttachmentDefinition } from '../objects';
import { err, ok } from '../result';
import type { Text } from '../translate';
import { arrangeNads } from './arrange-nads';
import type { NetworksWish } from './arrange-nads';
import type { Network } from './network';

/** The name is taken in the project by a network with other content. */
export interface NameTaken {
  readonly code: 'NameTaken';
  readonly name: string;
  readonly present: NetworkAttachmentDefinition;
  readonly network: Network;
}

/** What `planNads` looks at. */
export const networksNeeds = (project: string) =>
  ({ nads: { list: 'networkAttachmentDefinitions', namespace: project } }) as const satisfies Needs;

/** Creates the missing networks, all or none: a single name in the way and nothing is written. */
export const planNads =
  (wish: NetworksWish) =>
  ({ nads }: Seen<ReturnType<typeof networksNeeds>>): Plan<NameTaken> => {
    const arrangements = arrangeNads(wish, nads);
    for (const { inTheWay, network } of arrangements) {
      const [present] = inTheWay;
      if (present) return err({ code: 'NameTaken', name: present.metadata.name, present, network });
    }
    return ok(
      arrangements.flatMap(({ portGroups, missing }) => {
        const names = portGroups.map(({ name }) => name).join(', ');
        const why: Text = (t) => t('No network in this project is for the port groups {{names}} yet.', { names });
        return missing.map((nad) => because(why, create('networkAttachmentDefinitions', nad)));
      }),
    );
  };

/** The networks of several projects, each under a name that has the project in it. */
export type ProjectsNeeds = Readonly<Record<`networks of ${string}`, Many<'networkAttachmentDefinitions'>>>;

/** What `planNadsIn` looks at. */
export const projectsNeeds = (projects: readonly string[]): ProjectsNeeds =>
  Object.fromEntries(
    projects.map((project) => [`networks of ${project}`, { list: 'networkAttachmentDefinitions', namespace: project }]),
  );

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
