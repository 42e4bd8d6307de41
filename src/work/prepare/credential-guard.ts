import type { Cluster } from '../../domain/cluster';
import { planRefused, refusedNeeds, refusedVersion } from '../../domain/connection/refused';
import { converge, observe } from '../../domain/converge';
import type { Secret } from '../../domain/objects';
import type { Release } from '../../domain/ownership';

/**
 * Remembers which credentials were refused: each further try would count toward the lock of the account. In memory by content, which no change
 * of a label touches; and for a restart in a ConfigMap of the release, by version.
 */
export interface CredentialGuard {
  /** Whether these were refused for this Provider or host, named by a key that a ConfigMap may have. */
  readonly isRefused: (key: string, source: Secret) => Promise<boolean>;
  readonly refuse: (key: string, source: Secret) => Promise<void>;
  readonly accept: (key: string) => Promise<void>;
}

const contentOf = ({ data = {} }: Secret): string => JSON.stringify([data.user, data.password]);
const versionOf = ({ metadata }: Secret): string => `${metadata.uid ?? ''}.${metadata.resourceVersion ?? ''}`;

/** A guard that begins to remember. Without a release, as on the command line, it remembers for this run. */
export const credentialGuard = (cluster: Cluster, release: Release | undefined): CredentialGuard => {
  const refused = new Map<string, string>();
  const note = async (key: string, version: string | undefined): Promise<void> => {
    // A note that cannot be written is missed by nobody before a restart, and then for one try.
    if (release) await converge({ cluster, needs: refusedNeeds(release), plan: planRefused(release, key, version) });
  };
  return {
    isRefused: async (key, source) => {
      const known = refused.get(key);
      if (known !== undefined || !release) return known === contentOf(source);
      const seen = await observe(cluster, refusedNeeds(release));
      if (!seen.ok || refusedVersion(seen.value, key) !== versionOf(source)) return false;
      refused.set(key, contentOf(source));
      return true;
    },
    refuse: async (key, source) => {
      refused.set(key, contentOf(source));
      await note(key, versionOf(source));
    },
    accept: async (key) => {
      if (refused.delete(key)) await note(key, undefined);
    },
  };
};
