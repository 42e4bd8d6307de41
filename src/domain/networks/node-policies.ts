import { compareText } from '../compare-text';
import { holding } from '../conditions';
import { listOf } from '../lists';
import type { NodeNetworkConfigurationPolicy } from '../nmstate-objects';

/** Policies that put a localnet of one name on different bridges, on nodes that both may be for. */
export interface MappingConflict {
  readonly policies: readonly string[];
  readonly bridges: readonly string[];
}

/** A policy that is not carried out on all of its nodes. */
export interface OpenPolicy {
  readonly policy: string;
  readonly state: 'failed' | 'running';
}

/** What the policies say that the nodes do not show. */
export interface NodePolicies {
  /** By localnet. */
  readonly conflicts: ReadonlyMap<string, MappingConflict>;
  /** By the bridge or localnet that the policy is about; one that failed before one that runs. */
  readonly open: ReadonlyMap<string, OpenPolicy>;
}

/** Nothing is known of any policy. */
export const noPolicies: NodePolicies = { conflicts: new Map(), open: new Map() };

/** Reads the policies. Their conditions are those of docs/facts/forklift.md §8. */
export const readNodePolicies = (policies: readonly NodeNetworkConfigurationPolicy[]): NodePolicies => {
  const ordered = [...policies].sort((a, b) => compareText(a.metadata.name, b.metadata.name));
  const mappings = new Map<string, { policy: NodeNetworkConfigurationPolicy; bridge: string }[]>();
  const open = new Map<string, OpenPolicy>();
  for (const policy of ordered) {
    const { interfaces, ovn } = policy.spec?.desiredState ?? {};
    const mapped = listOf(ovn?.['bridge-mappings']).filter(({ state }) => state !== 'absent');
    for (const { localnet, bridge = '' } of mapped) {
      const list = mappings.get(localnet);
      if (list) list.push({ policy, bridge });
      else mappings.set(localnet, [{ policy, bridge }]);
    }
    const state = stateOf(policy);
    if (state === undefined) continue;
    const names = [...listOf(interfaces).map(({ name }) => name ?? ''), ...mapped.map(({ localnet }) => localnet)];
    for (const name of names)
      if (open.get(name)?.state !== 'failed') open.set(name, { policy: policy.metadata.name, state });
  }
  const conflicts = new Map<string, MappingConflict>();
  for (const [localnet, defined] of mappings) {
    const clashing = defined.filter((one) =>
      defined.some((other) => other.bridge !== one.bridge && mayShareNodes(one.policy, other.policy)),
    );
    if (clashing.length > 0)
      conflicts.set(localnet, {
        policies: [...new Set(clashing.map(({ policy }) => policy.metadata.name))],
        bridges: [...new Set(clashing.map(({ bridge }) => bridge))].sort(compareText),
      });
  }
  return { conflicts, open };
};

const stateOf = ({ status }: NodeNetworkConfigurationPolicy): OpenPolicy['state'] | undefined => {
  if (holding(status, 'Degraded')) return 'failed';
  return holding(status, 'Progressing') ? 'running' : undefined;
};

/** No node has two values of one label. */
const mayShareNodes = (one: NodeNetworkConfigurationPolicy, other: NodeNetworkConfigurationPolicy): boolean => {
  const labels = other.spec?.nodeSelector ?? {};
  return Object.entries(one.spec?.nodeSelector ?? {}).every(([key, value]) => (labels[key] ?? value) === value);
};
