import type { FailureCode } from '../domain/failure';
import type { KindId } from '../domain/kinds';
import type { Host } from '../domain/objects';
import { ownLabels } from '../domain/ownership';
import { undoHostPart } from '../domain/undo-parts';
import { memoryCluster } from '../testing/memory-cluster';
import { listParts, undoListed } from './undo';

const mtv = 'openshift-mtv';
const host: Host = {
  metadata: { name: 'vc-host-1-config', namespace: mtv, labels: ownLabels },
  spec: { id: 'host-1', provider: { name: 'vc', namespace: mtv }, secret: { name: 'credentials', namespace: mtv } },
};

const world = () => {
  const cluster = memoryCluster(mtv);
  cluster.put('hosts', host);
  cluster.put('hosts', { ...host, metadata: { ...host.metadata, name: 'vc-host-2-config' } });
  cluster.put('secrets', { metadata: { name: 'credentials', namespace: mtv, labels: ownLabels } });
  return cluster;
};

const remove = async (cluster: ReturnType<typeof world>) => {
  const parts = [
    undoHostPart(cluster.all('hosts').find(({ metadata }) => metadata.name === host.metadata.name) ?? host),
  ];
  const { trials } = await listParts(cluster, parts);
  return {
    names: trials.map(({ change }) => `${change.verb} ${change.kind}`),
    undone: (broken: () => void) => {
      broken();
      return undoListed(cluster, parts, trials, () => undefined);
    },
  };
};

describe.each<KindId>(['hosts', 'secrets'])('the deletion of %s', (kind) => {
  test.each<[string, { failure: FailureCode; when?: 'after' }, boolean]>([
    ['its answer is lost', { failure: 'Unreachable', when: 'after' }, true],
    ['it is forbidden (403)', { failure: 'Forbidden' }, false],
    ['it conflicts (409)', { failure: 'Conflict' }, true],
    ['there are too many requests (429)', { failure: 'TooManyRequests' }, true],
    ['the server fails (500)', { failure: 'ServerError' }, true],
  ])('%s', async (_, fault, passes) => {
    const cluster = world();
    const first = await remove(cluster);
    expect(first.names).toEqual(['delete hosts', 'delete secrets']);
    const { failures } = await first.undone(() => {
      cluster.fail({ verb: 'delete', kind, ...fault });
    });
    expect(failures.length === 0).toBe(passes);
    if (!passes) expect((await (await remove(cluster)).undone(() => undefined)).failures).toEqual([]);
    expect(cluster.all('hosts').map(({ metadata }) => metadata.name)).toEqual(['vc-host-2-config']);
    expect(cluster.all('secrets')).toEqual([]);
  });
});

test('a Secret that somebody else created stays', async () => {
  const cluster = world();
  cluster.put('secrets', { metadata: { name: 'credentials', namespace: mtv } });
  expect((await remove(cluster)).names).toEqual(['delete hosts']);
});
