import { useState } from 'react';
import type { Watched } from '../../domain/watched';
import type { ClusterFailure } from '../../domain/failure';
import type { Provider } from '../../domain/objects';
import { useProviders } from '../use-facts';

/**
 * The vCenter or ESXi host whose inventory is shown.
 *
 * - `none`: there is no vSphere Provider that works or may come to work by itself. `connecting`: there is one that MTV is connecting to.
 * - `found`: what was found once stays, whatever MTV or the watch says later, for what is typed must not go away. `trouble` tells what
 *   is the matter meanwhile: MTV restarts (its Providers go through Staging again), it cannot connect any more, or the cluster does not say.
 */
export type Source =
  | { readonly state: 'loading' | 'absent' | 'none' }
  | { readonly state: 'failed'; readonly failure: ClusterFailure }
  | { readonly state: 'connecting'; readonly provider: Provider }
  | {
      readonly state: 'found';
      readonly provider: Provider;
      readonly choices: readonly Provider[];
      readonly trouble: Trouble | undefined;
    };

/** What is wrong with a source that was there: MTV restarts, it has failed since, or nobody may look any more. */
export type Trouble =
  { readonly code: 'Restarting' | 'Failed' } | { readonly code: 'Unwatched'; readonly failure: ClusterFailure };

const phaseOf = ({ status }: Provider): 'ready' | 'failed' | 'staging' =>
  status?.phase === 'Ready' ? 'ready' : (status?.phase ?? '').endsWith('Failed') ? 'failed' : 'staging';

/** The source, and how to choose another one. */
export const useSource = (): [source: Source, choose: (uid: string | undefined) => void] => {
  const { providers: watched } = useProviders();
  const [chosen, choose] = useState<string>();
  const [shown, setShown] = useState<string>();
  const [last, setLast] = useState<Watched<Provider>>(watched);
  if (watched.state === 'loaded' && watched !== last) setLast(watched);
  const source = sourceOf(watched, watched.state === 'loaded' ? watched : last, chosen, shown);
  const uid = source.state === 'found' ? source.provider.metadata.uid : undefined;
  if (uid !== undefined && uid !== shown) setShown(uid);
  return [source, choose];
};

const sourceOf = (
  now: Watched<Provider>,
  last: Watched<Provider>,
  chosen: string | undefined,
  shown: string | undefined,
): Source => {
  if (now.state === 'absent') return { state: 'absent' };
  if (last.state !== 'loaded')
    return now.state === 'failed' ? { state: 'failed', failure: now.failure } : { state: 'loading' };
  const vsphere = last.items.filter(({ spec }) => spec?.type === 'vsphere');
  const choices = vsphere.filter((each) => phaseOf(each) === 'ready' || each.metadata.uid === shown);
  const by = (uid: string | undefined) => choices.find(({ metadata }) => metadata.uid === uid);
  const provider = by(chosen) ?? by(shown) ?? choices[0];
  if (provider) return { state: 'found', provider, choices, trouble: troubleOf(now, provider) };
  const staging = vsphere.find((each) => phaseOf(each) === 'staging');
  return staging ? { state: 'connecting', provider: staging } : { state: 'none' };
};

const troubleOf = (now: Watched<Provider>, provider: Provider): Trouble | undefined => {
  if (now.state === 'failed') return { code: 'Unwatched', failure: now.failure };
  switch (phaseOf(provider)) {
    case 'ready':
      return undefined;
    case 'staging':
      return { code: 'Restarting' };
    case 'failed':
      return { code: 'Failed' };
  }
};
