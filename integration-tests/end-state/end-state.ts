import { execFile } from 'node:child_process';
import { join, resolve } from 'node:path';
import type { SandboxInfo } from '../sandbox';
import type { LoggedRequest } from '../test';

const program = join(import.meta.dirname, 'compare.mjs');
const root = join(import.meta.dirname, '../..');

/** What requests wrote to, by the names of resources. */
export const writtenBy = (requests: readonly LoggedRequest[]): readonly string[] => [
  ...new Set(
    requests.flatMap(({ method, path, status }) => {
      const resource = /\/apis?\/(?:[^/]+\/)?v[^/]+\/(?:namespaces\/[^/]+\/)?([a-z-]+)/.exec(path)?.[1];
      return method === 'GET' || status >= 300 || resource === undefined ? [] : [resource];
    }),
  ),
];

/** How what is on the cluster differs from what clicks leave there; nothing when it does not. With RECORD_END_STATE it is recorded first. */
export const unlikeByClicks = (
  { kubeconfig, vcenter }: Pick<SandboxInfo, 'kubeconfig' | 'vcenter'>,
  written: readonly string[],
): Promise<string> =>
  new Promise((answer) => {
    const record = process.env.RECORD_END_STATE === undefined ? [] : ['--record'];
    const child = execFile(
      process.execPath,
      [program, 'clicks', resolve(root, kubeconfig), ...record],
      (_, out, complaints) => {
        answer(out + complaints);
      },
    );
    const names = {
      '<url>': vcenter.url,
      '<user>': vcenter.user,
      '<password>': vcenter.password,
      '<certificate>': vcenter.caCert,
    };
    child.stdin?.end(JSON.stringify({ names, written }));
  });
