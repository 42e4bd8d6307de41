import type { Result } from '../result';
import { err, ok } from '../result';
import type { Translate } from '../translate';
import type { VlanProblem } from './vlan';
import { checkVlan, vlanProblemText } from './vlan';

/** Which port groups a rule is for, by their VLAN. Ranges have first and last VLAN. `any`: whatever it is. */
export type VlanMatch =
  | { readonly state: 'any' }
  | { readonly state: 'untagged' }
  | { readonly state: 'vlans'; readonly ranges: readonly (readonly [first: number, last: number])[] };

/** What is wrong with the text of a rule's VLANs, by the part that is. */
export type VlanMatchProblem =
  { readonly code: 'Reversed'; readonly part: string } | { readonly code: VlanProblem; readonly part: string };

/** Reads `100-199,300`, `untagged`, or nothing for every VLAN; or everything that is wrong with it. */
export const readVlanMatch = (text: string): Result<VlanMatch, readonly VlanMatchProblem[]> => {
  const whole = text.trim();
  if (whole === '') return ok({ state: 'any' });
  if (whole === 'untagged') return ok({ state: 'untagged' });
  const ranges: (readonly [number, number])[] = [];
  const problems: VlanMatchProblem[] = [];
  for (const part of whole.split(',').map((each) => each.trim())) {
    const [, first = part, last = first] = /^([^-]+)-([^-]+)$/.exec(part) ?? [];
    const [from, to] = [checkVlan(first), checkVlan(last)];
    if (!from.ok) problems.push({ code: from.error, part });
    else if (!to.ok) problems.push({ code: to.error, part });
    else if (from.value > to.value) problems.push({ code: 'Reversed', part });
    else ranges.push([from.value, to.value]);
  }
  return problems.length > 0 ? err(problems) : ok({ state: 'vlans', ranges });
};

/** What is wrong, and what would be right. */
export const vlanMatchProblemText = (t: Translate, { code, part }: VlanMatchProblem): string => {
  switch (code) {
    case 'Reversed':
      return t('In "{{part}}" the higher VLAN comes first. Write the lower one first.', { part });
    case 'VlanEmpty':
    case 'VlanNotNumber':
      return t('"{{part}}" is no VLAN and no range of VLANs. Write VLANs such as 100-199,300, or untagged.', { part });
    case 'VlanZero':
      return t('"{{part}}" has VLAN 0, which means no tag in vSphere. Write untagged.', { part });
    case 'VlanAll':
    case 'VlanOutOfRange':
      return t('"{{part}}" is out of range. {{problem}}', { part, problem: vlanProblemText(t, 'VlanOutOfRange') });
  }
};

/** Whether a VLAN is among them; `undefined`: without a tag. */
export const matchesVlan = (match: VlanMatch, vlan: number | undefined): boolean => {
  switch (match.state) {
    case 'any':
      return true;
    case 'untagged':
      return vlan === undefined;
    case 'vlans':
      return vlan !== undefined && match.ranges.some(([first, last]) => first <= vlan && vlan <= last);
  }
};

const all = [1, 4094] as const;

/** Whether nothing that `match` stands for is left when the others have taken theirs. */
export const isTaken = (match: VlanMatch, others: readonly VlanMatch[]): boolean => {
  if (others.some(({ state }) => state === 'any')) return true;
  const isUntaggedTaken = others.some(({ state }) => state === 'untagged');
  const ranges = others.flatMap((other) => (other.state === 'vlans' ? other.ranges : [])).sort(([a], [b]) => a - b);
  const areTaken = (wanted: readonly (readonly [number, number])[]): boolean =>
    wanted.every(([first, last]) => {
      let next = first;
      for (const [from, to] of ranges) if (from <= next && to >= next) next = to + 1;
      return next > last;
    });
  switch (match.state) {
    case 'any':
      return isUntaggedTaken && areTaken([all]);
    case 'untagged':
      return isUntaggedTaken;
    case 'vlans':
      return areTaken(match.ranges);
  }
};
