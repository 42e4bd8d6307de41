import { stringify } from 'yaml';
import { isUsable } from '../domain/reading';
import { allChecks } from '../domain/checks/prerequisites';
import { planReport, reportNeeds, reportRows } from '../domain/report';
import type { ReportRow } from '../domain/report';
import { plainEnglish } from '../domain/translate';
import { readFacts } from '../work/read-facts';
import { carryOut, failed } from '../work/prepare/task';
import type { Task, World } from '../work/prepare/task';

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
      const rows = reportRows(plainEnglish, allChecks, await readFacts(world.cluster, allChecks));
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
