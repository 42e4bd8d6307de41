import type { Needs, Seen } from '../../domain/cluster';
import { isRefusedLogin } from '../../domain/connection/refusal';
import { observe } from '../../domain/converge';
import type { Secret } from '../../domain/objects';
import type { CredentialGuard } from './credential-guard';
import { carryOut, outcomeOf } from './task';
import type { Outcome, Wanted, World } from './task';

/** A plan that stores credentials, which MTV's webhook tries. */
export interface Guarded<N extends Needs, P> extends Pick<Wanted<N, P>, 'needs' | 'plan' | 'refused'> {
  /** Whose credentials they are, as the guard knows it. */
  readonly key: string;
  /** The Secret that the credentials come from. */
  readonly sourceOf: (seen: Seen<N>) => Secret | undefined;
  /** What it means that they were refused. */
  readonly refusedLogin: Outcome;
  /** What MTV makes of it, once nothing is left to do. `wrote`: this run had something to do, so MTV may not have looked yet. */
  readonly judge: (seen: Seen<N>, wrote: boolean) => Outcome | 'RefusedLogin';
}

/** Brings the plan about, unless it would try credentials again that were refused. */
export const carryOutGuarded = async <N extends Needs, P>(
  world: World & { readonly guard: CredentialGuard },
  { needs, plan, refused, key, sourceOf, refusedLogin, judge }: Guarded<N, P>,
): Promise<Outcome> => {
  const { cluster, guard, dryRun } = world;
  const before = await observe(cluster, needs);
  if (!before.ok) return outcomeOf(before.error);
  const source = sourceOf(before.value);
  const planned = plan(before.value);
  const isToBeTried = planned.ok && planned.value.some(({ kind }) => kind === 'secrets');
  if (source && isToBeTried && (await guard.isRefused(key, source))) return refusedLogin;
  const wrote = planned.ok && planned.value.length > 0;
  return carryOut(world, {
    needs,
    plan,
    refused,
    stopped: async (failure) => {
      if (!isRefusedLogin(failure)) return undefined;
      if (source && !dryRun) await guard.refuse(key, source);
      return refusedLogin;
    },
    text: async (seen) => {
      const outcome = judge(seen, wrote);
      const used = sourceOf(seen);
      if (outcome === 'RefusedLogin') {
        if (used) await guard.refuse(key, used);
        return refusedLogin;
      }
      if (outcome.state === 'done') await guard.accept(key);
      return outcome;
    },
  });
};
