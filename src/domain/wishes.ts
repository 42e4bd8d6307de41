import type { EvictionStrategy } from './operators/eviction-strategy';
import type { LvmWish } from './operators/lvm-cluster';
import type { OperatorId } from './operators/operator';
import { operatorIds } from './operators/operator';
import type { OperandWish } from './operators/plan-operand';
import type { OperatorWish } from './operators/plan-operator';
import type { Toleration } from './platform-objects';
import type { RegistryClaim } from './storage/plan-registry';
import type { PrepareFile } from './prepare-file';
import { preparationOf } from './prepare-file';
import type { Preparation } from './preparation';
import type { VirtDefaultWish } from './storage/plan-virt-default';

/** Everything a cluster is to be given without a person at the page. */
export interface Wishes {
  readonly operators: Readonly<Record<OperatorId, OperatorWish>>;
  /** `undefined`: not to be made. */
  readonly operands: Readonly<Record<OperatorId, OperandWish | undefined>>;
  readonly virtDefault: VirtDefaultWish | undefined;
  readonly registry: RegistryClaim | undefined;
  readonly evictionStrategy: EvictionStrategy | undefined;
  readonly preparation: Preparation;
}

/**
 * A wishes file that is complete and correct (docs/hooks.md). As in the chart's values, empty means left to the default of whoever reads it: an
 * empty channel is the catalog's, an empty selector selects every node.
 */
export interface WishesFile {
  readonly operators: {
    readonly lvms: OperatorFile<LvmWish>;
    readonly mtv: OperatorFile<{ readonly settings: Readonly<Record<string, string | number | boolean>> }>;
    readonly nmstate: OperatorFile<unknown>;
    readonly cnv: OperatorFile<unknown>;
  };
  readonly namespaceLabels: Readonly<Record<string, string>>;
  readonly storage: { readonly virtDefaultClass: string; readonly unsetOthers: boolean };
  readonly registry: Required<RegistryClaim> & { readonly enable: boolean };
  readonly virtualization: { readonly evictionStrategy: EvictionStrategy | '' };
  readonly prepare: PrepareFile;
}

interface OperatorFile<Operand> {
  readonly mode: OperatorWish['mode'];
  /** Left out: what the operator suggests for the cluster's version of OpenShift. */
  readonly namespace?: string;
  readonly channel: string;
  readonly startingCSV: string;
  readonly source: string;
  readonly sourceNamespace: string;
  readonly installPlanApproval: OperatorWish['installPlanApproval'];
  readonly nodeSelector: Readonly<Record<string, string>>;
  readonly tolerations: readonly Toleration[];
  readonly operand: Operand & { readonly create: boolean };
}

/** What the file wishes: an operator that is skipped has no operand, and what is empty is not wished. */
export const wishesOf = ({ operators, namespaceLabels, prepare, ...file }: WishesFile): Wishes => {
  const { storage, registry, virtualization } = file;
  const evictionStrategy = virtualization.evictionStrategy === '' ? undefined : virtualization.evictionStrategy;
  const operatorWish = (id: OperatorId): OperatorWish => {
    const { mode, source, sourceNamespace, installPlanApproval, ...optional } = operators[id];
    const { namespace, channel, startingCSV, nodeSelector, tolerations } = optional;
    return {
      mode,
      source,
      sourceNamespace,
      installPlanApproval,
      namespaceLabels,
      ...filled({ channel, startingCSV, nodeSelector, tolerations }),
      ...(namespace !== undefined && { namespace }),
    };
  };
  const operandWish = (id: OperatorId): OperandWish | undefined => {
    if (operators[id].mode === 'skip' || !operators[id].operand.create) return undefined;
    switch (id) {
      case 'lvms':
        return { id, lvm: operators.lvms.operand };
      case 'mtv':
        return { id, settings: asTexts(operators.mtv.operand.settings) };
      case 'nmstate':
        return { id };
      case 'cnv':
        return { id, evictionStrategy };
    }
  };
  const each = <T>(of: (id: OperatorId) => T) =>
    Object.fromEntries(operatorIds.map((id) => [id, of(id)])) as Readonly<Record<OperatorId, T>>;
  const { enable, storageClass, ...claim } = registry;
  const { virtDefaultClass: className, unsetOthers } = storage;
  return {
    operators: each(operatorWish),
    operands: each(operandWish),
    virtDefault: className === '' ? undefined : { className, unsetOthers },
    registry: enable ? { ...claim, ...filled({ storageClass }) } : undefined,
    evictionStrategy,
    preparation: preparationOf(prepare),
  };
};

/** Without the keys whose value is an empty text, list or map. */
const filled = <T extends object>(values: T): Partial<T> =>
  Object.fromEntries(
    Object.entries(values).filter(([, value]) => Object.keys(value as object).length > 0),
  ) as Partial<T>;

/** MTV wants its flags as the texts "true" and "false" (docs/facts/forklift.md §3). */
const asTexts = (settings: Readonly<Record<string, string | number | boolean>>): Record<string, string | number> =>
  Object.fromEntries(
    Object.entries(settings).map(([key, value]) => [key, typeof value === 'boolean' ? String(value) : value]),
  );
