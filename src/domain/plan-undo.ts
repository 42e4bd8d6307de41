import { because, patchOf } from './change';
import type { Needs, Seen } from './cluster';
import type { KindId } from './kinds';
import { namedByInstance, namedByMap, namedByPlan, namedBySettings, namedByVm } from './networks/from-plans/named';
import { undoBridgePolicies, undoBridges } from './networks/new-bridge/undo-bridges';
import { ownMapsIn } from './networks/own-map';
import type { BuildConfig, ImageStream, KubeObject, Provider } from './objects';
import { isOurs, ownSelector } from './ownership';
import { imagesOf, sumOfTag } from './vddk/plan-archive-build';
import { buildName } from './vddk/plan-build';
import { mtvImageOf, ownImageOf, vsphereOf } from './vddk/effective-image';
import { isRunning } from './running-plans';
import { takeBack, takenBack, undoOf } from './undo';
import { reasonOf, undoing } from './undoing';
import type { Setting, Undoing } from './undoing';

const ours = <K extends KindId>(kind: K) => ({ list: kind, labelSelector: ownSelector }) as const;

const nameOf = ({ metadata }: KubeObject): string => `${metadata.namespace ?? ''}/${metadata.name}`;

const userNeeds = {
  plans: { list: 'plans' },
  networkMaps: { list: 'networkMaps' },
  controllers: { list: 'forkliftControllers' },
  virtualMachines: { list: 'virtualMachines' },
  virtualMachineInstances: { list: 'virtualMachineInstances' },
} as const satisfies Needs;

const networks = undoing(
  { ...userNeeds, attachments: ours('networkAttachmentDefinitions') },
  ({ attachments, ...users }) => {
    // Our maps go before the networks that they name.
    const maps = ownMapsIn(users.networkMaps, users.plans);
    const going = maps.flatMap(({ object, usedBy }) => (usedBy === undefined ? [object] : []));
    const used = networksInUse({ ...users, networkMaps: users.networkMaps.filter((each) => !going.includes(each)) });
    return [
      ...maps.map((each) => ({ ...each, kind: 'networkMaps' as const })),
      ...attachments.map((object) => ({
        kind: 'networkAttachmentDefinitions' as const,
        object,
        usedBy: used.get(nameOf(object)),
      })),
    ];
  },
);

const providers = undoing(
  { hosts: ours('hosts'), all: ours('providers'), plans: { list: 'plans' } },
  ({ hosts, all, plans }) => {
    const userOf = (name = '', namespace = ''): string | undefined => {
      const user = plans.find(({ spec }) => {
        const { source = {} } = spec?.provider ?? {};
        return source.name === name && source.namespace === namespace;
      });
      return user && `Plan ${nameOf(user)}`;
    };
    return [
      ...hosts.map((object) => {
        const { name, namespace } = object.spec?.provider ?? {};
        return { kind: 'hosts' as const, object, usedBy: userOf(name, namespace) };
      }),
      ...all.map((object) => {
        const { name, namespace } = object.metadata;
        return { kind: 'providers' as const, object, usedBy: userOf(name, namespace) };
      }),
    ];
  },
);

/** The removal of one Provider of ours: with the hosts of ours that belong to it, and its Secret unless another Provider names that. */
export const undoProvider = ({ metadata, spec }: Provider): Undoing => {
  const { name: secret = '', namespace = metadata.namespace ?? '' } = spec?.secret ?? {};
  const isIt = ({ name = '', namespace = '' }: { readonly name?: string; readonly namespace?: string }): boolean =>
    name === metadata.name && namespace === metadata.namespace;
  return undoing(
    {
      hosts: ours('hosts'),
      all: { list: 'providers' },
      plans: { list: 'plans' },
      secret: { kind: 'secrets', name: secret, namespace, metadataOnly: true },
    },
    ({ hosts, all, plans, secret: object }) => {
      const user = plans.find((plan) => isIt(plan.spec?.provider?.source ?? {}));
      const usedBy = user && `Plan ${nameOf(user)}`;
      const other = all.find(
        (each) =>
          !isIt(each.metadata) && each.spec?.secret?.name === secret && each.spec.secret.namespace === namespace,
      );
      return [
        ...hosts
          .filter((each) => isIt(each.spec?.provider ?? {}))
          .map((each) => ({ kind: 'hosts' as const, object: each, usedBy })),
        ...all
          .filter((each) => each.metadata.uid === metadata.uid)
          .map((each) => ({ kind: 'providers' as const, object: each, usedBy })),
        ...(object
          ? [{ kind: 'secrets' as const, object, usedBy: usedBy ?? (other && `Provider ${nameOf(other)}`) }]
          : []),
      ];
    },
  );
};

const builtKinds = ['buildConfigs', 'roleBindings', 'imageStreams'] as const;

const vddkNeeds = {
  buildConfigs: ours('buildConfigs'),
  roleBindings: ours('roleBindings'),
  imageStreams: ours('imageStreams'),
  controllers: { list: 'forkliftControllers' },
  providers: { list: 'providers' },
  plans: { list: 'plans' },
} as const satisfies Needs;

/** Where we set an image on objects of others. A running migration keeps it: MTV restarts when its settings change. */
const imageSettings = ({ controllers, providers, plans }: Seen<typeof vddkNeeds>): readonly Setting[] => {
  const running = plans.find(isRunning);
  const usedBy = running && `Plan ${nameOf(running)}`;
  return [
    ...controllers.map((object) => ({
      kind: 'forkliftControllers' as const,
      object,
      path: '/spec/vddk_image',
      present: mtvImageOf(object),
    })),
    ...providers
      .filter((object) => !isOurs(object))
      .map((object) => ({
        kind: 'providers' as const,
        object,
        path: '/spec/settings/vddkInitImage',
        present: ownImageOf(object),
      })),
  ].flatMap(({ kind, object, path, present }) => {
    const undo = undoOf(object.metadata);
    if (!undo) return [];
    return [{ kind, object, usedBy, change: because(takenBack, patchOf(kind, object, takeBack(path, undo, present))) }];
  });
};

/** Images that are still used once our settings are taken back. */
const imagesThatStay = (seen: Seen<typeof vddkNeeds>): readonly string[] => {
  const going = new Set(
    imageSettings(seen)
      .filter((each) => reasonOf(each) === undefined)
      .map(({ object }) => object),
  );
  const after = (object: KubeObject, present: string): string => {
    const undo = going.has(object) ? undoOf(object.metadata) : undefined;
    return undo?.set === present ? (undo.before ?? '') : present;
  };
  return [
    ...seen.controllers.map((each) => after(each, mtvImageOf(each))),
    ...vsphereOf(seen.providers).map((each) => after(each, ownImageOf(each))),
  ];
};

const vddk = undoing(
  vddkNeeds,
  (seen) => {
    const images = imagesThatStay(seen);
    const userOf = ({ metadata }: KubeObject): string | undefined =>
      images.find((image) => image.includes(`/${metadata.namespace ?? ''}/${buildName}`));
    const past = new Set<KubeObject>(
      seen.buildConfigs.filter((each) => isOfPastArchive(each, seen.imageStreams, images)),
    );
    return builtKinds.flatMap((kind) =>
      seen[kind].map((object: KubeObject) => {
        const image = past.has(object) ? undefined : userOf(object);
        return { kind, object, usedBy: image && `MTV's VDDK image ${image}` };
      }),
    );
  },
  imageSettings,
);

/** Whether a BuildConfig is of one archive, and what was built of that is not used: `sha256` in the values is another one by now. */
const isOfPastArchive = (
  { metadata, spec }: BuildConfig,
  streams: readonly ImageStream[],
  used: readonly string[],
): boolean => {
  const [, tag] = (spec?.output?.to?.name ?? '').split(':');
  const sha256 = tag === undefined ? undefined : sumOfTag(tag);
  const stream = streams.find((each) => each.metadata.namespace === metadata.namespace);
  return sha256 !== undefined && !imagesOf(stream, sha256).some((image) => used.includes(image));
};

/** What `undo` removes beside what `cleanup` takes back, in the order in which it goes. */
export const undoings = {
  networks,
  bridges: undoBridges,
  'bridge-policies': undoBridgePolicies,
  providers,
  vddk,
} as const;

/** Networks by `namespace/name`, each with one of those who name it. */
const networksInUse = ({
  plans,
  networkMaps,
  controllers,
  virtualMachines,
  virtualMachineInstances,
}: Seen<typeof userNeeds>): ReadonlyMap<string, string> => {
  const used = new Map<string, string>();
  const add = (kind: string, user: KubeObject, networks: readonly string[]): void => {
    for (const network of networks) if (!used.has(network)) used.set(network, `${kind} ${nameOf(user)}`);
  };
  for (const plan of plans) add('Plan', plan, namedByPlan(plan));
  for (const map of networkMaps) add('NetworkMap', map, namedByMap(map).map(inProjectOf(map)));
  for (const settings of controllers) add('ForkliftController', settings, namedBySettings(settings));
  for (const machine of virtualMachines) add('VirtualMachine', machine, namedByVm(machine));
  for (const instance of virtualMachineInstances) add('VirtualMachineInstance', instance, namedByInstance(instance));
  return used;
};

/** MTV takes a destination without a namespace for none. Nothing that it may be meant for goes. */
const inProjectOf =
  ({ metadata: { namespace = '' } }: KubeObject) =>
  (network: string): string =>
    network.startsWith('/') ? namespace + network : network;
