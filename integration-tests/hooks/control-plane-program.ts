import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';

const root = join(__dirname, '../..');

/** One of the programs of a control plane. */
export type Program = 'etcd' | 'apiserver' | 'controllers';

/** A request as the API server wrote it down (audit.k8s.io/v1 Event, level Metadata). A watch is there twice: when it began and when it ended. */
export interface AuditEvent {
  readonly auditID: string;
  readonly stage: 'ResponseStarted' | 'ResponseComplete' | 'Panic';
  readonly verb: string;
  readonly requestURI: string;
  readonly user: { readonly username: string; readonly groups?: readonly string[] };
  readonly userAgent?: string;
  /** What was asked for; absent when it was no resource. */
  readonly objectRef?: {
    readonly resource: string;
    readonly namespace?: string;
    readonly name?: string;
    readonly apiGroup?: string;
    readonly apiVersion?: string;
    readonly subresource?: string;
  };
  readonly responseStatus?: { readonly code?: number };
  /** When it came and when it got to this stage, RFC 3339. */
  readonly requestReceivedTimestamp: string;
  readonly stageTimestamp: string;
}

/** A control plane as a child of this process, and what can be done to its programs. */
export interface ControlPlaneProgram {
  readonly kubeconfig: string;
  /** Every request so far, in the order of the answers. Empty unless it was started with `audit`. */
  readonly audit: () => readonly AuditEvent[];
  /** Ends a program in order. */
  readonly halt: (program: Program) => Promise<void>;
  /** Starts a program that has ended, and waits until it answers. */
  readonly begin: (program: Program) => Promise<void>;
  /** Kills a program, starts it again at its address, and waits until it answers. */
  readonly restart: (program: Program) => Promise<void>;
  /** Keeps a program where it is: its connections stay open, and nothing answers on them. */
  readonly pause: (program: Program) => Promise<void>;
  readonly resume: (program: Program) => Promise<void>;
  /** Ends everything. */
  readonly stop: () => Promise<void>;
}

/** Starts `.build/bin/controlplane`, which ends with this process. Fails when it ends before it is ready. */
export const startProgram = async ({ audit = false } = {}): Promise<ControlPlaneProgram> => {
  const child = spawn(join(root, '.build/bin/controlplane'), audit ? ['-audit'] : [], {
    cwd: root,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const waiting: { readonly resolve: (line: string) => void; readonly reject: (reason: Error) => void }[] = [];
  const answer = () =>
    new Promise<string>((resolve, reject) => {
      waiting.push({ resolve, reject });
    });
  createInterface(child.stdout).on('line', (line) => {
    waiting.shift()?.resolve(line);
  });
  const ended = new Promise<void>((resolve) => {
    const end = (why: string) => {
      for (const { reject } of waiting.splice(0)) reject(new Error(`the control plane ended: ${why}`));
      resolve();
    };
    child.once('error', ({ message }) => {
      end(message);
    });
    child.once('exit', (code) => {
      end(String(code));
    });
  });
  const kubeconfig = (await answer()).replace('READY ', '');
  const log = join(dirname(kubeconfig), 'audit.log');
  const tell = (verb: string) => async (program: Program) => {
    const answered = answer();
    child.stdin.write(`${verb} ${program}\n`);
    const line = await answered;
    if (line !== 'DONE') throw new Error(line);
  };
  return {
    kubeconfig,
    audit: () =>
      audit
        ? readFileSync(log, 'utf8')
            .split('\n')
            .filter(Boolean)
            .map((line) => JSON.parse(line) as AuditEvent)
        : [],
    halt: tell('stop'),
    begin: tell('start'),
    restart: tell('restart'),
    pause: tell('pause'),
    resume: tell('resume'),
    stop: async () => {
      child.stdin.end();
      await ended;
    },
  };
};
