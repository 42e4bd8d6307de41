import type { Write } from './change';
import { targetOf } from './change';
import type { Cluster, Right } from './cluster';
import { kinds } from './kinds';
import type { Translate } from './translate';

/** The right that the API server asks for when this is written. */
export const rightOf = (write: Write): Right => {
  const { kind, name, namespace } = targetOf(write);
  const { verb } = write;
  return { kind, verb, ...(verb !== 'create' && { name }), ...(namespace !== undefined && { namespace }) };
};

/** The rights that these writes need, each of them once. */
export const rightsOf = (writes: readonly Write[]): readonly Right[] => [
  ...new Map(writes.map(rightOf).map((right) => [JSON.stringify(right), right])).values(),
];

/**
 * Which of these rights the user lacks; all are asked for at once. A review that failed proves nothing: the server decides when the
 * write comes.
 */
export const missingRights = async (cluster: Cluster, rights: readonly Right[]): Promise<readonly Right[]> => {
  const reviewed = await Promise.all(rights.map(async (right) => ({ right, allowed: await cluster.can(right) })));
  return reviewed.filter(({ allowed }) => allowed.ok && !allowed.value).map(({ right }) => right);
};

/** Every right that is missing, and what to do. */
export const missingRightsText = (t: Translate, rights: readonly Right[]): string =>
  [
    ...rights.map(({ kind, verb, namespace }) =>
      t('You are not permitted to {{verb}} {{resource}} in {{project}}.', {
        verb,
        resource: kinds[kind].kind,
        project: namespace ?? t('the cluster'),
      }),
    ),
    t('Ask an administrator for the missing rights, or ask them to do this step.'),
  ].join(' ');
