import type { Result } from '../result';
import { err, ok } from '../result';
import type { Translate } from '../translate';
import type { Trunk } from './trunk';
import { readTrunk } from './trunk';

/** How a network is tagged on the wire: one VLAN (1–4094), `undefined` for untagged, or a trunk. */
export type Vlan = number | Trunk | undefined;

/** What the inventory says about a port group's VLAN. Only `vlan` and `untagged` are certain; the rest must be asked about. */
export type VlanReading =
  | { readonly state: 'vlan'; readonly vlan: number }
  | { readonly state: 'untagged' }
  /** A distributed port group with "": untagged, private VLANs and NSX segments look the same (docs/facts/forklift.md §6). */
  | { readonly state: 'untagged-or-private' }
  /** Several VLANs, passed through with their tags; `ranges` as vSphere writes them, such as "10-20,30". */
  | { readonly state: 'trunk'; readonly ranges: string }
  /** Hosts with a standard port group of the same name on different VLANs (0 untagged, 4095 trunk). */
  | { readonly state: 'disagreeing'; readonly votes: readonly VlanVote[] }
  /** The inventory does not tell: an NSX network, an MTV older than 2.8, or no host that has the port group. */
  | { readonly state: 'unknown' };

/** A VLAN ID that some hosts give a standard port group: 0 is untagged, 4095 a trunk. */
export interface VlanVote {
  readonly vlanId: number;
  /** Names of the hosts that say so. */
  readonly hosts: readonly string[];
}

/** The user's answer where the inventory leaves a doubt. `text` is the VLAN field as typed. */
export interface VlanAnswer {
  /** `trunk` only where the inventory tells the VLANs of one. */
  readonly use?: 'vlan' | 'untagged' | 'trunk' | 'skip';
  readonly text?: string;
}

/** What is wrong with a typed VLAN. `VlanAll` is vSphere's 4095, `VlanZero` its 0. */
export type VlanProblem = 'VlanEmpty' | 'VlanNotNumber' | 'VlanZero' | 'VlanAll' | 'VlanOutOfRange';

const highestVlan = 4094;
const everyVlan = 4095;

/** Whether the reading leaves nothing to ask. */
export const isCertain = ({ state }: VlanReading): boolean => state === 'vlan' || state === 'untagged';

/** A distributed port group's `vlanId` (docs/facts/forklift.md §6); `undefined` where the inventory has no such field. */
export const readVlanId = (vlanId: string | undefined): VlanReading => {
  if (vlanId === undefined) return { state: 'unknown' };
  if (vlanId === '') return { state: 'untagged-or-private' };
  if (!/^\d+$/.test(vlanId))
    return { state: 'trunk', ranges: vlanId.replace(/\b(\d+)-\1\b/g, '$1').replace(/,\s*/g, ', ') };
  return readNumber(Number(vlanId));
};

/** A standard port group, by what each host says of it. */
export const readVotes = (votes: readonly VlanVote[]): VlanReading => {
  const [first, second] = votes;
  if (!first) return { state: 'unknown' };
  return second ? { state: 'disagreeing', votes } : readNumber(first.vlanId);
};

const readNumber = (vlanId: number): VlanReading => {
  if (vlanId === 0) return { state: 'untagged' };
  if (vlanId === everyVlan) return { state: 'trunk', ranges: '0-4094' };
  return vlanId <= highestVlan ? { state: 'vlan', vlan: vlanId } : { state: 'unknown' };
};

/** A VLAN as typed: 1–4094 and nothing else. */
export const checkVlan = (text: string): Result<number, VlanProblem> => {
  const trimmed = text.trim();
  if (trimmed === '') return err('VlanEmpty');
  if (!/^\d+$/.test(trimmed)) return err('VlanNotNumber');
  const vlan = Number(trimmed);
  if (vlan === 0) return err('VlanZero');
  if (vlan === everyVlan) return err('VlanAll');
  return vlan <= highestVlan ? ok(vlan) : err('VlanOutOfRange');
};

/** What is to be done with a port group: tag its network this way, leave it out, or ask first. */
export type VlanDecision =
  | { readonly state: 'decided'; readonly vlan: Vlan }
  | { readonly state: 'skipped' }
  | { readonly state: 'unanswered' }
  | { readonly state: 'invalid'; readonly problem: VlanProblem };

/** Puts reading and answer together. A certain reading needs no answer; everything else is never guessed. */
export const decideVlan = (reading: VlanReading, answer: VlanAnswer): VlanDecision => {
  if (reading.state === 'vlan') return { state: 'decided', vlan: reading.vlan };
  if (reading.state === 'untagged') return { state: 'decided', vlan: undefined };
  if (answer.use === undefined) return { state: 'unanswered' };
  switch (answer.use) {
    case 'skip':
      return { state: 'skipped' };
    case 'untagged':
      return { state: 'decided', vlan: undefined };
    case 'trunk': {
      const trunk = reading.state === 'trunk' ? readTrunk(reading.ranges) : undefined;
      return trunk ? { state: 'decided', vlan: trunk } : { state: 'unanswered' };
    }
    case 'vlan': {
      const checked = checkVlan(answer.text ?? '');
      return checked.ok ? { state: 'decided', vlan: checked.value } : { state: 'invalid', problem: checked.error };
    }
  }
};

/** A VLAN in words. */
export const vlanText = (t: Translate, vlan: Vlan): string => {
  if (vlan === undefined) return t('untagged');
  return typeof vlan === 'number'
    ? t('VLAN {{vlan}}', { vlan })
    : t('VLANs {{ranges}} with their tags', { ranges: vlan.trunk.replace(/,/g, ', ') });
};

/** The reading in a few words, for a table cell. */
export const readingText = (t: Translate, reading: VlanReading): string => {
  switch (reading.state) {
    case 'vlan':
      return vlanText(t, reading.vlan);
    case 'untagged':
      return vlanText(t, undefined);
    case 'untagged-or-private':
      return t('Untagged, private VLAN or NSX segment');
    case 'trunk':
      return t('Trunk: VLANs {{ranges}}', { ranges: reading.ranges });
    case 'disagreeing':
      return t('Hosts disagree');
    case 'unknown':
      return t('Unknown');
  }
};

/** What must be asked, and why; empty when nothing is in doubt. */
export const questionText = (t: Translate, reading: VlanReading): string => {
  switch (reading.state) {
    case 'vlan':
    case 'untagged':
      return '';
    case 'untagged-or-private':
      return t(
        'The inventory shows untagged port groups, private VLANs and NSX segments in the same way. Choose the VLAN. An NSX segment has none: choose the VLAN for its virtual machines.',
      );
    case 'trunk':
      return t(
        'A trunk carries several VLANs. Choose the one that the VMs need, or pass on all of them with their tags.',
      );
    case 'disagreeing':
      return t('The ESXi hosts have different VLANs for this port group: {{votes}}. Choose the right one.', {
        votes: reading.votes.map((vote) => voteText(t, vote)).join('; '),
      });
    case 'unknown':
      return t(
        'The inventory does not show the VLAN of this port group. It may be an NSX segment, which has no VLAN. Choose the VLAN for its virtual machines.',
      );
  }
};

/** An answer, as it stands in a list of them. */
export const answerText = (t: Translate, use: NonNullable<VlanAnswer['use']>): string => {
  switch (use) {
    case 'vlan':
      return t('One VLAN');
    case 'untagged':
      return t('Untagged');
    case 'trunk':
      return t('All of its VLANs, with their tags');
    case 'skip':
      return t('Skip this port group');
  }
};

/** Which hosts say which VLAN, in a few words. */
export const voteText = (t: Translate, { vlanId, hosts }: VlanVote): string =>
  t('{{vlan}} on {{hosts}}', {
    vlan: vlanId === everyVlan ? t('every VLAN (4095)') : vlanText(t, vlanId === 0 ? undefined : vlanId),
    hosts: hosts.join(', '),
  });

/** What is wrong with a typed VLAN, and what would be right. */
export const vlanProblemText = (t: Translate, problem: VlanProblem): string => {
  switch (problem) {
    case 'VlanEmpty':
      return t('Enter a VLAN from 1 to 4094.');
    case 'VlanNotNumber':
      return t('A VLAN is a number from 1 to 4094.');
    case 'VlanZero':
      return t('In vSphere, 0 means no tag. Choose "Untagged" instead.');
    case 'VlanAll':
      return t('In vSphere, 4095 means every VLAN. A network has one VLAN, from 1 to 4094.');
    case 'VlanOutOfRange':
      return t('VLANs go from 1 to 4094.');
  }
};
