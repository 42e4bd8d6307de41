import { useMemo } from 'react';
import {
  attachmentDraftOf,
  checkNetworksDraft,
  emptyNetworksDraft,
  switchesToAttach,
  wishOf,
  withProposals,
} from '../../../domain/networks/draft';
import type { NetworksDraft, NetworksProblem, NetworksWorld } from '../../../domain/networks/draft';
import type { NodeAdvice } from '../../../domain/networks/node-advice';
import { arrangeNads, commonProject } from '../../../domain/networks/arrange-nads';
import type { Arrangement, NetworksWish } from '../../../domain/networks/arrange-nads';
import type { PortGroup } from '../../../domain/networks/port-groups';
import type { Proposal } from '../../../domain/networks/proposals';
import type { SourceSwitch } from '../../../domain/networks/switches';
import type { Provider } from '../../../domain/objects';
import { useDraft } from '../../parts/use-draft';
import { useServices } from '../../ServicesContext';
import { useTranslate } from '../../../parts/use-translate';
import { useClusterNetworks } from './use-cluster-networks';
import type { NodesSeen } from './use-cluster-networks';
import type { NodeSide } from './use-node-side';

/** What the form works with, derived from what is answered and what is there; each part is made anew only when it changes. */
export interface Networks {
  /** With what is proposed where nothing is answered. */
  readonly draft: NetworksDraft;
  readonly change: (patch: Partial<NetworksDraft>) => void;
  readonly proposals: ReadonlyMap<string, Proposal>;
  readonly seen: NodesSeen;
  readonly side: NodeSide | undefined;
  readonly world: NetworksWorld;
  /** Those that are asked about. */
  readonly switches: readonly SourceSwitch[];
  /** By switch, what the nodes have to say; empty where they cannot be seen. */
  readonly advice: ReadonlyMap<string, NodeAdvice>;
  readonly problems: readonly NetworksProblem[];
  readonly wish: NetworksWish;
  /** Empty while no project is chosen, or its networks are not known. */
  readonly arrangements: readonly Arrangement[];
}

const noProposals: ReadonlyMap<string, Proposal> = new Map();

/** What is answered for the port groups of a vCenter, and what it comes to in a project. */
export const useNetworks = ({ metadata }: Provider, portGroups: readonly PortGroup[], project: string): Networks => {
  const t = useTranslate();
  const { useWatch } = useServices();
  // Two vCenters may both have a dvs-8: what is answered for one says nothing of the other.
  const [answered, change] = useDraft(`networks ${metadata.uid ?? ''}`, emptyNetworksDraft);
  const { seen, side: loaded, networkPerNic } = useClusterNetworks();
  const nads = useWatch(project === '' ? undefined : { list: 'networkAttachmentDefinitions', namespace: project });
  // Users without the right to read that project get only the networks of their own, which is correct too.
  const common = useWatch({ list: 'networkAttachmentDefinitions', namespace: commonProject });
  const provider = `${metadata.namespace ?? ''}/${metadata.name}`;

  const asked = useMemo(() => {
    const known = seen.state === 'known' ? seen : undefined;
    const nodes = known?.nodes;
    const proposals = known?.side.proposeAttachments(answered, portGroups, known.nodes) ?? noProposals;
    const draft = withProposals(answered, proposals);
    const world: NetworksWorld = { ...(nodes && { nodes }), ...(networkPerNic && { networkPerNic }) };
    return {
      draft,
      proposals,
      world,
      switches: switchesToAttach(draft, portGroups),
      problems: checkNetworksDraft(draft, project, portGroups, world),
    };
  }, [answered, portGroups, project, seen, networkPerNic]);
  const { draft, world, proposals, switches } = asked;
  const advice = useMemo(() => {
    if (seen.state !== 'known') return new Map<string, NodeAdvice>();
    const { nodes, side } = seen;
    const vlans = side.vlansBySwitch(draft, portGroups);
    return new Map(
      switches.map((source) => [
        source.id,
        side.adviseOn(
          t,
          nodes,
          attachmentDraftOf(draft, source),
          vlans.get(source.id) ?? [],
          proposals.get(source.id)?.because,
        ),
      ]),
    );
  }, [t, seen, draft, portGroups, switches, proposals]);
  const wish = useMemo(
    () => ({
      ...wishOf(draft, project, provider, portGroups, world),
      ...(common.state === 'loaded' && { common: common.items }),
    }),
    [draft, project, provider, portGroups, world, common],
  );
  const arrangements = useMemo(
    () => (project !== '' && nads.state === 'loaded' ? arrangeNads(wish, nads.items) : []),
    [project, wish, nads],
  );
  return { ...asked, change, seen, side: loaded, advice, wish, arrangements };
};
