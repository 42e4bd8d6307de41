import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

const root = join(import.meta.dirname, '..');
const program = join(root, 'dist-tools/main.mjs');

/** What the hooks' command `report` says of the cluster of a kubeconfig; it writes its ConfigMap into the project default. */
export const reportOn = async (kubeconfig: string): Promise<string> => {
  if (!existsSync(program)) throw new Error('dist-tools/main.mjs is missing: `npm run build:tools` builds it.');
  const { stdout } = await promisify(execFile)(process.execPath, [
    program,
    'report',
    '--kubeconfig',
    kubeconfig,
    '--namespace',
    'default',
  ]);
  return stdout;
};
