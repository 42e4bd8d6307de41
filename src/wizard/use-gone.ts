import { useEffect, useState } from 'react';
import type { Watched } from '../domain/watched';
import type { One } from '../domain/cluster';
import { useServices } from './ServicesContext';

const every = 15_000;

const none: Watched<One> = { state: 'loaded', items: [] };

/**
 * Which of these objects are known not to be there, asked again and again; a watch would bring their content into the browser. Loading until
 * the first answers, and while it is not known which they are (`undefined`). Where the user may not look, nothing is known, and they are
 * not asked for again. `since` asks anew at once.
 */
export const useGone = (references: readonly One[] | undefined, since?: number): Watched<One> => {
  const { cluster } = useServices();
  const [gone, setGone] = useState<Watched<One>>({ state: 'loading' });
  const key = references && JSON.stringify(references);
  useEffect(() => {
    if (key === undefined) return;
    let isShown = true;
    const closed = new Set<One>();
    const ones = JSON.parse(key) as readonly One[];
    const look = async (): Promise<void> => {
      const found = await Promise.all(
        ones
          .filter((one) => !closed.has(one))
          .map(async (one) => {
            const answer = await cluster.get(one);
            if (!answer.ok && answer.error.code === 'Forbidden') closed.add(one);
            return answer.ok && answer.value === undefined ? [one] : [];
          }),
      );
      if (isShown) setGone({ state: 'loaded', items: found.flat() });
    };
    void look();
    const timer = setInterval(() => void look(), every);
    return () => {
      isShown = false;
      clearInterval(timer);
    };
  }, [cluster, key, since]);
  return references?.length === 0 ? none : gone;
};
