import { useMemo, useSyncExternalStore } from 'react';
import type { Many, One } from '../domain/cluster';
import type { KindId, ObjectOf } from '../domain/kinds';
import type { Readable } from '../domain/store';
import type { Watched } from '../domain/watched';
import type { UseWatch } from '../cluster/services';

/** What a query sees at this moment. */
type Look = <K extends KindId>(query: One<K> | Many<K> | undefined) => Watched<ObjectOf[K]>;

/** The hook of a watch: the same value as long as nothing changed in it, as the console's is. */
export const watching =
  ({ subscribe }: Pick<Readable<unknown>, 'subscribe'>, look: Look): UseWatch =>
  <K extends KindId>(query: One<K> | Many<K> | undefined): Watched<ObjectOf[K]> => {
    const cached = useMemo((): { watched: Watched<ObjectOf[K]> } => ({ watched: { state: 'loading' } }), []);
    const key = query ? JSON.stringify(query) : '';
    const read = useMemo(
      () => (): Watched<ObjectOf[K]> => {
        const next = look(key === '' ? undefined : (JSON.parse(key) as One<K> | Many<K>));
        if (JSON.stringify(next) !== JSON.stringify(cached.watched)) cached.watched = next;
        return cached.watched;
      },
      [key, cached],
    );
    return useSyncExternalStore(subscribe, read);
  };
