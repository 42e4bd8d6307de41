import type { Sentences } from '../reading';

/** What there is to say of an operator; its sentences are `operatorTexts`. */
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
      'The state of {{operator}} is unknown: {{kind}} {{list}} exists, but without a Subscription, ClusterServiceVersion or ClusterExtension. Nothing shows whether an operator manages it.',
      params,
    ),
  InstalledTwice: (t, params) =>
    t(
      '{{operator}} is installed more than once: {{list}}. The copies interfere with each other: delete all but one.',
      params,
    ),
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
  NotLookedAt: (t, params) => t('{{operator}} will be installed. OLM has not processed its Subscription yet.', params),
  Installing: (t, params) => t('{{operator}} is being installed. {{message}}', params).trim(),
  CatalogUnhealthy: (t, params) =>
    t(
      "Catalog {{source}} in project {{project}} does not answer, so {{operator}} cannot be installed yet. Check the catalog's pod and its connection to the registry. Installation continues when the catalog answers. {{message}}",
      params,
    ).trim(),
  OtherCatalog: (t, params) =>
    t(
      'No answer from catalog {{list}}. {{operator}} comes from another catalog, but OLM installs nothing in a project while any catalog that it sees is unhealthy. Fix or delete the catalog that does not answer. The Subscription of {{operator}} is correct. {{message}}',
      params,
    ).trim(),
  CatalogMissing: (t, params) =>
    t(
      '{{operator}} cannot be installed: catalog {{source}} does not exist in project {{project}}, or it is empty. Correct the source in the Subscription, or add the catalog.',
      params,
    ),
  PackageMissing: (t, params) =>
    t(
      '{{operator}} cannot be installed: catalog {{source}} has no package {{package}}. Correct the source in the Subscription, or add the package to the catalog.',
      params,
    ),
  ChannelMissing: (t, params) =>
    t(
      '{{operator}} cannot be installed: package {{package}} has no channel {{channel}} in catalog {{source}}. Set a channel that exists, or leave it out to get the default.',
      params,
    ),
  StartingVersionMissing: (t, params) =>
    t(
      '{{operator}} cannot be installed: the channel has no version {{csv}}. Correct startingCSV in the Subscription, or leave it out.',
      params,
    ),
  PackageTwice: (t, params) =>
    t(
      '{{operator}} cannot be installed: package {{package}} is already installed or requested in project {{project}}. Delete the extra Subscription. OLM says: {{message}}',
      params,
    ),
  OtherSubscription: (t, params) =>
    t(
      'OLM cannot resolve Subscription {{name}} in project {{project}}. Until it can, it installs nothing there, {{operator}} included. Fix or delete that Subscription. OLM says: {{message}}',
      params,
    ),
  OrphanedVersion: (t, params) =>
    t(
      '{{operator}} cannot be installed while ClusterServiceVersion {{list}} is in project {{project}}, because the Subscription that it came from is gone. Delete that ClusterServiceVersion. OLM then installs the operator again. Source and channel are correct.',
      params,
    ),
  ResolutionFailed: (t, params) => t('OLM cannot resolve {{operator}}. It says: {{message}}', params),
  ApprovalNeeded: (t, params) =>
    t('{{operator}} is waiting for approval. Approve InstallPlan {{plan}} in project {{project}}.', params),
  UnpackFailed: (t, params) =>
    t(
      'OLM could not unpack {{operator}}. Check that the nodes can pull its bundle image. Then, in project {{project}}, delete the failed Job with the label operatorframework.io/bundle-unpack-ref and the ConfigMap that this label names. OLM then unpacks it again; reinstalling the operator does not help. OLM says: {{message}}',
      params,
    ),
  UnpackPrevented: (t, params) => t('OLM could not unpack {{operator}}. It says: {{message}}', params),
  InstallPlanFailed: (t, params) =>
    t(
      '{{operator}} could not be installed, and OLM does not retry. Fix the cause. Then delete Subscription {{name}} and its ClusterServiceVersion in project {{project}}, and install {{operator}} again. {{message}}',
      params,
    ).trim(),
  VersionMissing: (t, params) =>
    t(
      '{{operator}}: OLM reports {{csv}} as installed, but it does not exist. If this does not change soon, delete the Subscription in project {{project}} and install the operator again.',
      params,
    ),
  VersionInstalling: (t, params) =>
    t('{{operator}} is being installed: {{csv}} is {{phase}}. {{message}}', params).trim(),
  VersionRetried: (t, params) =>
    t('{{operator}} failed to install, and OLM retries: {{csv}}, {{reason}}: {{message}}', params),
  VersionFailed: (t, params) => t('{{operator}} cannot be installed: {{csv}}, {{reason}}: {{message}}', params),
  CrdMissing: (t, params) => t('{{operator}} is installed; its API is not served yet.', params),
  ExtensionInstalling: (t, params) =>
    t('{{operator}} is being installed by ClusterExtension {{name}}. {{message}}', params).trim(),
  ExtensionBlocked: (t, params) =>
    t(
      '{{operator}} cannot be installed by ClusterExtension {{name}}, and OLM does not retry. It says: {{message}}',
      params,
    ),
  Installed: (t, params) => t('{{operator}} is installed ({{csv}}).', params),
  InstalledAlone: (t, params) =>
    t('{{operator}} is installed ({{csv}}) without a Subscription, so nothing updates it.', params),
  InstalledByExtension: (t, params) => t('{{operator}} is installed by ClusterExtension {{name}} ({{csv}}).', params),
};
