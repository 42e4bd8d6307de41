import { because, deletionOf } from './change';
import type { Change } from './change';
import type { Needs, Seen } from './cluster';
import type { Plan } from './converge';
import type { KindId } from './kinds';
import { namedByInstance, namedByMap, namedByPlan, namedByVm } from './networks/from-plans/named';
import type { KubeObject } from './objects';
import { isOurs, ownSelector, releaseOf } from './ownership';
import { ok } from './result';
import type { Text, Translate } from './translate';
import { buildName } from './vddk/plan-build';
import { imagesInUse } from './vddk/effective-image';

/** Why an object that we created stays. */
export type KeptReason =
  | { readonly code: 'Declared'; readonly release: string }
  /** `by`: what needs it, as `Kind namespace/name`. */
  | { readonly code: 'InUse'; readonly by: string };

/** An object that we created and that stays. */
export interface Kept {
  readonly kind: KindId;
  readonly object: KubeObject;
  readonly reason: KeptReason;
}

const ours = <K extends KindId>(kind: K) => ({ list: kind, labelSelector: ownSelector }) as const;

/** One of our objects, and what needs it. */
interface Candidate {
  readonly kind: KindId;
  readonly object: KubeObject;
  readonly usedBy: string | undefined;
}

/** A part of what `undo` removes: what its planner looks at, what is still to be deleted, and what stays. */
export interface Undoing {
  readonly needs: Needs;
  readonly plan: (seen: Seen<Needs>) => Plan<never>;
  readonly kept: (seen: Seen<Needs>) => readonly Kept[];
}

const undoing = <N extends Needs>(needs: N, look: (seen: Seen<N>) => readonly Candidate[]): Undoing => {
  const candidates = (seen: Seen<Needs>) => look(seen as Seen<N>).filter(({ object }) => isOurs(object));
  const why: Text = (t) => t('Migration Prep created it, and nothing needs it anymore.');
  return {
    needs,
    plan: (seen) =>
      ok(
        candidates(seen)
          .filter((each) => reasonOf(each) === undefined)
          .flatMap(({ kind, object }): readonly Change[] => deletionOf(kind, object).map((each) => because(why, each))),
      ),
    kept: (seen) =>
      candidates(seen).flatMap((each) => {
        const reason = reasonOf(each);
        return reason ? [{ kind: each.kind, object: each.object, reason }] : [];
      }),
  };
};

const reasonOf = ({ object, usedBy }: Candidate): KeptReason | undefined => {
  const release = releaseOf(object);
  if (release) return { code: 'Declared', release: `${release.namespace}/${release.name}` };
  return usedBy === undefined ? undefined : { code: 'InUse', by: usedBy };
};

const nameOf = ({ metadata }: KubeObject): string => `${metadata.namespace ?? ''}/${metadata.name}`;

const userNeeds = {
  plans: { list: 'plans' },
  networkMaps: { list: 'networkMaps' },
  virtualMachines: { list: 'virtualMachines' },
  virtualMachineInstances: { list: 'virtualMachineInstances' },
} as const satisfies Needs;

const networks = undoing(
  { ...userNeeds, attachments: ours('networkAttachmentDefinitions') },
  ({ attachments, ...users }) => {
    const used = networksInUse(users);
    return attachments.map((object) => ({
      kind: 'networkAttachmentDefinitions',
      object,
      usedBy: used.get(nameOf(object)),
    }));
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

const builtKinds = ['buildConfigs', 'roleBindings', 'imageStreams'] as const;

const vddk = undoing(
  {
    buildConfigs: ours('buildConfigs'),
    roleBindings: ours('roleBindings'),
    imageStreams: ours('imageStreams'),
    controllers: { list: 'forkliftControllers' },
    providers: { list: 'providers' },
  },
  (seen) => {
    const images = [
      ...seen.controllers.flatMap((each) => imagesInUse(each, [])),
      ...imagesInUse(undefined, seen.providers),
    ];
    const userOf = ({ metadata }: KubeObject): string | undefined =>
      images.find((image) => image.includes(`/${metadata.namespace ?? ''}/${buildName}`));
    return builtKinds.flatMap((kind) =>
      seen[kind].map((object: KubeObject) => {
        const image = userOf(object);
        return { kind, object, usedBy: image && `MTV's VDDK image ${image}` };
      }),
    );
  },
);

/** What `undo` removes beside what `cleanup` takes back, in the order in which it goes. */
export const undoings = { networks, providers, vddk } as const;

/** Networks by `namespace/name`, each with one of those who name it. */
const networksInUse = ({
  plans,
  networkMaps,
  virtualMachines,
  virtualMachineInstances,
}: Seen<typeof userNeeds>): ReadonlyMap<string, string> => {
  const used = new Map<string, string>();
  const add = (kind: string, user: KubeObject, networks: readonly string[]): void => {
    for (const network of networks) if (!used.has(network)) used.set(network, `${kind} ${nameOf(user)}`);
  };
  for (const plan of plans) add('Plan', plan, namedByPlan(plan));
  for (const map of networkMaps) add('NetworkMap', map, namedByMap(map).map(inProjectOf(map)));
  for (const machine of virtualMachines) add('VirtualMachine', machine, namedByVm(machine));
  for (const instance of virtualMachineInstances) add('VirtualMachineInstance', instance, namedByInstance(instance));
  return used;
};

/** MTV takes a destination without a namespace for none. Nothing that it may be meant for goes. */
const inProjectOf =
  ({ metadata: { namespace = '' } }: KubeObject) =>
  (network: string): string =>
    network.startsWith('/') ? namespace + network : network;

/** Why something stays, and what to do. */
export const keptText = (t: Translate, reason: KeptReason): string =>
  reason.code === 'Declared'
    ? t('Release {{release}} declares it. Remove it from the values of that release.', { release: reason.release })
    : t('{{by}} needs it.', { by: reason.by });
