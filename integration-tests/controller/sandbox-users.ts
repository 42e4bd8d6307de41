import { request } from 'node:http';
import { request as secureRequest } from 'node:https';
import { loadKubeConfig } from '../../src/cluster/kube-config';
import { nodeCluster } from '../../src/cluster/node-cluster';
import type { Cluster } from '../../src/domain/cluster';
import { fileWith } from '../hooks/program';
import { reachedOf } from '../sandbox';
import type { RunningSandbox, SandboxInfo } from '../sandbox';
import { kubeconfigWith } from '../service-account';

/** Brings the cluster into a state. */
export const reset = ({ info }: RunningSandbox, scenario: string): Promise<void> =>
  new Promise((done, reject) => {
    request(`${info.console}/_sandbox/reset?scenario=${scenario}`, { method: 'POST' }, (answer) => {
      answer.resume();
      answer.on('end', () => {
        if (answer.statusCode === 204) done();
        else reject(new Error(`reset: ${String(answer.statusCode)}`));
      });
    })
      .on('error', reject)
      .end();
  });

/** Requests as the sandbox's administrator. */
export interface Administrator {
  readonly token: string;
  /** A patch is a merge patch. `undefined`: there is no such thing. */
  readonly ask: <T>(
    method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
    path: string,
    body?: unknown,
  ) => Promise<T | undefined>;
  readonly post: (path: string, body: unknown) => Promise<unknown>;
}

/** Who may do anything there. */
export const administratorOf = (info: SandboxInfo): Administrator => {
  const token = info.users.find(({ name }) => name === 'kubeadmin')?.token ?? '';
  const { server, authority } = reachedOf(info);
  const ca = Buffer.from(authority, 'base64');
  const ask: Administrator['ask'] = <T>(method: string, path: string, body?: unknown) =>
    new Promise<T | undefined>((answer, reject) => {
      const type = method === 'PATCH' ? 'application/merge-patch+json' : 'application/json';
      const headers = { Authorization: `Bearer ${token}`, 'Content-Type': type };
      const outgoing = secureRequest(server + path, { method, headers, ca }, (incoming) => {
        const chunks: Buffer[] = [];
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
        incoming.on('end', () => {
          const text = Buffer.concat(chunks).toString();
          const { statusCode = 0 } = incoming;
          if (statusCode === 404) answer(undefined);
          else if (statusCode < 300) answer(JSON.parse(text) as T);
          else reject(new Error(`${method} ${path}: ${text}`));
        });
      });
      outgoing.on('error', reject);
      outgoing.end(body === undefined ? undefined : JSON.stringify(body));
    });
  return { token, ask, post: (path, body) => ask('POST', path, body) };
};

/** The cluster as a user of the sandbox reaches it. */
export const clusterAs = ({ info }: RunningSandbox, name: string): Cluster => {
  const token = info.users.find((user) => user.name === name)?.token ?? '';
  const kubeconfig = fileWith(kubeconfigWith(reachedOf(info), token));
  const config = loadKubeConfig({ kubeconfig, context: undefined });
  if (!config.ok) throw new Error(config.error.code);
  return nodeCluster(config.value);
};
