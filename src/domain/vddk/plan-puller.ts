import { because, create } from '../change';
import type { Needs, Seen } from '../cluster';
import type { Plan } from '../converge';
import type { RoleBinding } from '../objects';
import { owned } from '../ownership';
import { err, ok } from '../result';
import type { Translate } from '../translate';
import { buildName } from './plan-build';

/** A project whose pods shall be able to pull an image of another project. */
export interface PullerWish {
  /** The project that keeps the image. */
  readonly project: string;
  /** The project of the virtual machines. */
  readonly target: string;
}

/** Somebody else's RoleBinding has our name and says something else. */
export interface PullerProblem {
  readonly code: 'PullerTaken';
  readonly name: string;
  readonly project: string;
}

const nameOf = ({ target }: PullerWish): string => `${buildName}-${target}`;

/** Whether a right is needed at all: pods may pull images of their own project. */
export const needsPuller = ({ project, target }: PullerWish): boolean => target !== '' && target !== project;

/** What `planPuller` looks at. */
export const pullerNeeds = (wish: PullerWish) =>
  ({ puller: { kind: 'roleBindings', name: nameOf(wish), namespace: wish.project } }) as const satisfies Needs;

/**
 * Lets every service account of the target project pull: MTV's validator, importer and conversion pods run there
 * (docs/facts/forklift.md §4, "Cross-namespace pull").
 */
export const planPuller =
  (wish: PullerWish) =>
  ({ puller }: Seen<ReturnType<typeof pullerNeeds>>): Plan<PullerProblem> => {
    if (puller)
      return grants(puller, wish) ? ok([]) : err({ code: 'PullerTaken', name: nameOf(wish), project: wish.project });
    const creation = create('roleBindings', {
      metadata: owned({ name: nameOf(wish), namespace: wish.project }),
      subjects: [{ apiGroup: rbac, kind: 'Group', name: groupOf(wish) }],
      roleRef: { apiGroup: rbac, kind: 'ClusterRole', name: 'system:image-puller' },
    });
    return ok([
      because((t) => t('Pods in {{target}} pull the image from this project.', { target: wish.target }), creation),
    ]);
  };

const rbac = 'rbac.authorization.k8s.io';

const groupOf = ({ target }: PullerWish): string => `system:serviceaccounts:${target}`;

/** Whether a RoleBinding lets the target project pull, no matter who created it. */
export const grants = ({ roleRef, subjects }: RoleBinding, wish: PullerWish): boolean =>
  roleRef.kind === 'ClusterRole' &&
  roleRef.name === 'system:image-puller' &&
  (subjects ?? []).some(
    ({ kind, name }) =>
      kind === 'Group' && [groupOf(wish), 'system:serviceaccounts', 'system:authenticated'].includes(name),
  );

/** Why the right was not given, and what to do. */
export const pullerProblemText = (t: Translate, { name, project }: PullerProblem): string =>
  t(
    'RoleBinding {{name}} in {{project}} grants something other than pulling images, so it is not changed. Delete it, then retry.',
    {
      name,
      project,
    },
  );
