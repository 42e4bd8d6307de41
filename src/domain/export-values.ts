import type { Needs, Seen } from './cluster';
import { mtvImageOf } from './vddk/effective-image';
import type { NetworkAttachmentDefinition, Provider } from './objects';
import { subscriptionsIn, notCopied } from './operators/installation';
import { operatorIds, operators } from './operators/operator';
import type { OperatorId } from './operators/operator';
import type { LvmCluster, Subscription } from './platform-objects';
import { isOurs, ownSelector } from './ownership';
import { localnetMtu, networkKey } from './networks/network';
import type { Network } from './networks/network';
import { readNad } from './networks/read-nad';
import { readVirtDefault } from './storage/virt-default';
import { buildName } from './vddk/plan-build';
import type { Text } from './translate';

/** What an export looks at. Secrets are not among it. */
export const exportNeeds = {
  subscriptions: { list: 'subscriptions' },
  csvs: { list: 'clusterServiceVersions', labelSelector: notCopied },
  lvmClusters: { list: 'lvmClusters' },
  hyperConvergeds: { list: 'hyperConvergeds' },
  controllers: { list: 'forkliftControllers' },
  classes: { list: 'storageClasses' },
  registry: { kind: 'imageRegistryConfigs', name: 'cluster' },
  providers: { list: 'providers' },
  networks: { list: 'networkAttachmentDefinitions', labelSelector: ownSelector },
} as const satisfies Needs;

type SeenHere = Seen<typeof exportNeeds>;

/** Values of the chart that lead to what there is, and what people must do besides. */
export interface Exported {
  readonly values: Readonly<Record<string, unknown>>;
  readonly notes: readonly Text[];
}

/** What the values would have to say for the chart to make what there is now. */
export const exportValues = (seen: SeenHere): Exported => {
  const [controller] = seen.controllers;
  const home = controller?.metadata.namespace;
  const image = mtvImageOf(controller);
  const isBuilt = image.includes(`/${buildName}`);
  const providers = seen.providers.filter((each) => each.spec?.type === 'vsphere' && isOurs(each));
  const strangers = seen.providers.filter((each) => each.spec?.type === 'vsphere' && !isOurs(each));
  const rules = rulesOf(seen.networks);
  const { reason, used } = readVirtDefault(seen.classes);
  const strategy = seen.hyperConvergeds[0]?.spec?.evictionStrategy;
  const claim = seen.registry?.spec?.storage?.pvc?.claim;
  return {
    values: {
      operators: Object.fromEntries(operatorIds.map((id) => [id, operatorValues(id, seen)])),
      ...(reason === 'VirtDefaultSet' && { storage: { virtDefaultClass: used } }),
      ...(claim === 'image-registry-migration-prep' && { registry: { enable: true } }),
      ...(strategy !== undefined && { virtualization: { evictionStrategy: strategy } }),
      controller: { enabled: true },
      prepare: {
        ...(providers.length > 0 && { providers: providers.map((each) => providerValues(each, home)) }),
        ...(image !== '' && !isBuilt && { vddk: { image } }),
        ...(rules.rules.length > 0 && { networks: { rules: rules.rules, namespaces: projectsOf(seen.networks) } }),
      },
    },
    notes: [
      ...providers.flatMap(providerNotes),
      ...strangers.map(
        ({ metadata }): Text =>
          (t) =>
            t('Provider {{name}} was not created by Migration Prep, so it is left out.', { name: metadata.name }),
      ),
      ...(isBuilt
        ? [
            ((t) =>
              t(
                'The VDDK image was built on this cluster from an archive that you uploaded. Set prepare.vddk to an image or an archive that the other cluster can reach.',
              )) satisfies Text,
          ]
        : []),
      ...rules.notes,
    ],
  };
};

const operatorValues = (id: OperatorId, seen: SeenHere) => {
  const [subscription] = subscriptionsIn(operators[id], seen);
  if (!subscription) return { mode: 'skip' };
  return {
    mode: 'install',
    namespace: subscription.metadata.namespace,
    ...subscriptionValues(subscription),
    ...(id === 'lvms' && lvmValues(seen.lvmClusters[0])),
  };
};

const subscriptionValues = ({ spec }: Subscription) => {
  const { channel, source, sourceNamespace, installPlanApproval } = spec ?? {};
  return {
    ...(channel !== undefined && { channel }),
    subscription: {
      ...(source !== undefined && { source }),
      ...(sourceNamespace !== undefined && { sourceNamespace }),
      ...(installPlanApproval !== undefined && { installPlanApproval }),
    },
  };
};

const lvmValues = (cluster: LvmCluster | undefined) => {
  const [deviceClass] = cluster?.spec?.storage?.deviceClasses ?? [];
  if (!cluster || !deviceClass) return { operand: { create: false } };
  const { name, fstype, thinPoolConfig, deviceSelector } = deviceClass;
  return {
    operand: {
      name: cluster.metadata.name,
      deviceClass: name,
      ...(fstype !== undefined && { fstype }),
      ...(thinPoolConfig && { thinPool: only(thinPoolConfig, ['name', 'sizePercent', 'overprovisionRatio']) }),
      ...(deviceSelector ? only(deviceSelector, ['paths', 'optionalPaths']) : { allEmptyDisks: true }),
    },
  };
};

/** Of what LVM Storage has filled in itself, the chart has no keys, and refuses unknown ones. */
const only = (object: object, keys: readonly string[]) =>
  Object.fromEntries(Object.entries(object).filter(([key]) => keys.includes(key)));

const providerValues = ({ metadata, spec }: Provider, home: string | undefined) => ({
  name: metadata.name,
  ...(metadata.namespace !== home && { namespace: metadata.namespace }),
  url: spec?.url,
  ...(spec?.settings?.sdkEndpoint === 'esxi' && { endpoint: 'esxi' }),
  secret: `${metadata.name}-login`,
  certificate: { configMap: `${metadata.name}-ca` },
});

const providerNotes = ({ metadata: { name } }: Provider): readonly Text[] => [
  (t) =>
    t(
      'Create Secret {{name}}-login with the keys user and password in the project of the release. Passwords are not exported.',
      { name },
    ),
  (t) =>
    t(
      'Create ConfigMap {{name}}-ca with the certificate of {{name}} under the key ca.crt there, or declare its certificate in another way.',
      { name },
    ),
];

const projectsOf = (networks: readonly NetworkAttachmentDefinition[]): readonly string[] =>
  [...new Set(networks.map(({ metadata }) => metadata.namespace ?? ''))].sort();

/** A rule for each network by its VLAN. Two networks on one VLAN differ by more than a rule of this kind can tell. */
const rulesOf = (attachments: readonly NetworkAttachmentDefinition[]) => {
  const networks = new Map<string, Network>();
  const notes: Text[] = [];
  for (const each of attachments) {
    const reading = readNad(each);
    const { name, namespace = '' } = each.metadata;
    const isRule = reading.state === 'network' && typeof reading.network.tag !== 'object';
    if (isRule) networks.set(networkKey(reading.network), reading.network);
    else
      notes.push((t) =>
        t('Network {{name}} in {{project}} is not one that a rule can create.', { name, project: namespace }),
      );
  }
  const rules = [...networks.values()].map(ruleOf);
  const twice = new Set(rules.map(({ vlan }) => vlan).filter((vlan, at, all) => all.indexOf(vlan) !== at));
  for (const vlan of twice)
    notes.push((t) =>
      t('Several rules are for VLAN {{vlan}}. Add a switch or a port group to them, because the first one wins.', {
        vlan,
      }),
    );
  return { rules, notes };
};

const ruleOf = ({ attachment, tag, mtu, anyMac }: Network) => ({
  vlan: typeof tag === 'number' ? String(tag) : 'untagged',
  ...(attachment.kind === 'linux-bridge' ? { bridge: attachment.bridge } : { mapping: attachment.mapping }),
  ...(mtu !== undefined && !(attachment.kind === 'localnet' && mtu === localnetMtu) && { mtu }),
  ...(attachment.kind === 'linux-bridge' && anyMac && { macspoofchk: false }),
});
