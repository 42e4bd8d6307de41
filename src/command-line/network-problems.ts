import type { PrepareFile } from '../domain/prepare-file';

/** What no schema can say is wrong with `prepare.networks`, a sentence each: where it is, and what to do. */
export const networkProblems = ({ rules, ...policy }: PrepareFile['networks']): readonly string[] => [
  ...rules.flatMap(({ vlan }, at) => badRanges(String(vlan), `prepare.networks.rules[${String(at)}].vlan`)),
  ...unreachable(policy),
];

const badRanges = (vlan: string, path: string): readonly string[] =>
  (vlan === '' || vlan === 'untagged' ? [] : vlan.split(',')).flatMap((range) => {
    const [first = 0, last = first] = range.split('-').map(Number);
    if (first >= 1 && last <= 4094 && first <= last) return [];
    return [`${path}: ${range} is no range of VLANs. They go from 1 to 4094, the lower one first.`];
  });

/** A project to be created in which nothing may be created is of no use. */
const unreachable = ({
  namespaces,
  createNamespaces,
}: Pick<PrepareFile['networks'], 'namespaces' | 'createNamespaces'>): readonly string[] =>
  createNamespaces.flatMap((name, at) =>
    namespaces.length === 0 || namespaces.includes(name)
      ? []
      : [
          `prepare.networks.createNamespaces[${String(at)}]: ${name} is not in prepare.networks.namespaces, so no network may be created there. Add it there too.`,
        ],
  );
