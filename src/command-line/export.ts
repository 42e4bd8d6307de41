import type { Result } from '../domain/result';
import { observe } from '../domain/converge';
import { exportFiles, exportFilesNeeds } from '../domain/export-files';
import { plainEnglish } from '../domain/translate';
import { withoutAbsentKinds } from '../work/prepare/absent-kinds';
import { done, failed, outcomeOf } from '../work/prepare/task';
import type { Task, World } from '../work/prepare/task';

/** Writes a text into a file that is not there yet, and makes its folder; the error says why not, `EEXIST` where there is one. */
export type WriteFile = (path: string, content: string) => Promise<Result<void, string>>;

/** Writes what there is into a folder: the values that lead to it, the objects that we created, and what else is to be done. */
export const exportTo = (world: World, folder: string, write: WriteFile): Task => ({
  name: 'export',
  attempt: async () => {
    const seen = await observe(withoutAbsentKinds(world.cluster), exportFilesNeeds);
    if (!seen.ok) return outcomeOf(seen.error);
    const { files, left } = exportFiles(plainEnglish, seen.value);
    for (const { path, content } of files) {
      if (world.dryRun) {
        world.say(`would write ${folder}/${path}`);
        continue;
      }
      const written = await write(`${folder}/${path}`, content);
      if (!written.ok) return failed(notWritten(`${folder}/${path}`, written.error));
      world.say(`wrote ${folder}/${path}`);
    }
    return done(`${String(files.length)} files. ${String(left.length)} things are left for you: NOTES.md says which.`);
  },
});

/** Files of an earlier export are not overwritten: those that this one lacks would stay between the others, and be applied with them. */
const notWritten = (file: string, code: string): string =>
  code === 'EEXIST'
    ? `${file} is there already, and nothing is overwritten. Name a folder that does not exist with --to, or delete this one first.`
    : `${file} cannot be written: ${code}.`;
