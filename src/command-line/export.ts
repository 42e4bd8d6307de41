import { stringify } from 'yaml';
import type { Result } from '../domain/result';
import { observe } from '../domain/converge';
import { exportNeeds, exportValues } from '../domain/export-values';
import { apiVersionOf, kinds } from '../domain/kinds';
import type { KindId } from '../domain/kinds';
import type { KubeObject } from '../domain/objects';
import { isOurs } from '../domain/ownership';
import { plainEnglish } from '../domain/translate';
import { withoutAbsentKinds } from '../work/prepare/absent-kinds';
import { done, failed, outcomeOf } from '../work/prepare/task';
import type { Task, World } from '../work/prepare/task';

/** Writes a text into a file, and makes its folder; the error says why not. */
export type WriteFile = (path: string, content: string) => Promise<Result<void, string>>;

/** Writes what there is into a folder: the values that lead to it, the objects that we created, and what else is to be done. */
export const exportTo = (world: World, folder: string, write: WriteFile): Task => ({
  name: 'export',
  attempt: async () => {
    const seen = await observe(withoutAbsentKinds(world.cluster), exportNeeds);
    if (!seen.ok) return outcomeOf(seen.error);
    const { values, notes } = exportValues(seen.value);
    const files: readonly (readonly [path: string, content: string])[] = [
      ['values.yaml', stringify(values)],
      ['NOTES.md', notesText(notes.map((note) => note(plainEnglish)))],
      ...objectFiles('providers', seen.value.providers),
      ...objectFiles('networkAttachmentDefinitions', seen.value.networks),
    ];
    for (const [path, content] of files) {
      if (world.dryRun) {
        world.say(`would write ${folder}/${path}`);
        continue;
      }
      const written = await write(`${folder}/${path}`, content);
      if (!written.ok) return failed(`${folder}/${path} cannot be written: ${written.error}.`);
      world.say(`wrote ${folder}/${path}`);
    }
    return done(`${String(files.length)} files. ${String(notes.length)} things are left for you: NOTES.md says which.`);
  },
});

const notesText = (notes: readonly string[]): string =>
  [
    '# What is left for you',
    '',
    'Give `values.yaml` to the chart of Migration Prep. The folder `objects` has what Migration Prep created here, to look at.',
    '',
    ...notes.map((note) => `- ${note}`),
    '',
  ].join('\n');

const objectFiles = (kind: KindId, objects: readonly KubeObject[]): readonly (readonly [string, string])[] =>
  objects.filter(isOurs).map(({ metadata, ...object }) => {
    const { name, namespace = '', labels, annotations } = metadata;
    const { spec } = object as { readonly spec?: unknown };
    const content = {
      apiVersion: apiVersionOf(kinds[kind]),
      kind: kinds[kind].kind,
      metadata: { name, namespace, labels, ...(annotations && { annotations }) },
      spec,
    };
    return [`objects/${namespace}/${kinds[kind].plural}-${name}.yaml`, stringify(content)];
  });
