import { because, create } from './change';
import type { Choice } from './choices';
import type { Seen } from './cluster';
import { compareText } from './compare-text';
import type { Plan } from './converge';
import { checkName, nameProblemText } from './names';
import type { Namespace } from './objects';
import { ok } from './result';
import type { Translate } from './translate';

/** What lists projects: OpenShift's own API shows each user those that are theirs; a cluster without it has namespaces. */
export type ProjectList = 'projects' | 'namespaces';

/** By what a project is created: a request makes its user the administrator of the project (docs/facts/platform.md §9). */
export const creationKind = { projects: 'projectRequests', namespaces: 'namespaces' } as const satisfies Record<
  ProjectList,
  string
>;

/** Projects of the platform's own parts: nobody may request one of that name. */
const isOfPlatform = (name: string): boolean => /^(openshift|kubernetes|kube)(-|$)/.test(name) || name === 'default';

/** The projects to choose from, those of users first. One that is being deleted is shown, and cannot be chosen. */
export const projectChoices = (t: Translate, projects: readonly Namespace[]): readonly Choice[] =>
  projects
    .map(({ metadata: { name, annotations, deletionTimestamp } }): Choice => {
      const title = annotations?.['openshift.io/display-name'] ?? '';
      if (deletionTimestamp !== undefined) return { value: name, description: t('Being deleted'), isDisabled: true };
      return { value: name, ...(title !== '' && title !== name && { description: title }) };
    })
    .sort((a, b) => Number(isOfPlatform(a.value)) - Number(isOfPlatform(b.value)) || compareText(a.value, b.value));

/** Why a project of that name cannot be requested, in a sentence; `undefined`: it can, as far as a name tells. */
export const newProjectProblem = (t: Translate, name: string): string | undefined => {
  const problem = checkName(name);
  if (problem) return nameProblemText(t, problem);
  if (name.length < 2) return t('The name of a project has at least 2 characters.');
  return isOfPlatform(name)
    ? t('Names that begin with openshift-, kubernetes- or kube- belong to the platform. Choose another name.')
    : undefined;
};

/** What `planProject` looks at. A list: who may not see a project may not get it by name either, whether it exists or not. */
export const projectNeeds = (list: ProjectList) => ({ projects: { list } }) as const;

/** Creates a project. It is done when the user sees it: OpenShift notices rights about a second after they were given. */
export const planProject =
  (list: ProjectList, name: string) =>
  ({ projects }: Seen<ReturnType<typeof projectNeeds>>): Plan<never> =>
    ok(
      projects.some(({ metadata }) => metadata.name === name)
        ? []
        : [because((t) => t('You asked for this project.'), create(creationKind[list], { metadata: { name } }))],
    );
