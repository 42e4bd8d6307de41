import { readFileSync, writeFileSync } from 'node:fs';
import { Agent, request } from 'node:https';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';
import { loadKubeConfig } from '../../src/cluster/kube-config';
import { nodeCluster } from '../../src/cluster/node-cluster';
import type { Cluster } from '../../src/domain/cluster';
import { apiVersionOf, kinds } from '../../src/domain/kinds';
import type { KindId } from '../../src/domain/kinds';
import { serviceAccount } from '../service-account';
import type { Rule } from '../service-account';
import { startProgram } from './control-plane-program';
import type { ControlPlaneProgram } from './control-plane-program';

interface Kubeconfig {
  readonly clusters: readonly {
    readonly cluster: { readonly server: string; readonly 'certificate-authority-data': string };
  }[];
  readonly users: readonly { readonly user: Readonly<Record<string, string>> }[];
}

export interface Answer {
  readonly code: number;
  readonly body: unknown;
}

export interface Put {
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly [field: string]: unknown };
  readonly status?: unknown;
  readonly [field: string]: unknown;
}

/** A real Kubernetes with nothing in it, and what tests do there as its administrator. */
export interface ControlPlane extends ControlPlaneProgram {
  readonly cluster: Cluster;
  /** A request as the administrator; a patch is a merge patch. */
  readonly ask: (method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, body?: unknown) => Promise<Answer>;
  /** Makes kinds known, with any content and a status of its own. */
  readonly install: (...ids: readonly KindId[]) => Promise<void>;
  /** Creates an object, or changes it, with its status: as the cluster's own controllers would. */
  readonly put: (kind: KindId, object: Put) => Promise<void>;
  /** An object; `undefined` when it is not there. */
  readonly read: <T>(kind: KindId, name: string, namespace?: string) => Promise<T | undefined>;
  readonly names: (kind: KindId) => Promise<readonly string[]>;
  /** A ServiceAccount with these rights and no others: the kubeconfig with its real token. */
  readonly account: (name: string, rules: readonly Rule[]) => Promise<string>;
}

/** The cluster as a kubeconfig reaches it. */
export const clusterOf = (kubeconfig: string): Cluster => {
  const config = loadKubeConfig({ kubeconfig, context: undefined });
  if (!config.ok) throw new Error(config.error.code);
  return nodeCluster(config.value);
};

/** Where an object of a kind is, or its list. */
export const pathOf = (kind: KindId, name = '', namespace?: string): string => {
  const { group, version, plural } = kinds[kind];
  return [
    group ? `/apis/${group}/${version}` : `/api/${version}`,
    ...(namespace === undefined ? [] : ['namespaces', namespace]),
    plural,
    ...(name === '' ? [] : [name]),
  ].join('/');
};

/** Starts a control plane, which ends with this process; with `audit`, it writes every request down. */
export const startControlPlane = async (options?: { readonly audit?: boolean }): Promise<ControlPlane> => {
  const program = await startProgram(options);
  const { kubeconfig } = program;
  const config = parse(readFileSync(kubeconfig, 'utf8')) as Kubeconfig;
  const { server, 'certificate-authority-data': authority } = config.clusters[0]?.cluster ?? {
    server: '',
    'certificate-authority-data': '',
  };
  const { 'client-certificate': certificate = '', 'client-key': key = '' } = config.users[0]?.user ?? {};
  const identity = { ca: Buffer.from(authority, 'base64'), cert: readFileSync(certificate), key: readFileSync(key) };

  // Connections are kept: thousands of requests would each begin with a handshake.
  const agent = new Agent({ keepAlive: true, maxSockets: 40, ...identity });
  const ask: ControlPlane['ask'] = (method, path, body) =>
    new Promise((resolve, reject) => {
      const headers = { 'Content-Type': method === 'PATCH' ? 'application/merge-patch+json' : 'application/json' };
      const outgoing = request(server + path, { method, headers, agent }, (incoming) => {
        const chunks: Buffer[] = [];
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
        incoming.on('end', () => {
          resolve({ code: incoming.statusCode ?? 0, body: JSON.parse(Buffer.concat(chunks).toString()) });
        });
      });
      outgoing.on('error', reject);
      outgoing.end(body === undefined ? undefined : JSON.stringify(body));
    });
  const must = async (...request: Parameters<typeof ask>): Promise<unknown> => {
    const { code, body } = await ask(...request);
    if (code >= 300) throw new Error(`${request[0]} ${request[1]}: ${String(code)} ${JSON.stringify(body)}`);
    return body;
  };
  const cluster = clusterOf(kubeconfig);

  const install: ControlPlane['install'] = async (...ids) => {
    for (const id of ids)
      await must('POST', '/apis/apiextensions.k8s.io/v1/customresourcedefinitions', definitionOf(id));
    for (const id of ids) {
      while (!(await cluster.list({ list: id })).ok) await cluster.pause(50);
    }
  };

  const account: ControlPlane['account'] = async (name, rules) => {
    const file = join(dirname(kubeconfig), `${name}.kubeconfig`);
    writeFileSync(
      file,
      await serviceAccount((path, body) => must('POST', path, body), { server, authority }, { name, rules }),
    );
    return file;
  };

  const put: ControlPlane['put'] = async (kind, object) => {
    const { name, namespace } = object.metadata;
    const whole = { apiVersion: apiVersionOf(kinds[kind]), kind: kinds[kind].kind, ...object };
    const made = await ask('POST', pathOf(kind, '', namespace), whole);
    if (made.code !== 201) await must('PATCH', pathOf(kind, name, namespace), object);
    if (object.status !== undefined)
      await must('PATCH', `${pathOf(kind, name, namespace)}/status`, { status: object.status });
  };
  const read = async <T>(kind: KindId, name: string, namespace?: string): Promise<T | undefined> => {
    const { code, body } = await ask('GET', pathOf(kind, name, namespace));
    return code === 200 ? (body as T) : undefined;
  };
  const names = async (kind: KindId) =>
    ((await must('GET', pathOf(kind))) as { items: Put[] }).items.map(({ metadata }) => metadata.name);

  const stop = () => {
    agent.destroy();
    return program.stop();
  };
  return { ...program, stop, put, read, names, cluster, ask, install, account };
};

const definitionOf = (id: KindId) => {
  const { group, version, kind, plural, namespaced } = kinds[id];
  return {
    metadata: { name: `${plural}.${group}` },
    spec: {
      group,
      scope: namespaced ? 'Namespaced' : 'Cluster',
      names: { kind, plural, singular: kind.toLowerCase(), listKind: `${kind}List` },
      versions: [
        {
          name: version,
          served: true,
          storage: true,
          subresources: { status: {} },
          schema: { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } },
        },
      ],
    },
  };
};
