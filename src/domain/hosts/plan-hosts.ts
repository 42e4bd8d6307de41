import type { Change } from '../change';
import type { Needs, Seen } from '../cluster';
import type { Plan } from '../converge';
import { ok } from '../result';
import { hostNeeds, planHost } from './plan-host';
import type { HostProblem, HostSeen, HostWish } from './plan-host';

/** What the planner of several hosts has to see. */
export const hostsNeeds = (wishes: readonly HostWish[]): Needs =>
  Object.fromEntries(
    wishes.flatMap((wish) => Object.entries(hostNeeds(wish)).map(([key, need]) => [`${wish.id} ${key}`, need])),
  );

/** What is to be done for several hosts, as one plan to be previewed. Each is set by a run of its own. */
export const planHosts =
  (wishes: readonly HostWish[]) =>
  (seen: Seen<Needs>): Plan<HostProblem> => {
    const changes: Change[] = [];
    for (const wish of wishes) {
      const keys = Object.keys(hostNeeds(wish));
      const own = Object.fromEntries(keys.map((key) => [key, seen[`${wish.id} ${key}`]])) as unknown as HostSeen;
      const planned = planHost(wish)(own);
      if (!planned.ok) return planned;
      changes.push(...planned.value);
    }
    return ok(changes);
  };
