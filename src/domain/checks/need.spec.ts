import { kinds } from '../kinds';
import type { KindId } from '../kinds';
import { missingText } from '../missing-kind';
import { plainEnglish } from '../translate';
import { keyOf, needsOf } from './need';
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
const builtIn = /^$|^apps$|\.k8s\.io$|^config\.openshift\.io$|^image\.openshift\.io$/;

test('of every kind that a cluster may lack it is said what is missing', () => {
  const said = (kind: KindId) => missingText(plainEnglish, kind);
  const vague = (Object.keys(kinds) as KindId[]).filter((kind) => said(kind).startsWith('This cluster does not have'));
  expect(vague.filter((kind) => !builtIn.test(kinds[kind].group))).toEqual([]);
  expect(said('plans')).toBe('Migration Toolkit for Virtualization is not installed.');
  expect(said('nodeNetworkStates')).toBe('NMState is not installed.');
  expect(said('networkAttachmentDefinitions')).toBe('Multus is not installed.');
  expect(said('builds')).toBe('The OpenShift capability Build is not enabled.');
});
