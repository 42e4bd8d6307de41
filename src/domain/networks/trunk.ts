import { rangesOf, rangesText } from './vlan-ranges';
import type { VlanRanges } from './vlan-ranges';

/** Several VLANs that keep their tags on the way to the guest: ranges from 1 to 4094 in order, such as "10-20,30". */
export interface Trunk {
  readonly trunk: string;
}

/** The ranges in such a text ("0-4094", "10-20, 30"); what is no range is left out. */
export const readRangesText = (ranges: string): VlanRanges =>
  rangesOf(
    ranges.split(',').flatMap((range) => {
      const [, first = '', last = first] = /^\s*(\d+)(?:-(\d+))?\s*$/.exec(range) ?? [];
      return first === '' ? [] : [[Number(first), Number(last)] as const];
    }),
  );

/** A trunk's ranges as one `Trunk`; `undefined` where nothing from 1 to 4094 is in them. */
export const readTrunk = (ranges: string): Trunk | undefined => trunkOf(readRangesText(ranges));

/** The same from first and last VLANs. */
export const trunkOf = (ranges: readonly (readonly [first: number, last: number])[]): Trunk | undefined => {
  const text = rangesText(rangesOf(ranges)).replaceAll(' ', '');
  return text === '' ? undefined : { trunk: text };
};
