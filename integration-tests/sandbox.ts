import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { readAudit } from './audit';
import type { AuditEvent } from './audit';
import type { Reached } from './service-account';

const root = join(import.meta.dirname, '..');

/** What the sandbox writes to sandbox.json (sandbox/cmd/sandbox). */
export interface SandboxInfo {
  readonly console: string;
  readonly apiServer: string;
  readonly log: string;
  /** File with the administrator's login. */
  readonly kubeconfig: string;
  /** File with the authority of the API server. */
  readonly caFile: string;
  /** File with what the API server was asked; empty unless it was started with `audit`. */
  readonly auditLog: string;
  /** Where programs reach MTV's services, with a token and this authority. */
  readonly mtv: { readonly inventory: string; readonly services: string; readonly caCert: string };
  readonly users: readonly { readonly name: string; readonly token: string }[];
  readonly vcenter: {
    readonly url: string;
    readonly user: string;
    readonly password: string;
    readonly caCert: string;
    readonly endpoints: Readonly<Record<string, string>>;
    /** Of root on esxi-3; on the other ESXi hosts it is that of the vCenter. */
    readonly thirdHostPassword: string;
  };
}

export interface RunningSandbox {
  readonly info: SandboxInfo;
  /** Everything that it, etcd and Kubernetes printed and logged so far. */
  readonly output: () => string;
  /** Every request to its API server so far. Only when it was started with `audit`. */
  readonly audit: () => readonly AuditEvent[];
  readonly stop: () => Promise<void>;
}

/** The plugin as an image serves it, in place of the folder dist (images/test/plugin-image.mjs). */
const served =
  process.env.SANDBOX_PLUGIN === undefined
    ? []
    : ['--plugin', process.env.SANDBOX_PLUGIN, '--plugin-ca', process.env.SANDBOX_PLUGIN_CA ?? ''];

/** How its API server is reached. */
export const reachedOf = ({ apiServer, caFile }: SandboxInfo): Reached => ({
  server: apiServer,
  authority: readFileSync(resolve(root, caFile)).toString('base64'),
});

interface SandboxOptions {
  /** A folder with CRDs instead of its own. */
  readonly crds?: string | undefined;
  /** Every request to its API server is written down. */
  readonly audit?: boolean;
}

/** Starts a sandbox of one's own; it ends with this process, whatever happens. */
export const startSandbox = async ({ crds, audit = false }: SandboxOptions = {}): Promise<RunningSandbox> => {
  const instead = [...(crds === undefined ? [] : ['--crds', crds]), ...(audit ? ['--audit'] : []), ...served];
  const child = spawn(
    join(root, '.build/bin/sandbox'),
    ['--quiet', '--until-eof', '--address', '127.0.0.1:0', '--pace', '0.1', ...instead],
    {
      cwd: root,
      stdio: ['pipe', 'pipe', 'pipe'],
    },
  );
  const printed: string[] = [];
  child.stderr.on('data', (data: Buffer) => printed.push(data.toString()));
  const ended = new Promise<void>((resolve) =>
    child.once('exit', () => {
      resolve();
    }),
  );
  const ready = new Promise<string>((resolve, reject) => {
    createInterface(child.stdout).on('line', (line) => {
      printed.push(line);
      if (line.startsWith('READY ')) resolve(join(root, line.slice('READY '.length)));
    });
    child.once('exit', (code) => {
      reject(new Error(`The sandbox ended with ${String(code)}:\n${printed.join('\n')}`));
    });
  });
  const info = JSON.parse(readFileSync(await ready, 'utf8')) as SandboxInfo;
  return {
    info,
    output: () => {
      const folder = dirname(join(root, info.log));
      const logs = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
        (file) => file.endsWith('.log') && !file.includes('etcd/'),
      );
      return [...printed, ...logs.map((file) => `${file}\n${readFileSync(join(folder, file), 'utf8')}`)].join('\n');
    },
    audit: () => readAudit(info.auditLog),
    stop: () => {
      child.stdin.end();
      return ended;
    },
  };
};
