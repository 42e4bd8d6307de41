import type { Result } from '../result';
import { err, ok } from '../result';
import type { Text } from '../translate';
import type { AttachmentDraft } from './attachment';
import { readAttachment, tagOn } from './attachment';
import { attachmentProblemText } from './draft-text';
import { coversGlob, isEverything, matchesGlob } from './glob';
import type { NodeNetworks } from './node-networks';
import type { PortGroup } from './port-groups';
import type { Network } from './network';
import { isIsolated } from './switches';
import type { VlanVote } from './vlan';
import type { VlanMatch } from './vlan-match';
import { isTaken, matchesVlan, readVlanMatch, vlanMatchProblemText } from './vlan-match';

/** What some port groups come to on the nodes, as values and wishes files have it; an empty text and 0 mean not given. */
export interface NetworkRule {
  /** Pattern for the name of the switch. Empty: every switch. */
  readonly switch: string;
  /** Pattern for the name of the port group. Empty: every port group. */
  readonly portGroup: string;
  /** Such as `100-199,300`, or `untagged`. Empty: whatever it is. YAML makes a number of a single VLAN. */
  readonly vlan: string | number;
  /** Linux bridge of the nodes. Exactly one of `bridge` and `mapping` is given. */
  readonly bridge: string;
  /** Bridge mapping of an OVN localnet. */
  readonly mapping: string;
  /** In bytes. 0: the usual one. */
  readonly mtu: number;
  /** Whether VMs may send from their own MAC address only. Bridges only. */
  readonly macspoofchk: boolean;
}

/** What is declared about the networks of migration plans. */
export interface NetworksPolicy {
  /** The first one that matches counts. */
  readonly rules: readonly NetworkRule[];
  /** Where networks may be created; empty: in every project. */
  readonly namespaces: readonly string[];
  /** Projects that may be created when a network needs them. */
  readonly createNamespaces: readonly string[];
  /** Whether networks that nothing names any more are removed. */
  readonly removeUnused: boolean;
}

/** One contradiction in what is declared: where it is, below `prepare`, such as `networks.rules[2].vlan`, and what would be right. */
export interface NetworksContradiction {
  readonly path: string;
  readonly text: Text;
}

/** A rule with its texts read. */
interface ReadRule {
  readonly rule: NetworkRule;
  readonly vlan: VlanMatch;
}

/** What no schema can say about a policy; empty when nothing is wrong with it. */
export const checkNetworksPolicy = ({ rules, ...rest }: NetworksPolicy): readonly NetworksContradiction[] => {
  const vlans = rules.map(({ vlan }) => readVlanMatch(String(vlan)));
  const read = rules.map((rule, at): ReadRule | undefined => {
    const vlan = vlans[at];
    return vlan?.ok ? { rule, vlan: vlan.value } : undefined;
  });
  return [
    ...rules.flatMap((rule, at) => checkRule(rule, pathOf(at))),
    ...read.flatMap((each, at) => (each ? checkReached(each, read.slice(0, at), pathOf(at)) : [])),
    ...checkProjects(rest),
  ];
};

const pathOf = (at: number): string => `networks.rules[${String(at)}]`;

const checkRule = (rule: NetworkRule, path: string): readonly NetworksContradiction[] => {
  const problems: NetworksContradiction[] = [];
  const vlan = readVlanMatch(String(rule.vlan));
  if (!vlan.ok) {
    for (const problem of vlan.error)
      problems.push({ path: `${path}.vlan`, text: (t) => vlanMatchProblemText(t, problem) });
  }
  if (rule.bridge !== '' && rule.mapping !== '')
    problems.push({ path, text: (t) => t('Give either a bridge or a mapping, not both.') });
  const attached = readAttachment(attachmentOf(rule), undefined);
  if (!attached.ok) {
    for (const problem of attached.error)
      problems.push({ path: `${path}.${problem.field}`, text: (t) => attachmentProblemText(t, problem) });
  }
  return problems;
};

/** The rule as it would be answered in the Networks step. */
const attachmentOf = ({ bridge, mapping, mtu, macspoofchk }: NetworkRule): AttachmentDraft => ({
  kind: mapping === '' ? 'linux-bridge' : 'localnet',
  bridge,
  mapping,
  inVlan: '',
  mtu: mtu === 0 ? '' : String(mtu),
  anyMac: !macspoofchk,
});

/** Only what single patterns show: a rule that several patterns leave nothing to together is not found. */
const checkReached = (
  { rule, vlan }: ReadRule,
  earlier: readonly (ReadRule | undefined)[],
  path: string,
): readonly NetworksContradiction[] => {
  const covering = earlier.flatMap((each, at) =>
    each && coversGlob(each.rule.switch, rule.switch) && coversGlob(each.rule.portGroup, rule.portGroup)
      ? [{ at, vlan: each.vlan }]
      : [],
  );
  const single = covering.find((each) => isTaken(vlan, [each.vlan]));
  if (
    !single &&
    !isTaken(
      vlan,
      covering.map((each) => each.vlan),
    )
  )
    return [];
  const rules = (single ? [single] : covering).map(({ at }) => `rules[${String(at)}]`).join(', ');
  return [
    {
      path,
      text: (t) =>
        t('It never matches, because {{rules}} before it match all that it matches. Move it up, or remove it.', {
          rules,
        }),
    },
  ];
};

/** A project to be created in which nothing may be created is of no use. */
const checkProjects = ({
  namespaces,
  createNamespaces,
}: Omit<NetworksPolicy, 'rules'>): readonly NetworksContradiction[] =>
  createNamespaces.flatMap((name, at) =>
    namespaces.length === 0 || namespaces.includes(name)
      ? []
      : [
          {
            path: `networks.createNamespaces[${String(at)}]`,
            text: (t) =>
              t(
                '{{name}} is not in prepare.networks.namespaces, so no network may be created there. Add it there too.',
                { name },
              ),
          },
        ],
  );

/** Why no rule says which network a port group comes to. */
export type RuleTrouble =
  | { readonly reason: 'VlanTrunk'; readonly ranges: string }
  | { readonly reason: 'VlanDisagreeing'; readonly votes: readonly VlanVote[] }
  | { readonly reason: 'VlanUnknown' | 'VlanUntaggedOrPrivate' | 'NoRule' | 'SwitchUnknown' | 'SwitchIsolated' }
  /** The nodes have the bridge or mapping in different VLANs, or in another one than that of the port group. */
  | { readonly reason: 'NodesDiffer' | 'OtherVlan'; readonly on: string };

/** What the rules make of a port group. */
export type RuleDecision = Result<Network, RuleTrouble>;

/**
 * The rules, ready to be asked. `nodes`: what NodeNetworkStates say of the bridges and mappings that are named, where they can be
 * read; without them, bridges and mappings count as passing tags on.
 *
 * Nothing is guessed. A port group that may be untagged or in a private VLAN counts as untagged if the first rule that its names
 * match says `untagged` and has a pattern for port groups that leaves some out: somebody named it and said so. A switch without
 * uplink needs a rule that names switches, and a switch that the inventory does not tell matches no pattern for switches.
 */
export const applyRules = (
  rules: readonly NetworkRule[],
  nodes: NodeNetworks | undefined,
): ((portGroup: PortGroup) => RuleDecision) => {
  const read = rules.flatMap((rule) => {
    const vlan = readVlanMatch(String(rule.vlan));
    return vlan.ok ? [{ rule, vlan: vlan.value, attached: readAttachment(attachmentOf(rule), nodes) }] : [];
  });
  return ({ name, reading, switch: source }) => {
    if (reading.state === 'trunk') return err({ reason: 'VlanTrunk', ranges: reading.ranges });
    if (reading.state === 'disagreeing') return err({ reason: 'VlanDisagreeing', votes: reading.votes });
    if (reading.state === 'unknown') return err({ reason: 'VlanUnknown' });
    const isInDoubt = reading.state === 'untagged-or-private';
    const vlan = reading.state === 'vlan' ? reading.vlan : undefined;
    for (const { rule, vlan: match, attached } of read) {
      if (!matchesGlob(rule.portGroup, name) || !matchesVlan(match, vlan)) continue;
      const namesSwitch = !isEverything(rule.switch);
      if (namesSwitch && source.kind === 'unknown') return err({ reason: 'SwitchUnknown' });
      if (namesSwitch && !matchesGlob(rule.switch, source.name)) continue;
      const isDeclared = match.state === 'untagged' && !isEverything(rule.portGroup);
      if (isInDoubt && !isDeclared) return err({ reason: 'VlanUntaggedOrPrivate' });
      if (isIsolated(source) && !namesSwitch) return err({ reason: 'SwitchIsolated' });
      const on = rule.mapping === '' ? rule.bridge : rule.mapping;
      if (!attached.ok || attached.value === 'none') return err({ reason: 'NodesDiffer', on });
      const tag = tagOn(attached.value, vlan);
      if (!tag.ok) return err({ reason: 'OtherVlan', on });
      const { attachment, mtu, anyMac } = attached.value;
      return ok({ attachment, tag: tag.value, mtu, anyMac });
    }
    return err({ reason: isInDoubt ? 'VlanUntaggedOrPrivate' : 'NoRule' });
  };
};
