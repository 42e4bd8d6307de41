import { because, create } from '../change';
import type { Write } from '../change';
import type { Needs } from '../cluster';
import type { Plan } from '../converge';
import type { KubeObject } from '../objects';
import { owned } from '../ownership';
import { err, ok } from '../result';
import type { Translate } from '../translate';
import { operators } from './operator';
import type { Operator, OperatorId } from './operator';
import { lvmClusterFor } from './lvm-cluster';
import type { LvmProblem, LvmWish } from './lvm-cluster';

/** What a new operand contains. An existing one is never changed. */
export type OperandWish =
  | { readonly id: 'lvms'; readonly lvm: LvmWish }
  | { readonly id: 'mtv'; readonly settings: Readonly<Record<string, string | number>> }
  | { readonly id: 'nmstate' }
  | { readonly id: 'cnv'; readonly evictionStrategy: string | undefined };

/** What planner and reader look at: operands of any name, in any project. */
export const operandNeeds = (id: OperatorId) =>
  ({ operands: { list: operators[id].operand.kind } }) as const satisfies Needs;

/** The operands that an operator works by: one that works on its own project alone leaves those in others as they are. */
export const operandsOf = <T extends KubeObject>(
  { ownNamespaceOnly }: Operator,
  home: string,
  operands: readonly T[],
): readonly T[] => (ownNamespaceOnly ? operands.filter(({ metadata }) => metadata.namespace === home) : operands);

/** Creates an operand where there is none, in its operator's project. */
export const planOperand =
  (wish: OperandWish, home: string) =>
  ({ operands }: { readonly operands: readonly KubeObject[] }): Plan<LvmProblem> => {
    if (operandsOf(operators[wish.id], home, operands).length > 0) return ok([]);
    const planned = operandFor(wish, home);
    if (typeof planned === 'string') return err(planned);
    const operator = operators[wish.id].name;
    return ok([
      because((t) => t('{{operator}} does nothing until it has its custom resource.', { operator }), planned),
    ]);
  };

const operandFor = (wish: OperandWish, home: string): Write | LvmProblem => {
  const { name } = operators[wish.id].operand;
  const metadata = owned({ name, namespace: home });
  switch (wish.id) {
    case 'mtv':
      return create('forkliftControllers', { metadata, spec: wish.settings });
    case 'cnv': {
      const { evictionStrategy } = wish;
      return create('hyperConvergeds', { metadata, spec: evictionStrategy === undefined ? {} : { evictionStrategy } });
    }
    case 'nmstate':
      return create('nmStates', { metadata: owned({ name }), spec: {} });
    case 'lvms': {
      const planned = lvmClusterFor(wish.lvm, home);
      return planned.ok ? create('lvmClusters', planned.value) : planned.error;
    }
  }
};

/** Why an operand is not made, and what to do. */
export const operandProblemText = (t: Translate, problem: LvmProblem): string =>
  problem === 'NoDevices'
    ? t(
        'LVM Storage needs to know which disks to use. List them by their paths under /dev/disk/by-id. It takes every empty disk, SAN disks included, only if you ask for that explicitly.',
      )
    : t('Either list the disks or ask for all empty ones, not both.');
