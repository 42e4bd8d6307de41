import { useEffect, useRef, useState } from 'react';
import type { BridgeWish } from '../../../../domain/networks/new-bridge/bridge-wish';
import { policyNameOf } from '../../../../domain/networks/new-bridge/bridge-wish';
import type { NodeProgress } from '../../../../domain/networks/new-bridge/roll-out';
import { makeBridge, takeBack } from '../../../../work/make-bridge';
import type { MakingFailure, MakingPhase } from '../../../../work/make-bridge';
import { useServices } from '../../../ServicesContext';

/** How far the making of a bridge is. `nodes`: as they were seen last. */
export type Making =
  | { readonly state: 'idle' }
  | {
      readonly state: 'running';
      readonly phase: MakingPhase;
      readonly nodes: readonly NodeProgress[];
      /** Cancelling was asked for. */
      readonly isStopping: boolean;
    }
  | { readonly state: 'done'; readonly wish: BridgeWish; readonly nodes: readonly NodeProgress[] }
  | { readonly state: 'failed'; readonly failure: MakingFailure; readonly nodes: readonly NodeProgress[] };

/** Makes a bridge, shows how far it is, and takes it back. */
export const useMaking = (onMade: (name: string) => void) => {
  const { cluster } = useServices();
  const [making, setMaking] = useState<Making>({ state: 'idle' });
  const stop = useRef(new AbortController());
  // Minutes pass until it is called.
  const told = useRef(onMade);
  useEffect(() => {
    told.current = onMade;
  }, [onMade]);

  const follow = () => {
    let nodes: readonly NodeProgress[] = [];
    let phase: MakingPhase = 'first';
    const show = (): void => {
      setMaking({ state: 'running', phase, nodes, isStopping: stop.current.signal.aborted });
    };
    return {
      seen: () => nodes,
      onPhase: (next: MakingPhase): void => {
        phase = next;
        show();
      },
      onNodes: (next: readonly NodeProgress[]): void => {
        nodes = next;
        show();
      },
    };
  };

  return {
    making,
    start: async (wish: BridgeWish): Promise<void> => {
      stop.current = new AbortController();
      const following = follow();
      following.onPhase('first');
      const made = await makeBridge(cluster, wish, { ...following, signal: stop.current.signal });
      if (made.ok) {
        setMaking({ state: 'done', wish, nodes: made.value });
        told.current(wish.name);
        return;
      }
      const nodes = made.error.code === 'Failed' ? made.error.nodes : following.seen();
      setMaking({ state: 'failed', failure: made.error, nodes });
    },
    cancel: (): void => {
      stop.current.abort();
      setMaking((now) => (now.state === 'running' ? { ...now, isStopping: true } : now));
    },
    /** Of what stands still. */
    takeBack: async (wish: BridgeWish): Promise<void> => {
      const following = follow();
      following.onPhase('back');
      const back = await takeBack(cluster, policyNameOf(wish), following.onNodes);
      setMaking({ state: 'failed', failure: { code: 'Cancelled', back }, nodes: following.seen() });
    },
  };
};
