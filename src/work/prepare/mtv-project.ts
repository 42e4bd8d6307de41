import type { Cluster } from '../../domain/cluster';
import { isReconciled } from '../../domain/forklift-controller';
import type { Result } from '../../domain/result';
import { err, ok } from '../../domain/result';
import { failed, outcomeOf, waiting } from './task';
import type { Outcome } from './task';

/** The project of MTV, which is that of its ForkliftController; or what that waits for. Of several, the one that an operator looks after. */
export const findMtvProject = async (cluster: Cluster): Promise<Result<string, Outcome>> => {
  const answer = await cluster.list({ list: 'forkliftControllers' });
  if (!answer.ok) return err(outcomeOf(answer.error));
  const reconciled = answer.value.filter(isReconciled);
  const controllers = reconciled.length > 0 ? reconciled : answer.value;
  const [project, ...rivals] = [...new Set(controllers.map(({ metadata }) => metadata.namespace ?? ''))].sort();
  if (project === undefined)
    return err(waiting('There is no ForkliftController yet: Migration Toolkit for Virtualization is not installed.'));
  return rivals.length === 0
    ? ok(project)
    : err(
        failed(
          `There are ForkliftControllers in several projects: ${[project, ...rivals].join(', ')}. Declare the namespace of each provider, or remove those that are not used.`,
        ),
      );
};
