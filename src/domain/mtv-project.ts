import type { Watched } from './watched';
import { isReconciled } from './forklift-controller';
import { isRecord } from './json';
import type { ForkliftController, KubeObject } from './objects';
import { csvsOf, extensionsOf, subscriptionsIn } from './operators/installation';
import { operators, suggestedNamespace } from './operators/operator';
import type { ClusterExtension, ClusterServiceVersion, Subscription } from './platform-objects';

/**
 * The project that MTV is installed in, and how that is known:
 *
 * - `looking`: nothing is known yet; `name` is a guess that nothing may be written by.
 * - `controller`: its ForkliftController is there. `operator`: what installs it is, and no ForkliftController yet.
 * - `served`: the user may not look; the chart left word when it set the plugin's proxies.
 * - `assumed`: nobody told; `name` is where MTV suggests to be installed.
 */
export interface MtvProject {
  readonly name: string;
  readonly source: 'looking' | 'controller' | 'operator' | 'served' | 'assumed';
  /** Further projects with a ForkliftController, when nothing tells which one MTV works by. */
  readonly rivals: readonly string[];
  /** Where the plugin's proxies lead, when that is another project: inventories and certificates cannot be had then. */
  readonly proxied: string | undefined;
}

/** What the chart left beside the plugin. `project`: `undefined` when the file is not there or makes no sense. */
export type ServedProject =
  { readonly state: 'loading' } | { readonly state: 'loaded'; readonly project: string | undefined };

/** What tells where MTV is. */
export interface MtvTraces {
  /** In the whole cluster. */
  readonly controllers: Watched<ForkliftController>;
  /** What installs operators, in the whole cluster; looked at only where `needsInstallers`. */
  readonly subscriptions: Watched<Subscription>;
  readonly csvs: Watched<ClusterServiceVersion>;
  readonly clusterExtensions: Watched<ClusterExtension>;
  readonly served: ServedProject;
}

const isProjectName = (value: unknown): value is string =>
  typeof value === 'string' && /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/.test(value);

/** MTV's project in the file `settings.json` that the chart serves beside the plugin (templates/plugin/_nginx.tpl). */
export const readServedProject = (content: unknown): string | undefined =>
  isRecord(content) && isProjectName(content.mtvNamespace) ? content.mtvNamespace : undefined;

const different = (projects: readonly string[]): readonly string[] => [...new Set(projects)].sort();

const projectsOf = (objects: readonly KubeObject[]): readonly string[] =>
  different(objects.map(({ metadata }) => metadata.namespace ?? ''));

const only = (projects: readonly string[]): string | undefined => (projects.length === 1 ? projects[0] : undefined);

const itemsOf = <T>(watched: Watched<T>): readonly T[] => (watched.state === 'loaded' ? watched.items : []);

/** Of what is in the whole cluster that in MTV's project, `undefined` while that is not known. */
export const watchedIn = <T extends KubeObject>(all: Watched<T>, project: string | undefined): Watched<T> => {
  if (all.state !== 'loaded') return all;
  if (project === undefined) return { state: 'loading' };
  return { state: 'loaded', items: all.items.filter(({ metadata }) => metadata.namespace === project) };
};

/** Whether ForkliftControllers alone do not tell where MTV is. */
export const needsInstallers = (controllers: Watched<ForkliftController>): boolean =>
  controllers.state !== 'loading' && projectsOf(itemsOf(controllers)).length !== 1;

/** Where something installs MTV's operator, by whichever way. */
const operatorProjects = (
  installers: Pick<MtvTraces, 'subscriptions' | 'csvs' | 'clusterExtensions'>,
): readonly string[] => {
  const csvs = itemsOf(installers.csvs);
  const subscriptions = itemsOf(installers.subscriptions);
  const extensions = extensionsOf(operators.mtv, { clusterExtensions: itemsOf(installers.clusterExtensions) });
  return different([
    ...projectsOf([...subscriptionsIn(operators.mtv, { subscriptions, csvs }), ...csvsOf(operators.mtv, { csvs })]),
    ...extensions.flatMap(({ spec }) => spec?.namespace ?? []),
  ]);
};

/**
 * Where MTV is. Its operator works on its own project alone (docs/facts/platform.md §1), so of several ForkliftControllers the one
 * beside the operator counts, or else the one that was looked at.
 */
export const readMtvProject = ({ controllers, served, ...installers }: MtvTraces): MtvProject => {
  const left = served.state === 'loaded' ? served.project : undefined;
  const suggested = suggestedNamespace(operators.mtv, undefined);
  const here = (source: MtvProject['source'], name: string, rivals: readonly string[] = []): MtvProject => ({
    name,
    source,
    rivals,
    proxied: (source === 'controller' || source === 'operator') && left !== name ? left : undefined,
  });
  const isAsking =
    controllers.state === 'loading' ||
    (needsInstallers(controllers) && Object.values(installers).some(({ state }) => state === 'loading'));
  if (isAsking) return here('looking', left ?? suggested);
  const found = itemsOf(controllers);
  const candidates = projectsOf(found);
  const operated = operatorProjects(installers);
  const certain =
    only(candidates) ??
    only(candidates.filter((each) => operated.includes(each))) ??
    only(projectsOf(found.filter(isReconciled)));
  if (certain !== undefined) return here('controller', certain);
  const [first] = candidates;
  if (first !== undefined) {
    const name = left !== undefined && candidates.includes(left) ? left : first;
    return here(
      'controller',
      name,
      candidates.filter((each) => each !== name),
    );
  }
  const [installed] = operated;
  if (installed !== undefined) return here('operator', installed);
  // Who may look and finds nothing need not wait: nothing is written where there is no MTV.
  if (served.state === 'loading' && controllers.state === 'failed') return here('looking', suggested);
  return left === undefined ? here('assumed', suggested) : here('served', left);
};
