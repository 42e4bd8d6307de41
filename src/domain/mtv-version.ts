import type { ClusterServiceVersion } from './platform-objects';

/**
 * The version of MTV, or of upstream Forklift, such as 2.12.1, by its ClusterServiceVersion. `undefined`: none is installed, or one replaces
 * another right now.
 */
export const mtvVersionOf = (versions: readonly ClusterServiceVersion[]): string | undefined => {
  const [installed, ...others] = versions.filter(({ metadata }) => /^(mtv|forklift)-operator\./.test(metadata.name));
  if (!installed || others.length > 0 || installed.status?.phase !== 'Succeeded') return undefined;
  return /\.v(\d+\.\d+\..+)$/.exec(installed.metadata.name)?.[1];
};
