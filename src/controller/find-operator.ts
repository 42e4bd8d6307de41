import type { Cluster } from '../domain/cluster';
import { observe } from '../domain/converge';
import type { ClusterFailure } from '../domain/failure';
import { kinds } from '../domain/kinds';
import type { Subscription } from '../domain/platform-objects';
import { operators, subscriptionsOf, suggestedNamespace } from '../domain/operators/operator';
import type { OperatorId } from '../domain/operators/operator';
import { operatorNeeds } from '../domain/operators/plan-operator';
import { readOperator } from '../domain/operators/read-operator';
import type { OperatorState } from '../domain/operators/read-subscription';
import type { Result } from '../domain/result';
import { ok } from '../domain/result';

export interface Whereabouts {
  readonly home: string;
  readonly subscriptions: readonly Subscription[];
}

/** Where an operator is, or is to be installed. The version of OpenShift is asked for only when it decides. */
export const findOperator = async (
  cluster: Cluster,
  id: OperatorId,
  namespace: string | undefined,
): Promise<Result<Whereabouts, ClusterFailure>> => {
  const operator = operators[id];
  const listed = await cluster.list({ list: 'subscriptions' });
  if (!listed.ok) return listed;
  const subscriptions = listed.value;
  const known = subscriptionsOf(operator, subscriptions)[0]?.metadata.namespace ?? namespace;
  if (known !== undefined) return ok({ home: known, subscriptions });
  const version = await cluster.get({ kind: 'clusterVersions', name: 'version' });
  return version.ok ? ok({ home: suggestedNamespace(operator, version.value), subscriptions }) : version;
};

/** How far an operator is, read freshly. */
export const lookAtOperator = async (
  cluster: Cluster,
  id: OperatorId,
  namespace: string | undefined,
): Promise<Result<OperatorState, ClusterFailure>> => {
  const found = await findOperator(cluster, id, namespace);
  if (!found.ok) return found;
  const { home } = found.value;
  const { plural, group } = kinds[operators[id].operand.kind];
  const seen = await observe(cluster, {
    ...operatorNeeds(home),
    crd: { kind: 'customResourceDefinitions', name: `${plural}.${group}` },
  });
  return seen.ok ? ok(readOperator(operators[id], { home, ...seen.value })) : seen;
};
