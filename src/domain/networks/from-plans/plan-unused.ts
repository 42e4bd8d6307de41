import { because, deletionOf } from '../../change';
import { kinds } from '../../kinds';
import type { NetworkAttachmentDefinition } from '../../objects';
import type { Release } from '../../ownership';
import { isOurs, releaseOf } from '../../ownership';
import { keyOfObject } from './named';
import type { NetworksPlan } from './note';
import { noteOnNetwork, trouble } from './note';
import type { RemovalWorld } from './world';

/**
 * The removal of a network that nothing names any more: only if the policy says so, and only of what this release created. While
 * something that might name it cannot be seen, it is kept.
 */
export const planUnused = (nad: NetworkAttachmentDefinition, world: RemovalWorld): NetworksPlan => {
  const { policy, release, unseen, isNamed } = world;
  const key = keyOfObject(nad);
  const isAllowed = policy.namespaces.length === 0 || policy.namespaces.includes(nad.metadata.namespace ?? '');
  if (!policy.removeUnused || !isAllowed || !isOurs(nad) || !isOf(nad, release) || isNamed(key))
    return { changes: [], notes: [] };
  const deletions = deletionOf('networkAttachmentDefinitions', nad);
  if (deletions.length > 0 && unseen.length > 0) {
    const names = unseen.map((kind) => kinds[kind].kind).join(', ');
    return {
      changes: [],
      notes: [noteOnNetwork(nad, trouble('UsersUnknown', { network: key, kinds: names }), key)],
    };
  }
  return {
    changes: deletions.map((write) =>
      because(
        (t) =>
          t(
            'No migration plan, network map or virtual machine names this network any more, and the values say that it goes then.',
          ),
        write,
      ),
    ),
    notes: [],
  };
};

const isOf = (nad: NetworkAttachmentDefinition, { namespace, name }: Release): boolean => {
  const release = releaseOf(nad);
  return release?.namespace === namespace && release.name === name;
};
