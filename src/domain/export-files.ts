import type { Needs, Seen } from './cluster';
import { objectNotes } from './export-notes';
import { applicationFiles } from './gitops/export-application';
import { declarationFiles, projectFiles, secretFiles } from './declaration';
import { exportNeeds, exportValues } from './export-values';
import { platformKinds } from './made-kinds';
import type { KindId } from './kinds';
import { isOwnMap } from './networks/own-map';
import type { KubeObject } from './objects';
import { isOurs, ownSelector } from './ownership';
import { seenAs } from './seen-as';
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

/**
 * Values of the chart that lead to what there is, what we created as objects that kubectl and Argo CD apply, a Secret without values for each
 * Provider, and notes. `unseen`: what the user may not look at, as a list for a sentence.
 */
export const exportFiles = (t: Translate, seen: Seen<typeof exportFilesNeeds>, unseen = ''): ExportedFolder => {
  const { values, notes } = exportValues(seen);
  const declared: readonly (readonly [KindId, readonly KubeObject[]])[] = [
    ...platformKinds.flatMap((kind) => (kind === 'namespaces' ? [] : [[kind, seen[seenAs[kind]]] as const])),
    ['providers', seen.providers],
    ['hosts', seen.hosts],
    ['imageStreams', seen.imageStreams],
    ['buildConfigs', seen.buildConfigs],
    ['roleBindings', seen.roleBindings],
    ['networkAttachmentDefinitions', seen.networks],
    ['networkMaps', seen.networkMaps.filter(isOwnMap)],
  ];
  const objects = declared.flatMap(([kind, all]) => declarationFiles(kind, all));
  const secrets = secretFiles(seen.providers);
  const left = [
    ...notes.map((note) => note(t)),
    ...objectNotes(seen).map((note) => note(t)),
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
      ...applicationFiles(declared.filter(([, all]) => all.some(isOurs)).map(([kind]) => kind)),
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
    `- ${t('With OpenShift GitOps: set `repoURL` and `path` in `argocd/application.yaml` to where this folder is, and run `kubectl apply -R -f argocd`. Fill in and apply the files below `secrets` yourself. It retries by itself, and it never removes anything.')}`,
    '',
    `# ${t('What is left for you')}`,
    '',
    ...left.map((note) => `- ${note}`),
    '',
  ].join('\n');
