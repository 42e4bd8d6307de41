import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { controllerRights } from '../../src/domain/controller-rights';
import type { ControllerPart, ControllerRight } from '../../src/domain/controller-rights';
import { kinds } from '../../src/domain/kinds';
import type { Rule } from '../service-account';

const contract = readFileSync(join(import.meta.dirname, '../../docs/hooks.md'), 'utf8');

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

/** Where the controller's rights hold on a cluster, and what values name there. */
export interface Places {
  readonly release: { readonly namespace: string; readonly name: string };
  /** The declared Providers, and the Secrets and ConfigMaps that values name. */
  readonly providers?: readonly string[];
  readonly named?: readonly string[];
}

const mtv = 'openshift-mtv';

/** The rights of the controller for these parts of the values: those that the chart gives it, each where it holds. */
export const controllerRules = (
  { release, providers = [], named = [] }: Places,
  ...parts: readonly ControllerPart[]
): readonly Rule[] => {
  const projects: Readonly<Record<ControllerRight['place'], string | undefined>> = {
    cluster: undefined,
    // Values that name no projects let networks be created in all.
    networks: undefined,
    mtv,
    providers: mtv,
    registry: 'openshift-image-registry',
    trust: 'openshift-config-managed',
    release: release.namespace,
  };
  const namesOf = (names: ControllerRight['names']): readonly string[] | undefined =>
    names === 'credentials'
      ? providers.map((name) => `${name}-credentials`)
      : names?.map((name) => name.replace('{release}', release.name));
  const given = parts.flatMap((part) =>
    controllerRights[part].map(({ kind, verbs, subresource, names, place }: ControllerRight): Rule => {
      const [resourceNames, namespace] = [namesOf(names), projects[place]];
      return {
        apiGroups: [kinds[kind].group],
        resources: [kinds[kind].plural + (subresource === undefined ? '' : `/${subresource}`)],
        verbs,
        ...(resourceNames && { resourceNames }),
        ...(namespace !== undefined && { namespace }),
      };
    }),
  );
  const read = { apiGroups: [''], resources: ['secrets', 'configmaps'], verbs: ['get'], namespace: release.namespace };
  return named.length === 0 ? given : [...given, { ...read, resourceNames: named }];
};
