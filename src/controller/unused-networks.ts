import { converge } from '../domain/converge';
import { namedByInstance, namedByPlan, namedBySettings, namedByVm } from '../domain/networks/from-plans/named';
import { nameIndex } from '../domain/networks/from-plans/name-index';
import { planUnused } from '../domain/networks/from-plans/plan-unused';
import { worldOf } from '../domain/networks/from-plans/world';
import type { RemovalWorld } from '../domain/networks/from-plans/world';
import type { KindId } from '../domain/kinds';
import type { MigrationPlan, VirtualMachine, VirtualMachineInstance } from '../domain/migration-objects';
import type { NetworksPolicy } from '../domain/networks/rules';
import type { ForkliftController, NetworkAttachmentDefinition } from '../domain/objects';
import type { Release } from '../domain/ownership';
import { isOurs, ownSelector } from '../domain/ownership';
import { err, ok } from '../domain/result';
import { plainEnglish } from '../domain/translate';
import type { Events } from './events';
import { identityOf } from './networks-world';
import type { Host } from './process';
import type { Reflector } from './reflector';
import { keyOf } from './reflector';
import type { Worked } from './work-queue';

/** Removes networks that this release created and nothing names any more. */
export interface UnusedNetworks {
  /** Something may be unused now. */
  readonly look: () => void;
  readonly onPlan: (key: string, plan: MigrationPlan | undefined) => void;
  /** What a map names now. */
  readonly onNamed: (owner: string, networks: readonly string[]) => void;
  readonly remove: (nads: Reflector<NetworkAttachmentDefinition>) => Promise<Worked>;
}

const keepSettings = ({ metadata, spec }: ForkliftController): ForkliftController => ({
  metadata: identityOf(metadata),
  ...(spec && { spec: { controller_transfer_network: spec.controller_transfer_network } }),
});
const keepVm = ({ metadata, spec }: VirtualMachine): VirtualMachine => ({
  metadata: identityOf(metadata),
  spec: { template: { spec: { networks: spec?.template?.spec?.networks ?? [] } } },
});
const keepInstance = ({ metadata, spec }: VirtualMachineInstance): VirtualMachineInstance => ({
  metadata: identityOf(metadata),
  spec: { networks: spec?.networks ?? [] },
});

/**
 * Follows what may name a network. What its watches find unused is a guess, because they are behind the cluster: before anything is
 * removed, everything that may name it is read anew.
 */
export const unusedNetworks = (
  host: Host,
  { policy, release, events }: { readonly policy: NetworksPolicy; readonly release: Release; readonly events: Events },
  look: () => void,
): UnusedNetworks => {
  const users = nameIndex();
  const follow = {
    forkliftControllers: host.follow({
      watched: { kind: 'forkliftControllers' },
      keep: keepSettings,
      onKnowledge: look,
      onChange: (key, is) => {
        onNamed(`settings ${key}`, is ? namedBySettings(is) : []);
      },
    }),
    virtualMachines: host.follow({
      watched: { kind: 'virtualMachines' },
      keep: keepVm,
      onKnowledge: look,
      onChange: (key, is) => {
        onNamed(`vm ${key}`, is ? namedByVm(is) : []);
      },
    }),
    virtualMachineInstances: host.follow({
      watched: { kind: 'virtualMachineInstances' },
      keep: keepInstance,
      onKnowledge: look,
      onChange: (key, is) => {
        onNamed(`instance ${key}`, is ? namedByInstance(is) : []);
      },
    }),
  };
  const onNamed = (owner: string, networks: readonly string[]): void => {
    users.set(owner, networks);
    look();
  };
  const unseen = (): readonly KindId[] =>
    (Object.keys(follow) as (keyof typeof follow)[]).filter((kind) => follow[kind].knowledge() !== 'listed');

  return {
    look,
    onNamed,
    onPlan: (key, plan) => {
      onNamed(`plan ${key}`, plan ? namedByPlan(plan) : []);
    },
    remove: async (nads) => {
      const world: RemovalWorld = {
        policy,
        release,
        isNamed: (key) => users.ownersOf(key).size > 0,
        unseen: unseen(),
      };
      const guesses = [...nads.objects.values()].filter(isOurs).map((nad) => ({ nad, ...planUnused(nad, world) }));
      const looks: number[] = [];
      for (const { nad, notes } of guesses) {
        const { name, namespace = '', uid = '' } = nad.metadata;
        const told = await events.tell(
          { kind: 'networkAttachmentDefinitions', name, namespace, uid },
          notes.map(({ reason, text }) => ({ reason, message: text(plainEnglish) })),
        );
        if (!told.ok) return told;
        if (told.value.again !== undefined) looks.push(told.value.again);
      }
      // What is not told yet, or is to be told again.
      const done: Worked = ok(looks.length === 0 ? {} : { again: Math.min(...looks) });
      if (guesses.every(({ changes }) => changes.length === 0)) return done;
      const outcome = await converge({
        cluster: host.cluster,
        needs: {
          plans: { list: 'plans' },
          networkMaps: { list: 'networkMaps' },
          controllers: { list: 'forkliftControllers' },
          virtualMachines: { list: 'virtualMachines' },
          virtualMachineInstances: { list: 'virtualMachineInstances' },
          nads: { list: 'networkAttachmentDefinitions', labelSelector: ownSelector },
        },
        plan: ({ plans, networkMaps, controllers, nads: present, virtualMachines, virtualMachineInstances }) => {
          const seen = worldOf({
            policy,
            release,
            plans,
            networkMaps,
            controllers,
            nads: present,
            providers: [],
            namespaces: { state: 'loading' },
            virtualMachines: { state: 'loaded', items: virtualMachines },
            virtualMachineInstances: { state: 'loaded', items: virtualMachineInstances },
            inventories: new Map(),
            nodes: undefined,
          });
          return ok(present.flatMap((nad) => planUnused(nad, seen).changes));
        },
        onProgress: (changes) => {
          for (const { change, state } of changes.slice(-1))
            if (state === 'done') host.log.info('removed', { kind: change.kind, object: keyOf(change) });
        },
      });
      if (outcome.ok) return done;
      return err('failure' in outcome.error ? outcome.error.failure : { code: 'Conflict' as const, message: '' });
    },
  };
};
