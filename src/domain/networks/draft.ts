import type { NameProblem } from '../names';
import { checkName } from '../names';
import type { Attachment } from './nad';
import type { NetworksWish, WantedPortGroup } from './plan-nads';
import type { PortGroup } from './port-groups';
import type { VlanAnswer, VlanProblem } from './vlan';
import { decideVlan, isCertain } from './vlan';

/** What the user decided about one port group. Nothing decided means: used ones are taken. */
export interface PortGroupChoice {
  readonly selected?: boolean;
  readonly answer?: VlanAnswer;
  /** A name for its network instead of the one made from port group and VLAN. */
  readonly name?: string;
}

/** What is typed and chosen in the Networks step. */
export interface NetworksDraft {
  readonly kind: Attachment['kind'];
  readonly bridge: string;
  readonly mapping: string;
  /** By moRef. */
  readonly choices: Readonly<Record<string, PortGroupChoice>>;
}

export const emptyNetworksDraft: NetworksDraft = { kind: 'linux-bridge', bridge: '', mapping: '', choices: {} };

/** Whether a port group gets a network: `ask` when it should but its VLAN is in doubt and no answer was given. */
export type Selection = 'in' | 'out' | 'ask';

/** Port groups that VMs use are in unless the user says otherwise; those in doubt are asked about, never guessed. */
export const selectionOf = ({ vms, reading }: PortGroup, { selected, answer }: PortGroupChoice = {}): Selection => {
  if (!(selected ?? (vms > 0 || answer?.use !== undefined))) return 'out';
  if (isCertain(reading)) return 'in';
  if (answer?.use === 'skip') return 'out';
  return answer?.use === undefined ? 'ask' : 'in';
};

export type BridgeProblem = 'BridgeEmpty' | 'BridgeTooLong' | 'BridgeSyntax' | 'BridgeOfOvn';
export type MappingProblem = 'MappingEmpty' | 'MappingSyntax';

/** What stands between the draft and creating networks, each with the place where it is to be mended. */
export type NetworksProblem =
  | { readonly field: 'bridge'; readonly code: BridgeProblem }
  | { readonly field: 'mapping'; readonly code: MappingProblem }
  | { readonly field: 'project'; readonly code: NameProblem }
  | { readonly field: 'vlan'; readonly portGroup: string; readonly code: VlanProblem | 'Unanswered' }
  | { readonly field: 'name'; readonly portGroup: string; readonly code: NameProblem }
  | { readonly field: 'port-groups'; readonly code: 'NothingChosen' };

/** A Linux interface name (15 characters), as part of the resource name that the bridge plugin offers on nodes. */
export const checkBridge = (bridge: string): BridgeProblem | undefined => {
  if (bridge === '') return 'BridgeEmpty';
  if (bridge.length > 15) return 'BridgeTooLong';
  if (!/^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/.test(bridge)) return 'BridgeSyntax';
  return /^br-(ex|int)$/.test(bridge) ? 'BridgeOfOvn' : undefined;
};

/** OVN writes mappings as "mapping:bridge,mapping:bridge". */
export const checkMapping = (mapping: string): MappingProblem | undefined => {
  if (mapping === '') return 'MappingEmpty';
  return /^[^\s:,/]{1,63}$/.test(mapping) ? undefined : 'MappingSyntax';
};

/** Everything that is wrong or unanswered; empty when networks can be created. */
export const checkNetworksDraft = (
  draft: NetworksDraft,
  project: string,
  portGroups: readonly PortGroup[],
): readonly NetworksProblem[] => {
  const problems: NetworksProblem[] = [];
  const wire = checkWire(draft);
  if (wire) problems.push(wire);
  const projectProblem = checkName(project);
  if (projectProblem) problems.push({ field: 'project', code: projectProblem });
  let chosen = 0;
  for (const portGroup of portGroups) {
    const choice = draft.choices[portGroup.id] ?? {};
    const selection = selectionOf(portGroup, choice);
    if (selection === 'out') continue;
    chosen += 1;
    const { id } = portGroup;
    const decision = decideVlan(portGroup.reading, choice.answer ?? {});
    if (selection === 'ask') problems.push({ field: 'vlan', portGroup: id, code: 'Unanswered' });
    else if (decision.state === 'invalid') problems.push({ field: 'vlan', portGroup: id, code: decision.problem });
    const nameProblem = choice.name === undefined ? undefined : checkName(choice.name);
    if (nameProblem) problems.push({ field: 'name', portGroup: id, code: nameProblem });
  }
  if (chosen === 0) problems.push({ field: 'port-groups', code: 'NothingChosen' });
  return problems;
};

const checkWire = ({ kind, bridge, mapping }: NetworksDraft): NetworksProblem | undefined => {
  if (kind === 'linux-bridge') {
    const code = checkBridge(bridge);
    return code && { field: 'bridge', code };
  }
  const code = checkMapping(mapping);
  return code && { field: 'mapping', code };
};

/** The draft as data for the planner: the port groups that are in and whose VLAN is decided. */
export const wishOf = (
  draft: NetworksDraft,
  project: string,
  provider: string,
  portGroups: readonly PortGroup[],
): NetworksWish => ({
  project,
  provider,
  attachment:
    draft.kind === 'linux-bridge'
      ? { kind: 'linux-bridge', bridge: draft.bridge }
      : { kind: 'localnet', mapping: draft.mapping },
  portGroups: portGroups.flatMap((portGroup) => wantedOf(portGroup, draft.choices[portGroup.id] ?? {})),
});

const wantedOf = (portGroup: PortGroup, choice: PortGroupChoice): readonly WantedPortGroup[] => {
  if (selectionOf(portGroup, choice) !== 'in') return [];
  const decision = decideVlan(portGroup.reading, choice.answer ?? {});
  if (decision.state !== 'decided') return [];
  const { id, name, nicsPerVm } = portGroup;
  return [{ id, name, nicsPerVm, vlan: decision.vlan, ...(choice.name !== undefined && { chosenName: choice.name }) }];
};
