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

/** A right as text, for sets of rights; `JSON.parse` gives the right back. */
export const rightKey = (right: Right): string => JSON.stringify(right);

/** These rights, each of them once. */
export const distinctRights = (rights: readonly Right[]): readonly Right[] => [
  ...new Map(rights.map((right) => [rightKey(right), right])).values(),
];

/** The rights that these writes need, each of them once. */
export const rightsOf = (writes: readonly Write[]): readonly Right[] => distinctRights(writes.map(rightOf));

/**
 * Which of these rights the user lacks; all are asked for at once. A review that failed proves nothing: the server decides when the
 * write comes.
 */
export const missingRights = async (cluster: Cluster, rights: readonly Right[]): Promise<readonly Right[]> =>
  (await reviewRights(cluster, rights)).missing;

/** Which right the user lacks. */
export const lackedRightText = (t: Translate, { kind, verb, namespace }: Right): string =>
  t('You are not permitted to {{verb}} {{resource}} in {{project}}.', {
    verb,
    resource: kinds[kind].kind,
    project: namespace ?? t('the cluster'),
  });

/** Rights as lines of a list: the verbs on one resource of one project share a line. */
export const rightLines = (t: Translate, rights: readonly Right[]): readonly string[] => {
  const lines = new Map<string, { readonly right: Right; readonly verbs: string[] }>();
  for (const right of rights) {
    const key = JSON.stringify([right.kind, right.subresource, right.name, right.namespace]);
    const line = lines.get(key) ?? { right, verbs: [] };
    if (!line.verbs.includes(right.verb)) line.verbs.push(right.verb);
    lines.set(key, line);
  }
  return [...lines.values()].map(({ right: { kind, subresource, name, namespace }, verbs }) => {
    const { plural } = kinds[kind];
    const resource = subresource === undefined ? plural : `${plural}/${subresource}`;
    const params = { verbs: verbs.join(', '), resource: name === undefined ? resource : `${resource} ${name}` };
    return namespace === undefined
      ? t('{{verbs}} {{resource}} in the whole cluster', params)
      : t('{{verbs}} {{resource}} in project {{project}}', { ...params, project: namespace });
  });
};

/** What to do about rights that are missing. */
export const missingRightsRemedy = (t: Translate): string =>
  t('Ask an administrator for the missing rights, or ask them to do this step.');

/** What is known of rights that were asked for. Not known is not allowed: nothing is offered that may be refused half way. */
export interface ReviewedRights {
  /** The API server said no. */
  readonly missing: readonly Right[];
  /** It did not say. */
  readonly unknown: readonly Right[];
}

/** Asks for all of these rights at once. */
export const reviewRights = async (cluster: Cluster, rights: readonly Right[]): Promise<ReviewedRights> => {
  const reviewed = await Promise.all(rights.map(async (right) => ({ right, answer: await cluster.can(right) })));
  return {
    missing: reviewed.filter(({ answer }) => answer.ok && !answer.value).map(({ right }) => right),
    unknown: reviewed.filter(({ answer }) => !answer.ok).map(({ right }) => right),
  };
};

/** Every right that is missing, and what to do. */
export const missingRightsText = (t: Translate, rights: readonly Right[]): string =>
  [...rights.map((right) => lackedRightText(t, right)), missingRightsRemedy(t)].join(' ');
