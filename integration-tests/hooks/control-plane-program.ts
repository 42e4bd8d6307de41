import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { readAudit } from '../audit';
import type { AuditEvent } from '../audit';

const root = join(__dirname, '../..');

/** One of the programs of a control plane. */
export type Program = 'etcd' | 'apiserver' | 'controllers';

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
    audit: () => (audit ? readAudit(log) : []),
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
