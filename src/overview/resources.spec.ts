import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checks } from '../domain/checks/registry';
import { isReferred, keyOf, needsOf } from '../domain/checks/need';
import { resourcesOf } from './resources';

const file = join(__dirname, '../../console-extensions.json');

interface Extension {
  readonly type: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

const isItem = ({ type }: Extension): boolean => type === 'console.dashboards/overview/health/resource';
const read = () => JSON.parse(readFileSync(file, 'utf8')) as readonly Extension[];

// npm run extensions: what the checks need is written instead of compared.
if (process.env.WRITE_EXTENSIONS !== undefined) {
  const written = read().map((each) =>
    isItem(each) ? { ...each, properties: { ...each.properties, resources: resourcesOf(checks) } } : each,
  );
  writeFileSync(file, JSON.stringify(written, undefined, 2));
}

test('console-extensions.json watches for the Status card what its checks need; npm run extensions writes it', () => {
  expect(read().find(isItem)?.properties.resources).toEqual(resourcesOf(checks));
});

test('the Status card can watch whatever its checks need', () => {
  const watched = Object.keys(resourcesOf(checks));
  const needed = needsOf(checks).filter((need) => !isReferred(need));
  expect(watched).toEqual(needed.map(keyOf));
});
