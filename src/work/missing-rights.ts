import type { Cluster, Right } from '../domain/cluster';

/** Which of these rights the user lacks. A review that failed proves nothing: the server decides when the write comes. */
export const missingRights = async (cluster: Cluster, rights: readonly Right[]): Promise<readonly Right[]> => {
  const reviewed = await Promise.all(rights.map(async (right) => ({ right, allowed: await cluster.can(right) })));
  return reviewed.filter(({ allowed }) => allowed.ok && !allowed.value).map(({ right }) => right);
};
