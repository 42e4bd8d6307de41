import { mtvVersionOf } from '../mtv-version';
import type { ClusterServiceVersion } from '../platform-objects';

/**
 * Whether several NICs of one VM on one source network need a target network each. MTV 2.11 uses none twice in a VM; before it, and
 * from 2.12 on where a source has a single target, all go to the same (kubev2v/forklift, pkg/controller/plan/adapter/base/network.go
 * of these releases). `unknown`: no version could be read.
 */
export type NetworkPerNic = 'needed' | 'not-needed' | 'unknown';

/** Reads it from the installed operator: MTV's, or upstream Forklift's. While one version replaces another, it is not known. */
export const readNetworkPerNic = (versions: readonly ClusterServiceVersion[]): NetworkPerNic => {
  const version = mtvVersionOf(versions);
  if (version === undefined) return 'unknown';
  return version.startsWith('2.11.') ? 'needed' : 'not-needed';
};
