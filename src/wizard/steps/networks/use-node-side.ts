import { useEffect, useState } from 'react';

const load = async () => import('./node-side');

/** What reads and judges the nodes. */
export type NodeSide = Awaited<ReturnType<typeof load>>;

/** Fetched once it is wanted; `undefined` until it is there. */
export const useNodeSide = (isWanted: boolean): NodeSide | 'failed' | undefined => {
  const [side, setSide] = useState<NodeSide | 'failed'>();
  useEffect(() => {
    if (!isWanted) return;
    let isShown = true;
    const take = (fetched: NodeSide | 'failed'): void => {
      if (isShown) setSide(fetched);
    };
    load().then(take, () => {
      take('failed');
    });
    return () => {
      isShown = false;
    };
  }, [isWanted]);
  return side;
};
