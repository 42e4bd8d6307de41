import type { ReadInventory } from '../cluster/node-inventory';
import type { ChangeName } from '../domain/change';
import { converge } from '../domain/converge';
import { failureText } from '../domain/failure';
import type { ClusterFailure } from '../domain/failure';
import type { MigrationPlan } from '../domain/migration-objects';
import { keyOfObject, keyOfRef } from '../domain/networks/from-plans/named';
import { planNetworksOf } from '../domain/networks/from-plans/plan-networks';
import { mayPassUnseen, noteSentences } from '../domain/networks/from-plans/reasons';
import type { NetworksPolicy } from '../domain/networks/rules';
import type { Release } from '../domain/ownership';
import { err, ok } from '../domain/result';
import { plainEnglish } from '../domain/translate';
import { clusterEvents } from './events';
import type { Note } from './events';
import { inventories } from './inventories';
import { followNetworks } from './networks-world';
import type { Reconciler } from './process';
import { keyOf } from './reflector';
import type { Worked } from './work-queue';
import { unusedNetworks } from './unused-networks';

/** What values declare about networks, and where inventories are read. */
export interface DeclaredNetworks {
  readonly policy: NetworksPolicy;
  readonly release: Release;
  readonly readInventory: ReadInventory;
}

/** What may pass without a change of anything that is watched is looked at again; and so is what was written, should a watch not tell. */
const again = 60_000;
/** How old an inventory may be: where a network is missing, and where all are there and it only tells whether they are right. */
const ages = { missing: 60_000, present: 3_600_000 } as const;

/** The key of what nothing names any more. Keys of plans have a slash. */
const unusedKey = 'unused';

/** A network, or the project that it needs, that the API server does not take. */
const notCreated = ({ change, failure }: { readonly change: ChangeName; readonly failure: ClusterFailure }): Note => {
  const reason = 'NetworkNotCreated';
  const params = { network: keyOf(change), message: failureText(plainEnglish, failure) };
  return { reason, message: noteSentences[reason](plainEnglish, params) };
};

/**
 * Networks of migration plans, a key for each plan. It decides by what its watches have seen, and writes nothing but creations under names
 * that follow from the plan: another controller, or one that is behind, comes to the same ones, and whoever is second looks at what is there.
 */
export const networks = ({ policy, release, readInventory }: DeclaredNetworks): Reconciler => ({
  name: 'networks',
  start: (host) => {
    const known = inventories(readInventory, policy.rules, host.clock);
    const events = clusterEvents(host.cluster, host.clock, () => new Date());
    const undecided = new Map<string, number>();
    const unused = policy.removeUnused
      ? unusedNetworks(host, { policy, release, events }, () => {
          host.add(unusedKey, 10_000);
        })
      : undefined;
    const live = followNetworks(
      host,
      { policy, release, inventories: known },
      {
        onPlan: host.add,
        onPlanGone: (plan) => {
          events.forget(plan.metadata.uid ?? '');
          unused?.onPlan(keyOfObject(plan), undefined);
        },
        onNetworks: () => unused?.look(),
        onNamed: (owner, keys) => unused?.onNamed(owner, keys),
      },
    );

    const count = (key: string, notes: number): void => {
      if (notes === 0) undecided.delete(key);
      else undecided.set(key, notes);
      host.metrics.undecided([...undecided.values()].reduce((sum, each) => sum + each, 0));
    };

    const reconcilePlan = async (key: string): Promise<Worked> => {
      const current = (): MigrationPlan | undefined => live.plans.get(key);
      const planned = () => {
        const plan = current();
        return plan ? planNetworksOf(plan, live.world) : { changes: [], notes: [] };
      };
      const plan = current();
      if (!plan) {
        count(key, 0);
        return ok({});
      }
      unused?.onPlan(key, plan);
      const source = live.world.provider(keyOfRef(plan.spec?.provider?.source ?? {}));
      if (source?.spec?.type === 'vsphere') {
        const { notes, changes } = planned();
        const isMissing = notes.length > 0 || changes.length > 0;
        await known.refresh(source.metadata.uid ?? '', isMissing ? ages.missing : ages.present);
      }

      const writes = new Set<string>();
      const outcome = await converge({
        cluster: live.cluster,
        needs: {},
        plan: () => ok(planned().changes),
        onProgress: (changes) => {
          for (const { change, state } of changes) {
            const object = keyOfRef(change);
            if (state !== 'done' || writes.has(object)) continue;
            writes.add(object);
            host.log.info('created', { plan: key, kind: change.kind, object });
          }
        },
      });
      const { notes } = planned();
      count(key, notes.length);
      const failure = outcome.ok || !('failure' in outcome.error) ? undefined : outcome.error.failure;
      const refusal: readonly Note[] =
        outcome.ok || outcome.error.code !== 'WriteFailed' ? [] : [notCreated(outcome.error)];
      const { name, namespace = '', uid = '' } = plan.metadata;
      const told = await events.tell({ kind: 'plans', name, namespace, uid }, [
        ...notes.map(({ reason, text }) => ({ reason, message: text(plainEnglish) })),
        ...refusal,
      ]);
      if (!outcome.ok) return err(failure ?? { code: 'Conflict', message: '' });
      if (!told.ok) return told;
      const looks = [
        ...(told.value.again === undefined ? [] : [told.value.again]),
        ...(writes.size > 0 || notes.some(({ reason }) => mayPassUnseen(reason)) ? [again] : []),
      ];
      return ok(looks.length === 0 ? {} : { again: Math.min(...looks) });
    };

    return async (key) => {
      // As soon as everything is known, every plan is looked at.
      if (!live.isKnown()) return ok({});
      return key === unusedKey ? ((await unused?.remove(live.nads)) ?? ok({})) : reconcilePlan(key);
    };
  },
});
