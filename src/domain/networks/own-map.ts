import type { MigrationPlan, NetworkMap } from '../migration-objects';
import { isOurs } from '../ownership';
import { keyOfObject, keyOfRef, mapOfPlan } from './from-plans/named';

/**
 * Whether we made this map. MTV's wizard copies the map that is chosen, with its labels, and lets the plan own the copy
 * (docs/facts/forklift.md §7): what a plan owns is not ours.
 */
export const isOwnMap = (map: NetworkMap): boolean => isOurs(map) && (map.metadata.ownerReferences ?? []).length === 0;

/** Our maps, each with a plan that uses it as it is: `undefined` where none does. */
export const ownMapsIn = (
  maps: readonly NetworkMap[],
  plans: readonly MigrationPlan[],
): readonly { readonly object: NetworkMap; readonly usedBy: string | undefined }[] => {
  const users = new Map(plans.map((plan) => [keyOfRef(mapOfPlan(plan) ?? {}), `Plan ${keyOfObject(plan)}`] as const));
  return maps.filter(isOwnMap).map((object) => ({ object, usedBy: users.get(keyOfObject(object)) }));
};
