import { openshift, operatorBy } from '../testing/memory-openshift';
import { execute } from './execute-tasks';
import { waitTasks } from './wait';

const installed = (phase: string) => {
  const cluster = openshift('4.21.3', 'openshift-mtv');
  operatorBy(cluster, 'mtv', { namespace: 'openshift-mtv', group: 'migration', subscription: 'mtv-operator' });
  cluster.put('clusterServiceVersions', {
    metadata: { name: 'mtv.v1', namespace: 'openshift-mtv' },
    status: { phase },
  });
  return cluster;
};

const waiting = (target: string, cluster: ReturnType<typeof installed>) =>
  execute(waitTasks(target, undefined)?.(cluster) ?? [], undefined, 2000);

test.each([
  ['csv/mtv', 'Succeeded', 'not', 0],
  ['csv/mtv', 'Succeeded', 'already', 0],
  ['csv/mtv', 'Installing', 'already', 3],
  ['operator/mtv', 'Succeeded', 'not', 3],
  ['operator/mtv', 'Succeeded', 'already', 0],
] as const)(
  '%s where the version is %s and its API %s served ends with %i',
  async (target, phase, served, expected) => {
    const cluster = installed(phase);
    if (served === 'not') cluster.uninstall('forkliftControllers');
    expect((await waiting(target, cluster)).code).toBe(expected);
  },
);
