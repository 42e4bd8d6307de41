import type { Params } from '../checks/check';
import type { Translate } from '../translate';

export type OperatorReason =
  | 'NotInstalled'
  | 'SeveralSubscriptions'
  | 'SeveralGroups'
  | 'NoGroup'
  | 'NotLookedAt'
  | 'Installing'
  | 'CatalogUnhealthy'
  | 'ResolutionFailed'
  | 'ApprovalNeeded'
  | 'InstallPlanFailed'
  | 'VersionMissing'
  | 'VersionInstalling'
  | 'VersionRetried'
  | 'VersionFailed'
  | 'CrdMissing'
  | 'Installed'
  | 'InstalledAlone';

/** What each state of an operator means, and what to do about it. */
export const operatorTexts: Readonly<Record<OperatorReason, (t: Translate, params: Params) => string>> = {
  NotInstalled: (t, params) => t('{{operator}} is not installed.', params),
  SeveralSubscriptions: (t, params) =>
    t('{{operator}} has several Subscriptions: {{list}}. They hinder each other: delete all but one.', params),
  SeveralGroups: (t, params) =>
    t('Project {{project}} has several OperatorGroups: {{list}}. OLM installs nothing there until all but one are deleted.', params),
  NoGroup: (t, params) =>
    t('{{operator}} cannot be installed: project {{project}} has no OperatorGroup. Create one that selects this project.', params),
  NotLookedAt: (t, params) => t('{{operator}} is to be installed. OLM has not looked at its Subscription yet.', params),
  Installing: (t, params) => t('{{operator}} is being installed. {{message}}', params).trim(),
  CatalogUnhealthy: (t, params) =>
    t(
      '{{operator}} waits for the catalog {{source}} in project {{project}}, which does not answer. Installation goes on when it does: look at its pod and at the connection to its registry. {{message}}',
      params,
    ).trim(),
  ResolutionFailed: (t, params) =>
    t('{{operator}} cannot be resolved by OLM: {{message}} Correct source or channel in the Subscription if this does not pass.', params),
  ApprovalNeeded: (t, params) =>
    t('{{operator}} waits for approval. Approve InstallPlan {{plan}} in project {{project}}.', params),
  InstallPlanFailed: (t, params) =>
    t(
      '{{operator}} could not be installed: {{message}} Delete Subscription {{name}} and its ClusterServiceVersion in project {{project}}, then install it again.',
      params,
    ),
  VersionMissing: (t, params) =>
    t(
      '{{operator}}: {{csv}} counts as installed, but is not there. If this does not pass, delete the Subscription in project {{project}} and install it again.',
      params,
    ),
  VersionInstalling: (t, params) => t('{{operator}} is being installed: {{csv}} is {{phase}}. {{message}}', params).trim(),
  VersionRetried: (t, params) => t('{{operator}} failed to install and is tried again: {{csv}}, {{reason}}: {{message}}', params),
  VersionFailed: (t, params) => t('{{operator}} cannot be installed: {{csv}}, {{reason}}: {{message}}', params),
  CrdMissing: (t, params) => t('{{operator}} is installed; its API is not served yet.', params),
  Installed: (t, params) => t('{{operator}} is installed ({{csv}}).', params),
  InstalledAlone: (t, params) =>
    t('{{operator}} is installed ({{csv}}) without a Subscription, so nothing updates it.', params),
};
