import { patchOf } from '../../change';
import { listOf } from '../../lists';
import type { NodeNetworkConfigurationPolicy, WantedInterface } from '../../nmstate-objects';
import type { Text } from '../../translate';

/** What a policy wants of its nodes. */
export type DesiredState = NonNullable<NonNullable<NodeNetworkConfigurationPolicy['spec']>['desiredState']>;

/** The opposite: what takes the bridge or mapping of one of our policies away. Deleting a policy changes nothing on nodes. */
export const absentStateOf = ({ interfaces, ovn }: DesiredState): DesiredState => ({
  ...(interfaces && {
    interfaces: interfaces.map((each): WantedInterface =>
      isBridge(each) ? { name: each.name ?? '', type: 'linux-bridge', state: 'absent' } : each,
    ),
  }),
  ...(ovn && {
    ovn: { 'bridge-mappings': listOf(ovn['bridge-mappings']).map(({ localnet }) => ({ localnet, state: 'absent' })) },
  }),
});

const isBridge = ({ type }: WantedInterface): boolean => type === 'linux-bridge';

/** Whether a policy takes away what it once made. */
export const isRemoving = ({ spec }: NodeNetworkConfigurationPolicy): boolean =>
  [
    ...listOf(spec?.desiredState?.interfaces).filter(isBridge),
    ...listOf(spec?.desiredState?.ovn?.['bridge-mappings']),
  ].some(({ state }) => state === 'absent');

/** The change of a policy of ours that takes away what it made; none when it says so already. */
export const removalOf = (policy: NodeNetworkConfigurationPolicy) =>
  isRemoving(policy)
    ? []
    : [
        patchOf('nodeNetworkConfigurationPolicies', policy, [
          { op: 'replace', path: '/spec/desiredState', value: absentStateOf(policy.spec?.desiredState ?? {}) },
        ]),
      ];

/** Why the content of a policy of ours is turned around. */
export const takesAway: Text = (t) =>
  t('Deleting a policy leaves its bridge on the nodes, so the bridge is taken away first.');

/** The names of the bridges and mappings that a policy makes or takes away. */
export const namesIn = ({ spec }: NodeNetworkConfigurationPolicy): readonly string[] => [
  ...listOf(spec?.desiredState?.interfaces)
    .filter(isBridge)
    .map(({ name = '' }) => name),
  ...listOf(spec?.desiredState?.ovn?.['bridge-mappings']).map(({ localnet }) => localnet),
];
