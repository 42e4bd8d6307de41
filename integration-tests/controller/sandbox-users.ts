import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { resolve } from 'node:path';
import { stringify } from 'yaml';
import { loadKubeConfig } from '../../src/cluster/kube-config';
import { nodeCluster } from '../../src/cluster/node-cluster';
import type { Cluster } from '../../src/domain/cluster';
import { fileWith } from '../hooks/program';
import type { RunningSandbox } from '../sandbox';

const root = resolve(__dirname, '../..');

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

/** The cluster as a user of the sandbox reaches it. */
export const clusterAs = ({ info }: RunningSandbox, name: string): Cluster => {
  const token = info.users.find((user) => user.name === name)?.token ?? '';
  const authority = readFileSync(resolve(root, info.caFile)).toString('base64');
  const kubeconfig = fileWith(
    stringify({
      clusters: [{ name: 'c', cluster: { server: info.apiServer, 'certificate-authority-data': authority } }],
      users: [{ name: 'u', user: { token } }],
      contexts: [{ name: 'x', context: { cluster: 'c', user: 'u' } }],
      'current-context': 'x',
    }),
  );
  const config = loadKubeConfig({ kubeconfig, context: undefined });
  if (!config.ok) throw new Error(config.error.code);
  return nodeCluster(config.value);
};
