import { stringify } from 'yaml';
import { isUsable } from '../domain/checks/check';
import type { Facts, Watched } from '../domain/checks/check';
import { allChecks } from '../domain/checks/prerequisites';
import type { Cluster, Many, One } from '../domain/cluster';
import { readMtvProject, watchedControllers } from '../domain/mtv-project';
import type { ForkliftController } from '../domain/objects';
import type { KindId } from '../domain/kinds';
import { notCopied } from '../domain/operators/installation';
import { planReport, reportNeeds, reportRows } from '../domain/report';
import type { ReportRow } from '../domain/report';
import { plainEnglish } from '../domain/translate';
import { findOperator } from './find-operator';
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

/** Everything the checks look at, once. Of workloads only NMState's two: nobody needs to list all of a cluster for them. */
const readFacts = async (cluster: Cluster): Promise<Facts> => {
  const found = await findOperator(cluster, 'nmstate', undefined);
  const namespace = found.ok ? found.value.home : 'openshift-nmstate';
  const queryOf = (kind: KindId): One | Many => {
    if (kind === 'daemonSets') return { kind, name: 'nmstate-handler', namespace };
    if (kind === 'deployments') return { kind, name: 'nmstate-webhook', namespace };
    if (kind === 'imageRegistryConfigs' || kind === 'imageConfigs') return { kind, name: 'cluster' };
    if (kind === 'clusterServiceVersions') return { list: kind, labelSelector: notCopied };
    return { list: kind };
  };
  const needed = [...new Set(allChecks.flatMap(({ needs }) => needs))];
  const entries = await Promise.all(needed.map(async (kind) => [kind, await look(cluster, queryOf(kind))] as const));
  const facts: Facts = Object.fromEntries(entries);
  return { ...facts, forkliftControllers: ofMtv(facts) };
};

/** MTV's ForkliftControllers, and none that an earlier installation left elsewhere. */
const ofMtv = ({ forkliftControllers, subscriptions }: Facts): Watched<ForkliftController> => {
  const controllers = forkliftControllers ?? { state: 'loading' };
  const served = { state: 'loaded', project: undefined } as const;
  return watchedControllers(controllers, readMtvProject({ controllers, subscriptions: subscriptions ?? { state: 'loading' }, served }).name);
};

const stateWords = { ready: 'ready', warning: 'warning', blocked: 'TO DO', waiting: 'under way', unknown: 'not known', loading: 'not known' } as const;

/** A table for people. */
export const table = (rows: readonly ReportRow[]): readonly string[] => {
  const width = Math.max(...rows.map(({ title }) => title.length));
  return rows.map(({ title, state, text }) => `${stateWords[state].padEnd(9)}  ${title.padEnd(width)}  ${text}`);
};

/** Judges every check, says the table and keeps it in a ConfigMap. */
export const report = (world: World, { name, namespace }: { readonly name: string; readonly namespace: string }): Task => {
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
