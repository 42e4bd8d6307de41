import type { ReadInventory } from '../cluster/node-inventory';
import type { InventoryFailure } from '../domain/networks/inventory';
import type { SourceNetworks } from '../domain/networks/from-plans/source-networks';
import { sourceNetworksOf } from '../domain/networks/from-plans/source-networks';
import type { NetworkRule } from '../domain/networks/rules';
import type { Result } from '../domain/result';
import { err, ok } from '../domain/result';
import type { Clock } from './clock';

/** After a failure it is asked again after so many milliseconds, and not by each of a thousand plans. */
const failureAge = 5000;

/** What the inventories of Providers come to by the rules. */
export interface Inventories {
  /** Makes sure that what is known of a Provider is not older than so many milliseconds: asks once for all who want to know at the same time. */
  readonly refresh: (uid: string, age: number) => Promise<void>;
  /** What is known; `Loading` where nobody has asked yet. */
  readonly known: (uid: string) => Result<SourceNetworks, InventoryFailure>;
  /** The Provider is gone. */
  readonly forget: (uid: string) => void;
}

interface Kept {
  sources: Result<SourceNetworks, InventoryFailure>;
  /** When the answer came; `asking` while it is on its way. */
  at: number | 'asking';
  asked: Promise<void>;
}

/** Keeps of each inventory what the rules make of it, until it is old. While it is asked anew, the last answer counts. */
export const inventories = (
  read: ReadInventory,
  rules: readonly NetworkRule[],
  { now }: Pick<Clock, 'now'>,
): Inventories => {
  const kept = new Map<string, Kept>();
  const ask = async (uid: string, entry: Kept): Promise<void> => {
    const answer = await read(uid);
    entry.sources = answer.ok ? ok(sourceNetworksOf(answer.value, rules, undefined)) : answer;
    entry.at = now();
  };
  return {
    refresh: (uid, age) => {
      const entry = kept.get(uid) ?? { sources: err({ code: 'Loading' }), at: -Infinity, asked: Promise.resolve() };
      kept.set(uid, entry);
      if (entry.at !== 'asking' && now() - entry.at >= (entry.sources.ok ? age : Math.min(age, failureAge))) {
        entry.at = 'asking';
        // A fault, as at an inventory that is not as MTV writes it, is no answer: the next who wants to know asks again.
        entry.asked = ask(uid, entry).finally(() => {
          if (entry.at === 'asking') entry.at = -Infinity;
        });
      }
      return entry.asked;
    },
    known: (uid) => kept.get(uid)?.sources ?? err({ code: 'Loading' }),
    forget: (uid) => kept.delete(uid),
  };
};
