import type { ClusterServiceVersion } from '../platform-objects';

/**
 * Whether several NICs of one VM on one source network need a target network each. MTV 2.11 uses none twice in a VM; before it, and
 * from 2.12 on where a source has a single target, all go to the same (kubev2v/forklift, pkg/controller/plan/adapter/base/network.go
 * of these releases). `unknown`: no version could be read.
 */
export type NetworkPerNic = 'needed' | 'not-needed' | 'unknown';

/** Reads it from the installed operator: MTV's, or upstream Forklift's. While one version replaces another, it is not known. */
export const readNetworkPerNic = (versions: readonly ClusterServiceVersion[]): NetworkPerNic => {
  const [installed, ...others] = versions.filter(({ metadata }) => /^(mtv|forklift)-operator\./.test(metadata.name));
  const [, major, minor] = /\.v(\d+)\.(\d+)\./.exec(installed?.metadata.name ?? '') ?? [];
  if (!installed || others.length > 0 || installed.status?.phase !== 'Succeeded' || major === undefined)
    return 'unknown';
  return Number(major) === 2 && Number(minor) === 11 ? 'needed' : 'not-needed';
};
