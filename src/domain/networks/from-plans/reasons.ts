import type { Sentences } from '../../reading';
import type { InventoryFailure } from '../inventory';

/** Why a network that a plan needs is not created, or one that nothing needs is not removed. Also the reason of the Event. */
export type NoteReason =
  // The plan and what it refers to.
  | 'NetworkMapNotGiven'
  | 'NetworkMapMissing'
  | 'ProviderNotGiven'
  | 'ProviderMissing'
  | 'ProviderNotReady'
  | 'ProvidersDiffer'
  | `Inventory${InventoryFailure['code']}`
  // Where it is to be.
  | 'DestinationNameInvalid'
  | 'DestinationWithoutProject'
  | 'DestinationElsewhere'
  | 'ProjectNotAllowed'
  | 'ProjectMissing'
  | 'ProjectTerminating'
  // Which network it is to be.
  | 'SourceNotGiven'
  | 'SourceMissing'
  | 'SourceAmbiguous'
  | 'VlanTrunk'
  | 'VlanUntaggedOrPrivate'
  | 'VlanDisagreeing'
  | 'VlanUnknown'
  | 'NoRule'
  | 'SwitchUnknown'
  | 'SwitchIsolated'
  | 'NodesDiffer'
  | 'OtherVlan'
  | 'SourcesConflict'
  // What is there.
  | 'NetworkDiffers'
  | 'NetworkLeaving'
  | 'NetworkNotCreated'
  | 'UsersUnknown';

/** What each reason means, and what to do about it. docs/controller.md has the same list. */
export const noteSentences: Sentences<NoteReason> = {
  NetworkMapNotGiven: (t) =>
    t('The migration plan does not name a network map with its project. Choose one in the plan.'),
  NetworkMapMissing: (t, params) =>
    t('The network map {{map}} does not exist. Create it, or choose another one in the plan.', params),
  ProviderNotGiven: (t) =>
    t('The migration plan does not name its providers with their projects. Choose them in the plan.'),
  ProviderMissing: (t, params) =>
    t('The provider {{provider}} does not exist. Create it, or choose another one in the plan.', params),
  ProviderNotReady: (t, params) =>
    t('The provider {{provider}} is not ready. Correct what its conditions say. The network follows then.', params),
  ProvidersDiffer: (t, params) =>
    t(
      'The network map {{map}} is for the provider {{provider}}, and the plan is for another one. Choose a map for the provider of the plan.',
      params,
    ),
  InventoryLoading: (t, params) =>
    t('MTV is still reading the inventory of {{provider}}. The network follows then.', params),
  InventoryDown: (t, params) =>
    t(
      'The inventory of {{provider}} does not answer, as while MTV restarts. If this lasts, check the pods of MTV.',
      params,
    ),
  InventoryForbidden: (t, params) =>
    t(
      'Migration Prep is not permitted to read the inventory of {{provider}}. Grant its account the right to get providers in that project.',
      params,
    ),
  InventorySessionExpired: (t, params) =>
    t(
      'The inventory of {{provider}} does not accept the token of Migration Prep. It tries again with a new one. If this lasts, restart its pod.',
      params,
    ),
  InventoryUnreachable: (t, params) =>
    t(
      'The inventory of {{provider}} cannot be reached. Check the network policies between Migration Prep and MTV.',
      params,
    ),
  InventoryServerError: (t, params) =>
    t('The inventory of {{provider}} could not answer. Check that the pods of MTV are running.', params),
  DestinationNameInvalid: (t, params) =>
    t(
      'No network can be called "{{name}}". Use lowercase letters, digits, "-" and "." in the network map. Begin and end with a letter or digit.',
      params,
    ),
  DestinationWithoutProject: (t, params) =>
    t('The network map does not say in which project {{name}} is. Add the project to the map.', params),
  DestinationElsewhere: (t, params) =>
    t(
      'MTV uses networks of the target project {{target}} and of default only, and {{network}} is in neither. Change the map or the target project.',
      params,
    ),
  ProjectNotAllowed: (t, params) =>
    t(
      'The values allow no networks in the project {{project}}. Add it to prepare.networks.namespaces, or create {{network}} yourself.',
      params,
    ),
  ProjectMissing: (t, params) =>
    t('The project {{project}} does not exist. Create it, or add it to prepare.networks.createNamespaces.', params),
  ProjectTerminating: (t, params) =>
    t('The project {{project}} is being deleted. Wait until it is gone, or choose another one in the map.', params),
  SourceNotGiven: (t, params) =>
    t('The network map does not say which source network goes to {{network}}. Choose it in the map.', params),
  SourceMissing: (t, params) =>
    t('The inventory of {{provider}} has no port group {{source}}. Choose one that exists in the network map.', params),
  SourceAmbiguous: (t, params) =>
    t('The inventory of {{provider}} has several port groups named {{source}}. Name one by its id in the map.', params),
  VlanTrunk: (t, params) =>
    t(
      'The port group {{source}} is a trunk of the VLANs {{ranges}}. Create {{network}} yourself, for the VLAN that the virtual machines need.',
      params,
    ),
  VlanUntaggedOrPrivate: (t, params) =>
    t(
      'The port group {{source}} is untagged, in a private VLAN or a segment of NSX: the inventory shows them alike. If it is untagged, add a rule with its name and "vlan: untagged". If not, create {{network}} yourself.',
      params,
    ),
  VlanDisagreeing: (t, params) =>
    t(
      'The ESXi hosts have different VLANs for the port group {{source}}: {{votes}}. Make them alike, or create {{network}} yourself.',
      params,
    ),
  VlanUnknown: (t, params) =>
    t('The inventory does not show the VLAN of the port group {{source}}. Create {{network}} yourself.', params),
  NoRule: (t, params) =>
    t(
      'No rule matches the port group {{source}} on the switch {{switch}}, {{vlan}}. Add one to prepare.networks.rules, or create {{network}} yourself.',
      params,
    ),
  SwitchUnknown: (t, params) =>
    t(
      'The inventory does not show the switch of the port group {{source}}, so no rule for a switch can match. Put a rule with its name and without a switch first, or create {{network}} yourself.',
      params,
    ),
  SwitchIsolated: (t, params) =>
    t(
      'The switch {{switch}} of the port group {{source}} has no uplink. To attach it on purpose, add a rule that names the switch. If not, map it to no network.',
      params,
    ),
  NodesDiffer: (t, params) =>
    t(
      'The nodes have {{on}} in different VLANs, so a virtual machine would change its network with its node. Make the nodes alike.',
      params,
    ),
  OtherVlan: (t, params) =>
    t(
      'On the nodes, {{on}} is already in another VLAN than the port group {{source}}, {{vlan}}. Put a rule with another bridge first.',
      params,
    ),
  SourcesConflict: (t, params) =>
    t(
      'Source networks that are not the same go to {{network}}: {{networks}}. Give each a network of its own in the network maps.',
      params,
    ),
  NetworkDiffers: (t, params) =>
    t(
      '{{network}} is there already, and is another network: {{present}}. Needed: {{wanted}}. Choose another name in the map. Or delete it when nothing uses it: it is then created as needed.',
      params,
    ),
  NetworkLeaving: (t, params) => t('{{network}} is being deleted. It is created again when it is gone.', params),
  NetworkNotCreated: (t, params) =>
    t('Migration Prep could not create {{network}}, and tries again. The answer was: {{message}}', params),
  UsersUnknown: (t, params) =>
    t(
      'Nothing is known to use {{network}} any more, but {{kinds}} cannot be listed. It is kept until they can.',
      params,
    ),
};

/** Whether the cause may go without a change of any object that is watched: it is in the vCenter, or in MTV's inventory. Ask again. */
export const mayPassUnseen = (reason: NoteReason): boolean =>
  /^(Inventory|Source|Vlan|Switch|NoRule$|OtherVlan$|NodesDiffer$)/.test(reason);
