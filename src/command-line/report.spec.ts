import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { isListing, isReferred, needsOf } from '../domain/checks/need';
import { allChecks } from '../domain/checks/prerequisites';
import { kinds } from '../domain/kinds';
import { made, openshift } from '../testing/memory-openshift';
import { runReport } from './report';
import type { ReportForm } from './report';
import { exitCodes } from './until';

interface Rule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly resourceNames?: readonly string[];
  readonly verbs: readonly string[];
}

/** One right a line, with the name of the object where it is about one. */
const rightsIn = (rules: readonly Rule[]): readonly string[] =>
  rules
    .flatMap(({ apiGroups, resources, resourceNames = ['*'], verbs }) =>
      apiGroups.flatMap((group) =>
        resources.flatMap((resource) =>
          verbs.flatMap((verb) => resourceNames.map((name) => `${verb} ${group}/${resource} ${name}`)),
        ),
      ),
    )
    .sort();

// Whoever may do this to one of two objects may do it to the other: names are of rules, not of resources.
const withoutNames = (rights: readonly string[]) =>
  [...new Set(rights.map((right) => right.split(' ').slice(0, 2).join(' ')))].sort();

test('docs/hooks.md grants the report what the checks need, and nothing else but its ConfigMap', () => {
  const contract = readFileSync(join(__dirname, '../../docs/hooks.md'), 'utf8');
  const granted = rightsIn(parse(/# rules: report\n(.*?)```/s.exec(contract)?.[1] ?? '') as readonly Rule[]);
  const needed = needsOf(allChecks).flatMap((need): readonly Rule[] => {
    // Secrets are nobody's to read by default: without this right a Provider's word counts.
    if (isReferred(need)) return [];
    const { group, plural } = kinds[isListing(need) ? need.list : need.kind];
    return [
      isListing(need)
        ? { apiGroups: [group], resources: [plural], verbs: ['list'] }
        : { apiGroups: [group], resources: [plural], resourceNames: [need.name], verbs: ['get'] },
    ];
  });
  const own = ['get', 'create', 'patch'].map((verb) => `${verb} /configmaps *`);
  expect(withoutNames(granted)).toEqual(withoutNames([...rightsIn(needed), ...own]));
  expect(granted).toEqual(expect.arrayContaining([...rightsIn(needed), ...own]));
});

const reported = async (form: ReportForm, dryRun = false) => {
  const [said, complaints]: [string[], string[]] = [[], []];
  const cluster = openshift('4.22.0', 'here');
  const say = (line: string) => said.push(line);
  const complain = (line: string) => complaints.push(line);
  const pause = () => Promise.resolve();
  const patience = { deadline: 0, interval: 1000, isRehearsal: dryRun, now: () => 0, pause, say, complain };
  const code = await runReport({ cluster, dryRun, say }, patience, { name: 'report', namespace: 'here' }, form);
  return { code, said, complaints, made: made(cluster) };
};

test('a table says what is ready, and the exit code does not', async () => {
  const { code, said, made: writes } = await reported({ output: 'text', judges: false });
  expect(code).toBe(exitCodes.done);
  expect(said).toContainEqual(expect.stringMatching(/^TO DO +Migration Toolkit for Virtualization/));
  expect(said.at(-1)).toMatch(/^report: \d+ of \d+ ready.* written to ConfigMap here\/report\.$/);
  expect(writes).toEqual(['create configMaps here/report']);
});

test('JSON is one document, and the exit code says on request that something is not ready', async () => {
  const { code, said, complaints } = await reported({ output: 'json', judges: true });
  expect(code).toBe(exitCodes.notReady);
  const document = JSON.parse(said.join('\n')) as { readonly checks: readonly object[] };
  expect(document).toMatchObject({ ready: false });
  expect(document.checks).toHaveLength(allChecks.length);
  expect(complaints).toEqual([]);
});

test('a report that is only tried is not stored', async () => {
  expect((await reported({ output: 'json', judges: false }, true)).made).toEqual([]);
});
