import { stringify } from 'yaml';
import { isUsable } from '../domain/reading';
import type { Facts, Watched } from '../domain/checks/check';
import { allChecks } from '../domain/checks/prerequisites';
import type { Cluster, Many, One } from '../domain/cluster';
import { readMtvProject, watchedControllers } from '../domain/mtv-project';
import type { ForkliftController } from '../domain/objects';
import type { KindId } from '../domain/kinds';
import { homeOf, notCopied } from '../domain/operators/installation';
import { operators, suggestedNamespace } from '../domain/operators/operator';
import { planReport, reportNeeds, reportRows } from '../domain/report';
import type { ReportRow } from '../domain/report';
import { plainEnglish } from '../domain/translate';
import { carryOut, failed } from './task';
import type { Task, World } from './task';

const look = async (cluster: Cluster, query: One | Many): Promise<Watched<unknown>> => {
  const answer = await ('list' in query ? cluster.list(query) : cluster.get(query));
  if (answer.ok) {
    const { value } = answer;
    return { state: 'loaded', items: Array.isArray(value) ? value : value === undefined ? [] : [value] };
  }
  return answer.error.code === 'KindAbsent' ? { state: 'absent' } : { state: 'failed', failure: answer.error };
};

const itemsOf = <T>(watched: Watched<T> | undefined): readonly T[] =>
  watched?.state === 'loaded' ? watched.items : [];

/** Where NMState's two workloads are, which tell whether it is ready before 4.21. */
const nmstateHome = ({ subscriptions, clusterServiceVersions, clusterExtensions }: Facts): string =>
  homeOf(operators.nmstate, {
    subscriptions: itemsOf(subscriptions),
    csvs: itemsOf(clusterServiceVersions),
    clusterExtensions: itemsOf(clusterExtensions),
    groups: [],
    operands: [],
  }) ?? suggestedNamespace(operators.nmstate, undefined);

/** Everything the checks look at, once. Of workloads only NMState's two: nobody needs to list all of a cluster for them. */
const readFacts = async (cluster: Cluster): Promise<Facts> => {
  const read = async (queries: readonly (One | Many)[]): Promise<Facts> => {
    const entries = await Promise.all(
      queries.map(async (query) => ['list' in query ? query.list : query.kind, await look(cluster, query)] as const),
    );
    return Object.fromEntries(entries);
  };
  const queryOf = (kind: KindId): One | Many => {
    if (kind === 'imageRegistryConfigs' || kind === 'imageConfigs') return { kind, name: 'cluster' };
    if (kind === 'clusterServiceVersions') return { list: kind, labelSelector: notCopied };
    return { list: kind };
  };
  const needed = [...new Set(allChecks.flatMap(({ needs }) => needs))];
  const facts = await read(needed.filter((kind) => kind !== 'daemonSets' && kind !== 'deployments').map(queryOf));
  const namespace = nmstateHome(facts);
  const workloads = await read([
    { kind: 'daemonSets', name: 'nmstate-handler', namespace },
    { kind: 'deployments', name: 'nmstate-webhook', namespace },
  ]);
  return { ...facts, ...workloads, forkliftControllers: ofMtv(facts) };
};

/** MTV's ForkliftControllers, and none that an earlier installation left elsewhere. */
const ofMtv = (facts: Facts): Watched<ForkliftController> => {
  const nothing = { state: 'absent' } as const;
  const {
    forkliftControllers: controllers = nothing,
    subscriptions = nothing,
    clusterServiceVersions: csvs = nothing,
    clusterExtensions = nothing,
  } = facts;
  const { name } = readMtvProject({
    controllers,
    subscriptions,
    csvs,
    clusterExtensions,
    served: { state: 'loaded', project: undefined },
  });
  return watchedControllers(controllers, name);
};

const stateWords = {
  ready: 'ready',
  warning: 'warning',
  blocked: 'TO DO',
  waiting: 'under way',
  unknown: 'not known',
  loading: 'not known',
} as const;

/** A table for people. */
export const table = (rows: readonly ReportRow[]): readonly string[] => {
  const width = Math.max(...rows.map(({ title }) => title.length));
  return rows.map(({ title, state, text }) => `${stateWords[state].padEnd(9)}  ${title.padEnd(width)}  ${text}`);
};

/** Judges every check, says the table and keeps it in a ConfigMap. */
export const report = (
  world: World,
  { name, namespace }: { readonly name: string; readonly namespace: string },
): Task => {
  let isSaid = false;
  return {
    name: 'report',
    attempt: async () => {
      const rows = reportRows(plainEnglish, allChecks, await readFacts(world.cluster));
      const flawed = rows.filter(({ state }) => state === 'warning').length;
      const counted = `${String(rows.filter(({ state }) => isUsable(state)).length)} of ${String(rows.length)} ready`;
      const summary = flawed === 0 ? counted : `${counted}, ${String(flawed)} of them with a warning`;
      if (!isSaid) table(rows).forEach(world.say);
      isSaid = true;
      return carryOut(world, {
        needs: reportNeeds(name, namespace),
        plan: planReport(name, namespace, { summary, 'report.yaml': stringify(rows) }),
        refused: () => failed(`ConfigMap ${namespace}/${name} belongs to somebody else. Choose another --name.`),
        text: `${summary}, written to ConfigMap ${namespace}/${name}.`,
      });
    },
  };
};
