import { allChecks } from '../domain/checks/prerequisites';
import { steps } from './registry';

test('every check that names a step names one that there is', () => {
  const ids: readonly string[] = steps.map(({ id }) => id);
  expect(allChecks.flatMap(({ step }) => step ?? []).filter((step) => !ids.includes(step))).toEqual([]);
});
