import { because, deletionOf } from '../../change';
import type { Needs, Seen } from '../../cluster';
import { compareText } from '../../compare-text';
import { isTrue } from '../../conditions';
import type { NodeNetworkConfigurationEnactment, NodeNetworkConfigurationPolicy } from '../../nmstate-objects';
import type { NetworkAttachmentDefinition } from '../../objects';
import { ownSelector } from '../../ownership';
import type { Kept, Staying, Undoing } from '../../undoing';
import { err, ok } from '../../result';
import type { Text } from '../../translate';
import { isRemoving, namesIn, removalOf, takesAway } from './policy-removal';

const policies = { list: 'nodeNetworkConfigurationPolicies', labelSelector: ownSelector } as const;

const bridgeNeeds = { policies, attachments: { list: 'networkAttachmentDefinitions' } } as const satisfies Needs;

/** The bridges of ours that no network names any more go from the nodes: the policy says so, and stays until they are gone. */
export const undoBridges: Undoing = {
  needs: bridgeNeeds,
  plan: (given) => {
    const seen = given as Seen<typeof bridgeNeeds>;
    return ok(
      seen.policies
        .filter((policy) => userOf(policy, seen.attachments) === undefined)
        .flatMap((policy) => removalOf(policy).map((write) => because(takesAway, write))),
    );
  },
  kept: (given) => {
    const seen = given as Seen<typeof bridgeNeeds>;
    return seen.policies.flatMap((object): readonly Kept[] => {
      const user = isRemoving(object) ? undefined : userOf(object, seen.attachments);
      if (!user) return [];
      const by = `NetworkAttachmentDefinition ${user.metadata.namespace ?? ''}/${user.metadata.name}`;
      return [{ kind: 'nodeNetworkConfigurationPolicies', object, reason: { code: 'InUse', by } }];
    });
  },
};

/**
 * The network that names what a policy makes, whoever made it, and wherever in its configuration the name stands: what stays for nothing can be
 * undone later.
 */
const userOf = (
  policy: NodeNetworkConfigurationPolicy,
  attachments: readonly NetworkAttachmentDefinition[],
): NetworkAttachmentDefinition | undefined => {
  const quoted = namesIn(policy).map((name) => JSON.stringify(name));
  return attachments.find(({ spec }) => quoted.some((name) => spec?.config?.includes(name)));
};

const policyNeeds = { policies, enactments: { list: 'nodeNetworkConfigurationEnactments' } } as const satisfies Needs;

/** The policies of ours whose bridges all nodes have taken away go. Nothing is deleted that would leave a bridge behind. */
export const undoBridgePolicies: Undoing = {
  needs: policyNeeds,
  plan: (given) => {
    const seen = given as Seen<typeof policyNeeds>;
    const removing = seen.policies.filter(isRemoving);
    for (const policy of removing) {
      const staying = stayingOf(policy, seen.enactments);
      if (staying) return err(staying);
    }
    return ok(
      removing
        .flatMap((policy) => deletionOf('nodeNetworkConfigurationPolicies', policy))
        .map((write) => because(isGone, write)),
    );
  },
  kept: () => [],
};

const isGone: Text = (t) => t('No node has its bridge anymore.');

/** Enactments of the generation before say nothing of the removal (docs/facts/platform.md §11). */
const stayingOf = (
  { metadata }: NodeNetworkConfigurationPolicy,
  enactments: readonly NodeNetworkConfigurationEnactment[],
): Staying | undefined => {
  const open = enactments.filter(
    ({ metadata: { labels }, status }) =>
      labels?.['nmstate.io/policy'] === metadata.name &&
      !(status?.policyGeneration === metadata.generation && isTrue(status, 'Available')),
  );
  if (open.length === 0) return undefined;
  const nodes = open
    .map((each) => each.metadata.labels?.['nmstate.io/node'] ?? each.metadata.name)
    .sort(compareText)
    .join(', ');
  const hasFailed = open.some(
    ({ status }) =>
      status?.policyGeneration === metadata.generation && isTrue(status, 'Failing') && !isTrue(status, 'Progressing'),
  );
  const params = { policy: metadata.name, nodes };
  return hasFailed
    ? {
        isPassing: false,
        text: (t) =>
          t(
            'NMState could not take the bridge of policy {{policy}} away from {{nodes}}. See the enactments of the policy for the reason.',
            params,
          ),
      }
    : {
        isPassing: true,
        text: (t) => t('{{nodes}} have not taken the bridge of policy {{policy}} away yet.', params),
      };
};
