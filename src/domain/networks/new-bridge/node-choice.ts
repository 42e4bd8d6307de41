import type { NodeReport } from './facts';
import { isReady, machineNodes } from './facts';

/** The nodes that a policy is for: first one of them, then all that have the labels. */
export interface NodeChoice {
  readonly first: { readonly node: string; readonly selector: Readonly<Record<string, string>> };
  readonly selector: Readonly<Record<string, string>>;
  /** All that have the labels, by name. */
  readonly nodes: readonly string[];
}

/** Why nodes cannot be chosen. `NoLabel`: no label tells those that are able from the others. */
export type ChoiceProblem =
  { readonly code: 'NoNode' } | { readonly code: 'NoLabel'; readonly nodes: readonly string[] };

const hostname = 'kubernetes.io/hostname';
const worker = 'node-role.kubernetes.io/worker';
/** KubeVirt takes it away while its part on the node restarts. */
const schedulable = 'kubevirt.io/schedulable';

/**
 * Chooses nodes by a label, because a policy selects by exact labels only (docs/facts/forklift.md §8): all nodes with the label are able, and all
 * nodes that run virtual machines and are able have it. So nothing is ever asked of a node whose card carries traffic.
 */
export const chooseNodes = (
  reports: readonly NodeReport[],
  isAble: (report: NodeReport) => boolean,
): NodeChoice | ChoiceProblem => {
  const wanted = machineNodes(reports).filter(isAble);
  const first = wanted.find(({ node }) => isReady(node)) ?? wanted[0];
  if (!first) return { code: 'NoNode' };
  const nameOf = ({ node }: NodeReport): string => node.metadata.name;
  const labelsOf = ({ node }: NodeReport): Readonly<Record<string, string>> => node.metadata.labels ?? {};
  const matching = (key: string, value: string): readonly NodeReport[] =>
    reports.filter((each) => labelsOf(each)[key] === value);
  const host = labelsOf(first)[hostname] ?? nameOf(first);
  const one = { node: nameOf(first), selector: { [hostname]: host } };
  if (wanted.length === 1) return { first: one, selector: one.selector, nodes: [one.node] };
  const found = Object.keys(labelsOf(first))
    .sort((a, b) => rankOf(a) - rankOf(b) || (a < b ? -1 : 1))
    .find((key) => {
      const value = labelsOf(first)[key] ?? '';
      return wanted.every((each) => labelsOf(each)[key] === value) && matching(key, value).every(isAble);
    });
  if (found === undefined) return { code: 'NoLabel', nodes: wanted.map(nameOf) };
  const value = labelsOf(first)[found] ?? '';
  return { first: one, selector: { [found]: value }, nodes: matching(found, value).map(nameOf) };
};

/** What everybody uses before anything else. */
const rankOf = (key: string): number => (key === worker ? 0 : key === schedulable ? 2 : 1);
