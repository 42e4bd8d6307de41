import { kinds } from '../kinds';
import type { KindId } from '../kinds';
import { isListing, isReferred, keyOf, needsOf } from './need';
import { allChecks } from './prerequisites';

test('needs with the same fact ask the same, save whether the kind may be absent', () => {
  const asked = new Map<string, object>();
  for (const need of allChecks.flatMap(({ needs }) => needs)) {
    const before = asked.get(keyOf(need));
    asked.set(keyOf(need), { ...need, optional: undefined });
    expect(before ?? asked.get(keyOf(need))).toEqual(asked.get(keyOf(need)));
  }
});

test('every need is there once, after what tells where it is', () => {
  const keys = needsOf(allChecks).map(keyOf);
  expect(new Set(keys).size).toBe(keys.length);
  expect(keys).toEqual(expect.arrayContaining(['deployments/nmstate-webhook', 'named by providers']));
  expect(keys.indexOf('subscriptions')).toBeLessThan(keys.indexOf('daemonSets/nmstate-handler'));
  expect(keys.indexOf('providers')).toBeLessThan(keys.indexOf('named by providers'));
});

/** What Kubernetes and OpenShift always have. */
const builtIn = /^$|^apps$|\.k8s\.io$|^(config|image|project)\.openshift\.io$/;

test('of every kind that a cluster may lack it is said what is missing', () => {
  const needed = allChecks
    .flatMap(({ needs }) => needs)
    .flatMap((need) => (isReferred(need) || need.optional ? [] : [need]));
  const vague = needed.filter((need) => !(isListing(need) && 'absent' in need));
  const kindOf = (need: (typeof needed)[number]): KindId => (isListing(need) ? need.list : need.kind);
  expect(vague.map(kindOf).filter((kind) => !builtIn.test(kinds[kind].group))).toEqual([]);
  expect(needed.length).toBeGreaterThan(vague.length);
});
