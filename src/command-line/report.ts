import { stringify } from 'yaml';
import { isUsable } from '../domain/reading';
import { allChecks } from '../domain/checks/prerequisites';
import { planReport, reportNeeds, reportRows } from '../domain/report';
import type { ReportRow } from '../domain/report';
import { plainEnglish } from '../domain/translate';
import { readFacts } from '../work/read-facts';
import { carryOut, failed } from '../work/prepare/task';
import type { Task, World } from '../work/prepare/task';
import type { Output } from './plan';
import { exitCodes, until } from './until';
import type { Patience } from './until';

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

/** The ConfigMap that keeps a report. */
interface ReportPlace {
  readonly name: string;
  readonly namespace: string;
}

/** Judges every check, tells the rows once, as a table unless told otherwise, and keeps them in a ConfigMap. */
export const report = (
  world: World,
  { name, namespace }: ReportPlace,
  tell = (rows: readonly ReportRow[]): void => {
    table(rows).forEach(world.say);
  },
): Task => {
  let isTold = false;
  return {
    name: 'report',
    attempt: async () => {
      const rows = reportRows(plainEnglish, allChecks, await readFacts(world.cluster, allChecks));
      const flawed = rows.filter(({ state }) => state === 'warning').length;
      const counted = `${String(rows.filter(({ state }) => isUsable(state)).length)} of ${String(rows.length)} ready`;
      const summary = flawed === 0 ? counted : `${counted}, ${String(flawed)} of them with a warning`;
      if (!isTold) tell(rows);
      isTold = true;
      return carryOut(world, {
        needs: reportNeeds(name, namespace),
        plan: planReport(name, namespace, { summary, 'report.yaml': stringify(rows) }),
        refused: () => failed(`ConfigMap ${namespace}/${name} belongs to somebody else. Choose another --name.`),
        text: `${summary}, written to ConfigMap ${namespace}/${name}.`,
      });
    },
  };
};

/** How a report is told. */
export interface ReportForm {
  /** With `json`, standard output is one JSON document. */
  readonly output: Output;
  /** Whether the exit code says that something is not ready. */
  readonly judges: boolean;
}

/** Reports to people or to programs, and answers with the exit code. */
export const runReport = async (
  world: World,
  patience: Patience,
  place: ReportPlace,
  { output, judges }: ReportForm,
): Promise<number> => {
  const told: ReportRow[] = [];
  const isReady = () => told.every(({ state }) => isUsable(state));
  const { say } = output === 'json' ? { say: () => undefined } : world;
  const task = report({ ...world, say }, place, (rows) => {
    told.push(...rows);
    const lines = output === 'json' ? [JSON.stringify({ ready: isReady(), checks: rows }, undefined, 2)] : table(rows);
    lines.forEach(world.say);
  });
  const code = await until([task], { ...patience, ...(output === 'json' && { say }) });
  return judges && code === exitCodes.done && !isReady() ? exitCodes.notReady : code;
};
