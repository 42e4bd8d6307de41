import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { allChecks } from '../domain/checks/prerequisites';
import { plainEnglish } from '../domain/translate';
import { steps } from './registry';

test('every step has its section in the guide, where its help leads', () => {
  const guide = readFileSync(join(__dirname, '../../docs/guide.md'), 'utf8');
  for (const { id, name } of steps) {
    const title = name(plainEnglish);
    expect(guide).toContain(`\n## ${title}\n`);
    expect(title.toLowerCase().replaceAll(' ', '-')).toBe(id);
  }
});

test('every check that names a step names one that there is', () => {
  const ids: readonly string[] = steps.map(({ id }) => id);
  expect(allChecks.flatMap(({ step }) => step ?? []).filter((step) => !ids.includes(step))).toEqual([]);
});
