import type { Sentences } from '../reading';

export type OperatorReason =
  | 'NotInstalled'
  | 'OperandAlone'
  | 'InstalledTwice'
  | 'SeveralGroups'
  | 'NoGroup'
  | 'NotLookedAt'
  | 'Installing'
  | 'CatalogUnhealthy'
  | 'OtherCatalog'
  | 'CatalogMissing'
  | 'PackageMissing'
  | 'ChannelMissing'
  | 'StartingVersionMissing'
  | 'PackageTwice'
  | 'OtherSubscription'
  | 'OrphanedVersion'
  | 'ResolutionFailed'
  | 'ApprovalNeeded'
  | 'UnpackFailed'
  | 'UnpackPrevented'
  | 'InstallPlanFailed'
  | 'VersionMissing'
  | 'VersionInstalling'
  | 'VersionRetried'
  | 'VersionFailed'
  | 'CrdMissing'
  | 'ExtensionInstalling'
  | 'ExtensionBlocked'
  | 'Installed'
  | 'InstalledAlone'
  | 'InstalledByExtension';

/** What each state of an operator means, and what to do about it. */
export const operatorTexts: Sentences<OperatorReason> = {
  NotInstalled: (t, params) => t('{{operator}} is not installed.', params),
  OperandAlone: (t, params) =>
    t(
      '{{operator}} cannot be judged: {{kind}} {{list}} is there, but no Subscription, ClusterServiceVersion or ClusterExtension that it belongs to. Nothing tells what runs it, or whether anything does.',
      params,
    ),
  InstalledTwice: (t, params) =>
    t('{{operator}} is installed more than once: {{list}}. They hinder each other: delete all but one.', params),
  SeveralGroups: (t, params) =>
    t(
      'Project {{project}} has several OperatorGroups: {{list}}. OLM installs nothing there until all but one are deleted.',
      params,
    ),
  NoGroup: (t, params) =>
    t(
      '{{operator}} cannot be installed: project {{project}} has no OperatorGroup. Create one that selects this project.',
      params,
    ),
  NotLookedAt: (t, params) => t('{{operator}} is to be installed. OLM has not looked at its Subscription yet.', params),
  Installing: (t, params) => t('{{operator}} is being installed. {{message}}', params).trim(),
  CatalogUnhealthy: (t, params) =>
    t(
      '{{operator}} waits for the catalog {{source}} in project {{project}}, which does not answer. Installation goes on when it does: look at its pod and at the connection to its registry. {{message}}',
      params,
    ).trim(),
  OtherCatalog: (t, params) =>
    t(
      '{{operator}} waits for the catalog {{list}}, which does not answer, although it comes from another. OLM resolves nothing in a project while any catalog that it sees is broken. Mend or delete that catalog. The Subscription of {{operator}} is right. {{message}}',
      params,
    ).trim(),
  CatalogMissing: (t, params) =>
    t(
      '{{operator}} cannot be installed: there is no catalog {{source}} in project {{project}}, or it offers nothing. Correct the source in the Subscription, or add the catalog.',
      params,
    ),
  PackageMissing: (t, params) =>
    t(
      '{{operator}} cannot be installed: catalog {{source}} has no package {{package}}. Correct the source in the Subscription, or add the package to the catalog.',
      params,
    ),
  ChannelMissing: (t, params) =>
    t(
      '{{operator}} cannot be installed: package {{package}} has no channel {{channel}} in catalog {{source}}. Name a channel that it has, or none to get the default.',
      params,
    ),
  StartingVersionMissing: (t, params) =>
    t(
      '{{operator}} cannot be installed: the channel has no version {{csv}}. Correct startingCSV in the Subscription, or leave it out.',
      params,
    ),
  PackageTwice: (t, params) =>
    t(
      '{{operator}} cannot be installed: something in project {{project}} has installed or wants package {{package}} already. Delete the Subscription that is too many. OLM says: {{message}}',
      params,
    ),
  OtherSubscription: (t, params) =>
    t(
      '{{operator}} waits: OLM resolves nothing in project {{project}} while Subscription {{name}} there cannot be resolved. Mend or delete that one. OLM says: {{message}}',
      params,
    ),
  OrphanedVersion: (t, params) =>
    t(
      '{{operator}} cannot be installed while ClusterServiceVersion {{list}} is in project {{project}}: the Subscription that it came from is gone. Delete that ClusterServiceVersion; OLM then installs it again. Source and channel are right.',
      params,
    ),
  ResolutionFailed: (t, params) => t('{{operator}} cannot be resolved by OLM, which says: {{message}}', params),
  ApprovalNeeded: (t, params) =>
    t('{{operator}} waits for approval. Approve InstallPlan {{plan}} in project {{project}}.', params),
  UnpackFailed: (t, params) =>
    t(
      '{{operator}} could not be unpacked. See whether the nodes can pull the image of its bundle. Then delete in project {{project}} the failed Job with the label operatorframework.io/bundle-unpack-ref and the ConfigMap that this label names: OLM unpacks it anew. Installing it again does not. OLM says: {{message}}',
      params,
    ),
  UnpackPrevented: (t, params) => t('{{operator}} could not be unpacked. OLM says: {{message}}', params),
  InstallPlanFailed: (t, params) =>
    t(
      '{{operator}} could not be installed, and OLM does not try this again. It says: {{message}} When the cause is mended, delete Subscription {{name}} and its ClusterServiceVersion in project {{project}}, then install it again.',
      params,
    ),
  VersionMissing: (t, params) =>
    t(
      '{{operator}}: {{csv}} counts as installed, but is not there. If this does not pass, delete the Subscription in project {{project}} and install it again.',
      params,
    ),
  VersionInstalling: (t, params) =>
    t('{{operator}} is being installed: {{csv}} is {{phase}}. {{message}}', params).trim(),
  VersionRetried: (t, params) =>
    t('{{operator}} failed to install and is tried again: {{csv}}, {{reason}}: {{message}}', params),
  VersionFailed: (t, params) => t('{{operator}} cannot be installed: {{csv}}, {{reason}}: {{message}}', params),
  CrdMissing: (t, params) => t('{{operator}} is installed; its API is not served yet.', params),
  ExtensionInstalling: (t, params) =>
    t('{{operator}} is being installed by ClusterExtension {{name}}. {{message}}', params).trim(),
  ExtensionBlocked: (t, params) =>
    t(
      '{{operator}} cannot be installed by ClusterExtension {{name}}, and OLM does not try again. It says: {{message}}',
      params,
    ),
  Installed: (t, params) => t('{{operator}} is installed ({{csv}}).', params),
  InstalledAlone: (t, params) =>
    t('{{operator}} is installed ({{csv}}) without a Subscription, so nothing updates it.', params),
  InstalledByExtension: (t, params) => t('{{operator}} is installed by ClusterExtension {{name}} ({{csv}}).', params),
};
