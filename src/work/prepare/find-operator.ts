import type { Cluster } from '../../domain/cluster';
import { observe } from '../../domain/converge';
import type { ClusterFailure } from '../../domain/failure';
import { homeOf, installationNeeds } from '../../domain/operators/installation';
import { operators, suggestedNamespace } from '../../domain/operators/operator';
import type { OperatorId } from '../../domain/operators/operator';
import { readOperator } from '../../domain/operators/read-operator';
import type { OperatorReading } from '../../domain/operators/read-subscription';
import type { Result } from '../../domain/result';
import { ok } from '../../domain/result';
import { withoutAbsentKinds } from './absent-kinds';

/** An operator as it was found: where, and how far it is. */
export interface FoundOperator {
  /** Where it is, or is to be installed. */
  readonly home: string;
  readonly state: OperatorReading;
}

/** A cluster that need not know an operator's own kind, nor OLM's second version. Without OLM's first nothing can be installed. */
export const beforeOperator = (cluster: Cluster, id: OperatorId): Cluster =>
  withoutAbsentKinds(cluster, 'clusterExtensions', operators[id].operand.kind);

/** Where an operator is and how far, read freshly. The version of OpenShift is asked for only when it decides. */
export const findOperator = async (
  cluster: Cluster,
  id: OperatorId,
  namespace: string | undefined,
): Promise<Result<FoundOperator, ClusterFailure>> => {
  const operator = operators[id];
  const { operands: ownKind, ...needs } = installationNeeds(id);
  const [operands, others] = await Promise.all([cluster.list(ownKind), observe(beforeOperator(cluster, id), needs)]);
  const isServed = operands.ok;
  if (!operands.ok && operands.error.code !== 'KindAbsent') return operands;
  if (!others.ok) return others;
  const seen = { ...others.value, operands: operands.ok ? operands.value : [] };
  const state = readOperator(operator, seen, isServed);
  const known = homeOf(operator, seen) ?? namespace;
  if (known !== undefined) return ok({ home: known, state });
  const version = await cluster.get({ kind: 'clusterVersions', name: 'version' });
  return version.ok ? ok({ home: suggestedNamespace(operator, version.value), state }) : version;
};
