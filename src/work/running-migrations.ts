import type { Cluster } from '../domain/cluster';
import type { ClusterFailure } from '../domain/failure';
import { runningAmong } from '../domain/running-plans';
import { withinReach } from './within-reach';

/**
 * What would be disturbed when MTV restarts. `none`: no migration runs, as far as the user may see; `running`: these Plans, as `project/name`;
 * `unknown`: nobody could look.
 */
export type Migrations =
  | { readonly state: 'none' }
  | { readonly state: 'running'; readonly plans: readonly string[] }
  | { readonly state: 'unknown'; readonly failure: ClusterFailure };

/** The migrations under way: in the whole cluster, or in these projects where the user may not list it. Without MTV there are none. */
export const runningMigrations = async (cluster: Cluster, projects: readonly string[]): Promise<Migrations> => {
  const places = [...new Set(projects)].filter((project) => project !== '');
  const seen = await withinReach(cluster, places, () => undefined).list({ list: 'plans' });
  if (!seen.ok) {
    return seen.error.code === 'KindAbsent' ? { state: 'none' } : { state: 'unknown', failure: seen.error };
  }
  const plans = runningAmong(seen.value);
  return plans.length === 0 ? { state: 'none' } : { state: 'running', plans };
};
