import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { isListing, isReferred, needsOf } from '../domain/checks/need';
import { allChecks } from '../domain/checks/prerequisites';
import { kinds } from '../domain/kinds';

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
