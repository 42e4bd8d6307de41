import type { Needs, Seen } from './cluster';
import { declarationFiles, projectFiles, secretFiles } from './declaration';
import { exportNeeds, exportValues } from './export-values';
import { platformKinds } from './made-kinds';
import { isOwnMap } from './networks/own-map';
import { ownSelector } from './ownership';
import type { Translate } from './translate';
import { yamlOf } from './yaml';
import type { FolderFile } from './zip';

const ours = <K extends string>(kind: K) => ({ list: kind, labelSelector: ownSelector }) as const;

/** What an export looks at: for the values, and of what we created. Secrets are not among it. */
export const exportFilesNeeds = {
  ...exportNeeds,
  hosts: ours('hosts'),
  networkMaps: ours('networkMaps'),
  imageStreams: ours('imageStreams'),
  buildConfigs: ours('buildConfigs'),
  roleBindings: ours('roleBindings'),
  namespaces: ours('namespaces'),
  operatorGroups: ours('operatorGroups'),
  nmStates: ours('nmStates'),
} as const satisfies Needs;

/** A folder for Git, and how many things it leaves for people. */
export interface ExportedFolder {
  readonly files: readonly FolderFile[];
  readonly left: readonly string[];
}

const seenAs = {
  lvmClusters: 'lvmClusters',
  hyperConvergeds: 'hyperConvergeds',
  forkliftControllers: 'controllers',
  subscriptions: 'subscriptions',
  operatorGroups: 'operatorGroups',
  nmStates: 'nmStates',
} as const;

/**
 * Values of the chart that lead to what there is, what we created as objects that kubectl and Argo CD apply, a Secret without values for each
 * Provider, and notes. `unseen`: what the user may not look at, as a list for a sentence.
 */
export const exportFiles = (t: Translate, seen: Seen<typeof exportFilesNeeds>, unseen = ''): ExportedFolder => {
  const { values, notes } = exportValues(seen);
  const objects = [
    ...platformKinds.flatMap((kind) => (kind === 'namespaces' ? [] : declarationFiles(kind, seen[seenAs[kind]]))),
    ...declarationFiles('providers', seen.providers),
    ...declarationFiles('hosts', seen.hosts),
    ...declarationFiles('imageStreams', seen.imageStreams),
    ...declarationFiles('buildConfigs', seen.buildConfigs),
    ...declarationFiles('roleBindings', seen.roleBindings),
    ...declarationFiles('networkAttachmentDefinitions', seen.networks),
    ...declarationFiles('networkMaps', seen.networkMaps.filter(isOwnMap)),
  ];
  const secrets = secretFiles(seen.providers);
  const left = [
    ...notes.map((note) => note(t)),
    ...(seen.hosts.length > 0 ? [t('The Secrets of ESXi hosts are not exported. Create them again.')] : []),
    ...(unseen === '' ? [] : [t('You may not look at these, so they are left out: {{list}}.', { list: unseen })]),
  ];
  return {
    files: [
      { path: 'values.yaml', content: yamlOf(values) },
      { path: 'NOTES.md', content: notesText(t, left) },
      ...projectFiles([...objects, ...secrets]),
      ...objects,
      ...secrets,
    ],
    left,
  };
};

const notesText = (t: Translate, left: readonly string[]): string =>
  [
    `# ${t('How to use this folder')}`,
    '',
    t('There are two ways. Use one of them for a cluster, not both.'),
    '',
    `- ${t('Give `values.yaml` to the chart of Migration Prep. It leads to the same.')}`,
    `- ${t('Or apply the objects: fill in the files below `secrets` and run `kubectl apply -R -f objects`, then `kubectl apply -R -f secrets`. Do not commit what you filled in. What needs an operator that is still being installed is refused: run it again later.')}`,
    `- ${t('With Argo CD, let an Application have the folder `objects` as its path, with `directory.recurse: true`. It retries by itself.')}`,
    '',
    `# ${t('What is left for you')}`,
    '',
    ...left.map((note) => `- ${note}`),
    '',
  ].join('\n');
