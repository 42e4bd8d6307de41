import type { NameProblem } from '../names';
import { checkName } from '../names';
import type { NetworkPerNic } from './mtv-version';
import type { NodeNetworks } from './node-networks';
import type { NetworksWish, WantedPortGroup } from './arrange-nads';
import type { PortGroup } from './port-groups';
import type { SourceSwitch } from './switches';
import { isIsolated, switchesOf } from './switches';
import type { VlanAnswer, VlanProblem } from './vlan';
import { decideVlan, isCertain } from './vlan';
import type { TagProblem, SwitchAttachment, AttachmentDraft, AttachmentProblem } from './attachment';
import { emptyAttachment, readAttachment, tagOn } from './attachment';

/** What the user decided about one port group. Nothing decided means: used ones are taken. */
export interface PortGroupChoice {
  readonly selected?: boolean;
  readonly answer?: VlanAnswer;
  /** A name for its network instead of the one made from port group and VLAN. */
  readonly name?: string;
}

/** What is typed and chosen in the Networks step. */
export interface NetworksDraft {
  /** By switch. */
  readonly attachments: Readonly<Record<string, AttachmentDraft>>;
  /** By moRef. */
  readonly choices: Readonly<Record<string, PortGroupChoice>>;
}

/** Nothing is answered for any switch, and nothing chosen for any port group. */
export const emptyNetworksDraft: NetworksDraft = { attachments: {}, choices: {} };

/** What is answered for a switch. */
export const attachmentDraftOf = ({ attachments }: NetworksDraft, source: SourceSwitch): AttachmentDraft =>
  attachments[source.id] ?? emptyAttachment(source);

/** The draft with what is proposed for switches, by their ids, where nothing is answered. */
export const withProposals = (
  draft: NetworksDraft,
  proposals: ReadonlyMap<string, { readonly attachment: AttachmentDraft }>,
): NetworksDraft => ({
  ...draft,
  attachments: {
    ...Object.fromEntries([...proposals].map(([source, { attachment }]) => [source, attachment])),
    ...draft.attachments,
  },
});

/** Whether a port group gets a network: `ask` when it should but its VLAN is in doubt and no answer was given. */
export type Selection = 'in' | 'out' | 'ask';

/** Port groups that VMs use are in unless the user says otherwise; those in doubt are asked about, never guessed. */
export const selectionOf = ({ vms, reading }: PortGroup, { selected, answer }: PortGroupChoice = {}): Selection => {
  if (!(selected ?? (vms > 0 || answer?.use !== undefined))) return 'out';
  if (isCertain(reading)) return 'in';
  if (answer?.use === 'skip') return 'out';
  return answer?.use === undefined ? 'ask' : 'in';
};

/** The switches of everything that is chosen, whether or not they are then left out: each is asked about. */
export const switchesToAttach = (
  { choices }: NetworksDraft,
  portGroups: readonly PortGroup[],
): readonly SourceSwitch[] => switchesOf(portGroups.filter((each) => selectionOf(each, choices[each.id]) !== 'out'));

/** Whether the user left a port group's switch out, with all that is on it. */
export const isLeftOut = (draft: NetworksDraft, portGroup: PortGroup): boolean =>
  attachmentDraftOf(draft, portGroup.switch).kind === 'none';

/** What stands between the draft and creating networks, each with the place where it is to be mended. */
export type NetworksProblem =
  | { readonly field: 'attachment'; readonly source: string; readonly problem: AttachmentProblem }
  | { readonly field: 'project'; readonly code: NameProblem }
  | { readonly field: 'vlan'; readonly portGroup: string; readonly code: VlanProblem | 'Unanswered' }
  | {
      readonly field: 'tag';
      readonly portGroup: string;
      readonly code: TagProblem;
      readonly attached: SwitchAttachment;
    }
  | { readonly field: 'name'; readonly portGroup: string; readonly code: NameProblem }
  | { readonly field: 'port-groups'; readonly code: 'NothingChosen' };

/** What the cluster says that the draft is read by; each is absent while it is not known. */
export interface NetworksWorld {
  readonly nodes?: NodeNetworks;
  readonly networkPerNic?: NetworkPerNic;
}

/** Everything that is wrong or unanswered; empty when networks can be created. */
export const checkNetworksDraft = (
  draft: NetworksDraft,
  project: string,
  portGroups: readonly PortGroup[],
  { nodes }: NetworksWorld = {},
): readonly NetworksProblem[] => {
  const problems: NetworksProblem[] = [];
  const projectProblem = checkName(project);
  if (projectProblem) problems.push({ field: 'project', code: projectProblem });
  const attachments = readAttachments(draft, portGroups, nodes);
  for (const [source, attached] of attachments) {
    if (!attached.ok)
      problems.push(...attached.error.map((problem) => ({ field: 'attachment', source, problem }) as const));
  }
  let chosen = 0;
  for (const portGroup of portGroups) {
    const choice = draft.choices[portGroup.id] ?? {};
    const selection = selectionOf(portGroup, choice);
    const attached = attachments.get(portGroup.switch.id);
    if (selection === 'out' || (attached?.ok && attached.value === 'none')) continue;
    chosen += 1;
    const { id } = portGroup;
    const decision = decideVlan(portGroup.reading, choice.answer ?? {});
    if (selection === 'ask') problems.push({ field: 'vlan', portGroup: id, code: 'Unanswered' });
    else if (decision.state === 'invalid') problems.push({ field: 'vlan', portGroup: id, code: decision.problem });
    else if (decision.state === 'decided' && attached?.ok && attached.value !== 'none') {
      const tag = tagOn(attached.value, decision.vlan);
      if (!tag.ok) problems.push({ field: 'tag', portGroup: id, code: tag.error, attached: attached.value });
    }
    const nameProblem = choice.name === undefined ? undefined : checkName(choice.name);
    if (nameProblem) problems.push({ field: 'name', portGroup: id, code: nameProblem });
  }
  if (chosen === 0) problems.push({ field: 'port-groups', code: 'NothingChosen' });
  return problems;
};

const readAttachments = (draft: NetworksDraft, portGroups: readonly PortGroup[], nodes: NodeNetworks | undefined) =>
  new Map(
    switchesToAttach(draft, portGroups).map((source) => [
      source.id,
      readAttachment(attachmentDraftOf(draft, source), nodes),
    ]),
  );

/** Whether the switches have to be told apart on the page: a single one that reaches a wire needs no name. */
export const isSwitchAsked = (switches: readonly SourceSwitch[]): boolean =>
  switches.length > 1 || switches.some(isIsolated);

/** The draft as data for the planner: the port groups that are in, whose switch is attached and whose VLAN is decided. */
export const wishOf = (
  draft: NetworksDraft,
  project: string,
  provider: string,
  portGroups: readonly PortGroup[],
  { nodes, networkPerNic = 'unknown' }: NetworksWorld = {},
): NetworksWish => {
  const attachments = readAttachments(draft, portGroups, nodes);
  const wantedOf = (portGroup: PortGroup): readonly WantedPortGroup[] => {
    const choice = draft.choices[portGroup.id] ?? {};
    const attached = attachments.get(portGroup.switch.id);
    if (selectionOf(portGroup, choice) !== 'in' || !attached?.ok || attached.value === 'none') return [];
    const decision = decideVlan(portGroup.reading, choice.answer ?? {});
    if (decision.state !== 'decided') return [];
    const tag = tagOn(attached.value, decision.vlan);
    if (!tag.ok) return [];
    const { attachment, mtu, anyMac } = attached.value;
    return [
      {
        id: portGroup.id,
        name: portGroup.name,
        vlan: decision.vlan,
        network: { attachment, tag: tag.value, mtu, anyMac },
        copies: networkPerNic === 'not-needed' ? 1 : Math.max(1, portGroup.nicsPerVm),
        ...(choice.name !== undefined && { chosenName: choice.name }),
      },
    ];
  };
  return { project, provider, portGroups: portGroups.flatMap(wantedOf) };
};
