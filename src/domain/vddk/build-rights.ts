import type { Right } from '../cluster';
import { kinds } from '../kinds';
import type { Translate } from '../translate';
import { imageRights } from './plan-image';
import type { ImageWish } from './plan-image';
import { needsPuller } from './plan-puller';
import type { PullerWish } from './plan-puller';

/** What it takes to have an image built in a project, whatever becomes of it then. */
export const rightsToBuild = (project: string): readonly Right[] => [
  { kind: 'imageStreams', verb: 'get', namespace: project },
  { kind: 'imageStreams', verb: 'create', namespace: project },
  { kind: 'buildConfigs', verb: 'get', namespace: project },
  { kind: 'buildConfigs', verb: 'create', namespace: project },
  { kind: 'buildConfigs', verb: 'patch', namespace: project },
  { kind: 'buildConfigs', verb: 'create', subresource: 'instantiatebinary', namespace: project },
  { kind: 'builds', verb: 'get', namespace: project },
  { kind: 'builds', verb: 'list', namespace: project },
];

/** What an upload will have to be allowed, from the first write to the last, so that a missing right is said before anything is sent. */
export const buildRights = (wish: PullerWish & Pick<ImageWish, 'providers'>, mtv: string): readonly Right[] => {
  const { project, providers } = wish;
  return [
    ...rightsToBuild(project),
    ...(needsPuller(wish)
      ? ([
          { kind: 'roleBindings', verb: 'get', namespace: project },
          { kind: 'roleBindings', verb: 'create', namespace: project },
        ] as const)
      : []),
    ...imageRights(mtv, providers),
  ];
};

/** The right that is missing, as a role would name it. */
export const missingRightText = (t: Translate, { kind, verb, subresource, namespace = '' }: Right): string =>
  t('You are not permitted to {{verb}} {{resource}} in {{project}}.', {
    verb,
    resource: kinds[kind].plural + (subresource === undefined ? '' : `/${subresource}`),
    project: namespace,
  });
