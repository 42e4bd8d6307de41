import { consolePathOf } from './console-path';

test.each([
  ['secrets', { name: 'vc', namespace: 'mtv' }, '/k8s/ns/mtv/secrets/vc'],
  ['providers', { name: 'vc', namespace: 'mtv' }, '/k8s/ns/mtv/forklift.konveyor.io~v1beta1~Provider/vc'],
  ['buildConfigs', { name: 'b', namespace: 'mtv' }, '/k8s/ns/mtv/buildconfigs/b'],
  ['namespaces', { name: 'vms' }, '/k8s/cluster/namespaces/vms'],
  ['nmStates', { name: 'a:b' }, '/k8s/cluster/nmstate.io~v1~NMState/a%3Ab'],
] as const)('%s: the page of the console', (kind, metadata, path) => {
  expect(consolePathOf(kind, metadata)).toBe(path);
});
