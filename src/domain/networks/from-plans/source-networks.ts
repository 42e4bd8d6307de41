import type { NetworkSource } from '../../migration-objects';
import type { Result } from '../../result';
import { err, ok } from '../../result';
import type { InventorySnapshot } from '../inventory';
import type { Network } from '../network';
import type { NodeNetworks } from '../node-networks';
import type { PortGroup } from '../port-groups';
import { readPortGroups, unescaped } from '../port-groups';
import type { NetworkRule, RuleDecision, RuleTrouble } from '../rules';
import { applyRules } from '../rules';

/** A port group, and the network that the rules make of it. */
export interface SourceNetwork {
  readonly portGroup: PortGroup;
  readonly network: Network;
}

/** Why there is no network for an entry of a map. `source`: what to call its source network. */
export type SourceTrouble =
  | { readonly reason: 'SourceNotGiven' | 'SourceMissing' | 'SourceAmbiguous'; readonly source: string }
  | (RuleTrouble & { readonly source: string; readonly portGroup: PortGroup });

/** What the entries of maps come to, for one Provider. */
export type SourceNetworks = (source: NetworkSource) => Result<SourceNetwork, SourceTrouble>;

/**
 * Reads an inventory once, in time linear in it; each source network is looked at when it is first asked for. As MTV does, an id
 * counts before a name, and a name may be a path or the end of one (kubev2v/forklift, pkg/controller/provider/web/vsphere).
 */
export const sourceNetworksOf = (
  snapshot: InventorySnapshot,
  rules: readonly NetworkRule[],
  nodes: NodeNetworks | undefined,
): SourceNetworks => {
  const decide = applyRules(rules, nodes);
  const decisions = new Map<PortGroup, RuleDecision>();
  const byId = new Map<string, PortGroup>();
  const byName = new Map<string, PortGroup[]>();
  for (const portGroup of readPortGroups(snapshot)) {
    byId.set(portGroup.id, portGroup);
    const list = byName.get(portGroup.name);
    if (list) list.push(portGroup);
    else byName.set(portGroup.name, [portGroup]);
  }
  const decisionOf = (portGroup: PortGroup): RuleDecision => {
    const decision = decisions.get(portGroup) ?? decide(portGroup);
    decisions.set(portGroup, decision);
    return decision;
  };
  const named = (name: string): readonly PortGroup[] => {
    const last = unescaped(name.slice(name.lastIndexOf('/') + 1));
    const found = byName.get(last) ?? [];
    if (!name.includes('/')) return found;
    const path = unescaped(name);
    const onPath = found.filter((each) => each.path.endsWith(`/${path.replace(/^\//, '')}`));
    return [...onPath, ...(byName.get(path) ?? [])];
  };
  return ({ id = '', name = '' }) => {
    const source = name === '' ? id : name;
    if (source === '') return err({ reason: 'SourceNotGiven', source });
    const [portGroup, ...others] = id === '' ? named(name) : [byId.get(id)].filter((each) => each !== undefined);
    if (!portGroup)
      return err({ reason: 'SourceMissing', source: id === '' || name === '' ? source : `${name} (${id})` });
    if (others.length > 0) return err({ reason: 'SourceAmbiguous', source });
    const decision = decisionOf(portGroup);
    return decision.ok
      ? ok({ portGroup, network: decision.value })
      : err({ ...decision.error, source: portGroup.label, portGroup });
  };
};
