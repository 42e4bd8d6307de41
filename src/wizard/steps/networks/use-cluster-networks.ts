import { useMemo } from 'react';
import type { NetworksWorld } from '../../../domain/networks/draft';
import { readNetworkPerNic } from '../../../domain/networks/mtv-version';
import { readNodeNetworks } from '../../../domain/networks/node-networks';
import { useMtvProject } from '../../MtvProjectContext';
import { useServices } from '../../ServicesContext';

/** What the nodes have, and how MTV maps networks; each is absent where the user may not look or nothing tells it. */
export const useClusterNetworks = (): NetworksWorld => {
  const { useWatch } = useServices();
  const { name, source } = useMtvProject();
  const states = useWatch({ list: 'nodeNetworkStates' });
  const versions = useWatch(source === 'looking' ? undefined : { list: 'clusterServiceVersions', namespace: name });
  return useMemo(
    () => ({
      // Without a single state nothing is known: NMState's handlers have not reported yet.
      ...(states.state === 'loaded' && states.items.length > 0 && { nodes: readNodeNetworks(states.items) }),
      ...(versions.state === 'loaded' && { networkPerNic: readNetworkPerNic(versions.items) }),
    }),
    [states, versions],
  );
};
