import type { KindId } from '../domain/kinds';
import type { MemoryCluster } from './memory-cluster';

/** What a run may meet before it writes anything, whoever started it: the page and the command line are held to the same table. */
export interface RunCase {
  readonly name: string;
  /** Puts the cluster into this state for the creation of an object of this kind. */
  readonly arrange: (cluster: MemoryCluster, kind: KindId) => void;
  /** What the user reads in either host. */
  readonly says: (project: string, kind: string) => RegExp;
  /** The exit codes of `plan` and `ensure` (docs/hooks.md). */
  readonly code: number;
  /** Whether the API server was asked about changes at all. */
  readonly isTried: boolean;
}

const refusedBy =
  (message: string): RunCase['arrange'] =>
  (cluster, kind) => {
    cluster.fail({ verb: 'create', kind, status: { code: 403, reason: 'Forbidden', message } });
  };

/** What page and command line must say alike. */
export const runCases: readonly RunCase[] = [
  {
    name: 'a right is missing',
    arrange: (cluster, kind) => {
      cluster.forbid('create', kind);
    },
    says: (project, kind) =>
      new RegExp(`You are not permitted to create ${kind} in ${project}\\. .*Ask an administrator`),
    code: 4,
    isTried: false,
  },
  {
    name: 'a webhook refuses',
    arrange: refusedBy('admission webhook "teams.example.com" denied the request: label team is required'),
    says: () => /label team is required/,
    code: 1,
    isTried: true,
  },
  {
    name: 'a quota is used up',
    arrange: refusedBy(
      'things "x" is forbidden: exceeded quota: small, requested: count=1, used: count=9, limited: count=9',
    ),
    says: () => /exceeded quota: small.* This is a quota of the project/,
    code: 1,
    isTried: true,
  },
];

/** A cluster, and all that it was asked to write: `try` by a dry run, `write` in earnest. */
export const overheard = (cluster: MemoryCluster): { readonly cluster: MemoryCluster; readonly asked: string[] } => {
  const asked: string[] = [];
  const apply: MemoryCluster['apply'] = (write, how) => {
    asked.push(`${how?.dryRun === true ? 'try' : 'write'} ${write.kind}`);
    return cluster.apply(write, how);
  };
  return { cluster: { ...cluster, apply }, asked };
};
