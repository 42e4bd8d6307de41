import { evictionStrategies } from './operators/eviction-strategy';
import type { EvictionStrategy } from './operators/eviction-strategy';
import type { OperatorId } from './operators/operator';
import { operatorIds, operators } from './operators/operator';
import type { OperandWish } from './operators/plan-operand';
import type { OperatorWish } from './operators/plan-operator';
import type { Toleration } from './platform-objects';
import type { Result } from './result';
import { ok } from './result';
import { flag, keys, list, mapOf, notAllowed, oneOf, text, whole } from './shape';
import type { Shape, ShapeProblem } from './shape';
import { operatorsOwnClaim } from './storage/plan-registry';
import type { RegistryWish } from './storage/plan-registry';
import type { VirtDefaultWish } from './storage/plan-virt-default';

/** Everything a cluster is to be given without a person at the page: the chart's values, read from a file (docs/hooks.md). */
export interface Wishes {
  readonly operators: Readonly<Record<OperatorId, OperatorWish>>;
  /** `undefined`: not to be made. */
  readonly operands: Readonly<Record<OperatorId, OperandWish | undefined>>;
  readonly virtDefault: VirtDefaultWish | undefined;
  readonly registry: RegistryWish | undefined;
  readonly evictionStrategy: EvictionStrategy | undefined;
}

const name = text('a name of small letters, digits and hyphens', /^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/);
const device = text('a path below /dev, best below /dev/disk/by-id', /^\/dev\/[^\s]+$/);
const quantity = text('a size such as 100Gi', /^[1-9]\d*(\.\d+)?(Ki|Mi|Gi|Ti|Pi|k|M|G|T|P)?$/);
const anyText: Shape<string> = (value, path) => (value === '' ? ok('') : text()(value, path));
const labels = mapOf(anyText);

const toleration = keys<Required<Toleration>>({
  key: anyText,
  operator: oneOf('Exists', 'Equal'),
  value: anyText,
  effect: oneOf('NoSchedule', 'PreferNoSchedule', 'NoExecute'),
  tolerationSeconds: whole(0, 2 ** 31),
});

const subscription = {
  mode: oneOf('install', 'adopt', 'skip'),
  namespace: name,
  channel: text(),
  source: name,
  sourceNamespace: name,
  installPlanApproval: oneOf('Automatic', 'Manual'),
  startingCSV: name,
  nodeSelector: labels,
  tolerations: list(toleration),
};

const create = { create: flag };

/** MTV wants its flags as the texts "true" and "false". `olm_managed` is in no schema and would be taken away for ever. */
const setting: Shape<string | number> = (value, path) => {
  if (path.endsWith('.olm_managed')) return notAllowed(path, 'nothing: this setting belongs to the operator');
  if (typeof value === 'boolean') return ok(String(value));
  return typeof value === 'string' || Number.isInteger(value)
    ? ok(value as string | number)
    : notAllowed(path, 'a text, a whole number, true or false');
};

const file = keys({
  operators: keys({
    lvms: keys({
      ...subscription,
      operand: keys({
        ...create,
        name,
        deviceClass: text('a name of small letters, digits and hyphens', /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/),
        paths: list(device),
        optionalPaths: list(device),
        allEmptyDisks: flag,
        thinPool: keys({ name: text(), sizePercent: whole(10, 100), overprovisionRatio: whole(1, 100) }),
        fstype: oneOf('xfs', 'ext4'),
        nodeSelector: labels,
        tolerations: list(toleration),
      }),
    }),
    mtv: keys({ ...subscription, operand: keys({ ...create, settings: mapOf(setting) }) }),
    nmstate: keys({ ...subscription, operand: keys(create) }),
    cnv: keys({ ...subscription, operand: keys(create) }),
  }),
  namespaceLabels: labels,
  storage: keys({ virtDefaultClass: name, unsetOthers: flag }),
  registry: keys({
    enable: flag,
    claim: text(
      `a name other than ${operatorsOwnClaim}, which the registry's operator keeps for a claim of its own`,
      new RegExp(`^(?!${operatorsOwnClaim}$)[a-z0-9]([-a-z0-9.]*[a-z0-9])?$`),
    ),
    size: quantity,
    storageClass: name,
    accessMode: oneOf('ReadWriteOnce', 'ReadWriteMany'),
  }),
  virtualization: keys({ evictionStrategy: oneOf(...evictionStrategies) }),
});

const subscriptionDefaults = {
  mode: 'skip',
  source: 'redhat-operators',
  sourceNamespace: 'openshift-marketplace',
  installPlanApproval: 'Automatic',
} as const;

/** Wishes from what a YAML or JSON file holds, with everything that is wrong in it at once. An empty file wishes nothing. */
export const readWishes = (content: unknown): Result<Wishes, readonly ShapeProblem[]> => {
  const read = file(content ?? {}, '');
  if (!read.ok) return read;
  const { operators: asked = {}, namespaceLabels = {}, storage = {}, registry = {}, virtualization = {} } = read.value;
  const { evictionStrategy } = virtualization;
  const subscriptionOf = (id: OperatorId): OperatorWish => ({ ...subscriptionDefaults, namespaceLabels, ...asked[id] });
  const operandOf = (id: OperatorId): OperandWish | undefined => {
    const { mode = 'skip', operand = {} } = asked[id] ?? {};
    return mode === 'skip' || operand.create === false ? undefined : wishFor(id);
  };
  const wishFor = (id: OperatorId): OperandWish => {
    switch (id) {
      case 'lvms': {
        const { operand = {} } = asked.lvms ?? {};
        return { id, lvm: { ...lvmDefaults, ...operand, thinPool: { ...thinPoolDefaults, ...operand.thinPool } } };
      }
      case 'mtv':
        return { id, settings: asked.mtv?.operand?.settings ?? {} };
      case 'nmstate':
        return { id };
      case 'cnv':
        return { id, evictionStrategy };
    }
  };
  const each = <T>(of: (id: OperatorId) => T) =>
    Object.fromEntries(operatorIds.map((id) => [id, of(id)])) as Readonly<Record<OperatorId, T>>;
  const { enable = false, ...claim } = registry;
  const { virtDefaultClass: className, unsetOthers = false } = storage;
  return ok({
    operators: each(subscriptionOf),
    operands: each(operandOf),
    virtDefault: className === undefined ? undefined : { className, unsetOthers },
    registry: enable ? { ...claimDefaults, ...claim } : undefined,
    evictionStrategy,
  });
};

const thinPoolDefaults = { name: 'thin-pool-1', sizePercent: 90, overprovisionRatio: 10 };

const lvmDefaults = {
  name: operators.lvms.operand.name,
  deviceClass: 'vg1',
  paths: [],
  optionalPaths: [],
  allEmptyDisks: false,
  fstype: 'xfs',
  nodeSelector: {},
  tolerations: [],
} as const;

const claimDefaults = { claim: 'image-registry-migration-prep', size: '100Gi', accessMode: 'ReadWriteOnce' } as const;
