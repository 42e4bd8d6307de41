import { useCallback, useEffect, useState } from 'react';
import { passesByItself } from '../../../domain/networks/inventory';
import type { InventoryFailure, InventorySnapshot } from '../../../domain/networks/inventory';
import type { Provider } from '../../../domain/objects';
import { useServices } from '../../ServicesContext';

/** What is known of a Provider's inventory. `waiting`: MTV is not through with it yet, or restarts; it is asked again by itself. */
export type Inventory =
  | { readonly state: 'loading' }
  | { readonly state: 'waiting'; readonly failure: InventoryFailure }
  | { readonly state: 'loaded'; readonly snapshot: InventorySnapshot }
  | { readonly state: 'failed'; readonly failure: InventoryFailure };

const askAgainAfter = 3000;

/** The inventory of one Provider, read once. `again` reads it again. */
export const useInventory = (provider: Provider): [inventory: Inventory, again: () => void] => {
  const { fetchInventory, cluster } = useServices();
  const { uid } = provider.metadata;
  const [attempt, setAttempt] = useState(0);
  const [answer, setAnswer] = useState<{ readonly of: string; readonly inventory: Inventory }>();
  const key = `${uid ?? ''} ${String(attempt)}`;

  useEffect(() => {
    let isCurrent = true;
    const show = (inventory: Inventory): void => {
      if (isCurrent) setAnswer({ of: key, inventory });
    };
    const read = async (): Promise<void> => {
      for (;;) {
        const read = await fetchInventory(uid ?? '');
        if (read.ok) {
          show({ state: 'loaded', snapshot: read.value });
          return;
        }
        if (!passesByItself(read.error)) {
          show({ state: 'failed', failure: read.error });
          return;
        }
        show({ state: 'waiting', failure: read.error });
        await cluster.pause(askAgainAfter);
        if (!isCurrent) return;
      }
    };
    void read();
    return () => {
      isCurrent = false;
    };
  }, [cluster, key, fetchInventory, uid]);

  const again = useCallback(() => {
    setAttempt((before) => before + 1);
  }, []);
  return [answer?.of === key ? answer.inventory : { state: 'loading' }, again];
};
