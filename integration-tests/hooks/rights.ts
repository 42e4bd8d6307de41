import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { controllerRights } from '../../src/domain/controller-rights';
import type { ControllerPart, ControllerRight } from '../../src/domain/controller-rights';
import { kinds } from '../../src/domain/kinds';
import type { Rule } from './control-plane';

const contract = readFileSync(join(__dirname, '../../docs/hooks.md'), 'utf8');

/** The blocks of rules that docs/hooks.md grants, by their names. */
export const blocks: ReadonlyMap<string, readonly Rule[]> = new Map(
  [...contract.matchAll(/```yaml\n# rules: (\S+)\n(.*?)```/gs)].map(([, name = '', rules = '']) => [
    name,
    parse(rules) as Rule[],
  ]),
);

/** The sum of some blocks. */
export const rulesOf = (...names: readonly string[]): readonly Rule[] =>
  names.flatMap((name) => {
    const rules = blocks.get(name);
    if (!rules) throw new Error(`docs/hooks.md has no block ${name}`);
    return rules;
  });

/** The wishes file that docs/hooks.md shows. */
export const example: unknown = parse(/## The wishes file.*?```yaml\n(.*?)```/s.exec(contract)?.[1] ?? '');

/** The rights of the controller for these parts of the values, in the whole cluster. */
export const controllerRules = (...parts: readonly ControllerPart[]): readonly Rule[] =>
  parts.flatMap((part) =>
    controllerRights[part].map(({ kind, verbs, subresource }: ControllerRight) => ({
      apiGroups: [kinds[kind].group],
      resources: [kinds[kind].plural + (subresource === undefined ? '' : `/${subresource}`)],
      verbs,
    })),
  );
