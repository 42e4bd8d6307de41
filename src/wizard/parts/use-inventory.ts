import { useCallback, useEffect, useState } from 'react';
import { passesByItself } from '../../domain/networks/inventory';
import type { InventoryFailure } from '../../domain/networks/inventory';
import type { Provider } from '../../domain/objects';
import { found, open, patience, poll } from '../../domain/patience';
import type { Result } from '../../domain/result';
import { useServices } from '../ServicesContext';

/** What is known of a Provider's inventory. `waiting`: MTV is not through with it yet, or restarts; it is asked again by itself. */
export type Inventory<T> =
  | { readonly state: 'loading' }
  | { readonly state: 'waiting'; readonly failure: InventoryFailure }
  | { readonly state: 'loaded'; readonly snapshot: T }
  | { readonly state: 'failed'; readonly failure: InventoryFailure };

/** What `fetch` reads of the inventory of one Provider, once. `again` reads it again. `fetch` is always the same function. */
export const useInventory = <T>(
  provider: Provider,
  fetch: (uid: string) => Promise<Result<T, InventoryFailure>>,
): [inventory: Inventory<T>, again: () => void] => {
  const { cluster } = useServices();
  const { uid } = provider.metadata;
  const [attempt, setAttempt] = useState(0);
  const [answer, setAnswer] = useState<{ readonly of: string; readonly inventory: Inventory<T> }>();
  const key = `${uid ?? ''} ${String(attempt)}`;

  useEffect(() => {
    let isCurrent = true;
    const ask = async () => {
      const inventory = inventoryOf(await fetch(uid ?? ''));
      if (isCurrent) setAnswer({ of: key, inventory });
      return inventory.state === 'waiting' ? open : found(undefined);
    };
    void poll(cluster, patience.inventory, () => (isCurrent ? ask() : Promise.resolve(found(undefined))));
    return () => {
      isCurrent = false;
    };
  }, [cluster, key, fetch, uid]);

  const again = useCallback(() => {
    setAttempt((before) => before + 1);
  }, []);
  return [answer?.of === key ? answer.inventory : { state: 'loading' }, again];
};

const inventoryOf = <T>(read: Result<T, InventoryFailure>): Inventory<T> => {
  if (read.ok) return { state: 'loaded', snapshot: read.value };
  return { state: passesByItself(read.error) ? 'waiting' : 'failed', failure: read.error };
};
