import type { Cluster } from '../domain/cluster';
import type { ClusterFailure } from '../domain/failure';
import type { BridgeWish } from '../domain/networks/new-bridge/bridge-wish';
import type { NodeProgress } from '../domain/networks/new-bridge/roll-out';
import { card, nodeOf, reportOf } from '../testing/cards';
import { memoryCluster } from '../testing/memory-cluster';
import type { MemoryCluster } from '../testing/memory-cluster';
import { memoryNmstate } from '../testing/memory-nmstate';
import { makeBridge } from './make-bridge';

const wish: BridgeWish = { kind: 'linux-bridge', name: 'br-vms', nic: 'eno2', nicType: 'ethernet' };
const workers = ['worker-0', 'worker-1', 'worker-2'];

const world = () => {
  const all = memoryCluster();
  for (const name of workers) {
    all.put('nodes', nodeOf(name));
    all.put('nodeNetworkStates', reportOf(name, card('eno2')));
  }
  const nmstate = memoryNmstate(all);
  const stop = new AbortController();
  const phases: string[] = [];
  const seen: (readonly NodeProgress[])[] = [];
  let pauses = 0;
  let meanwhile: (pauses: number) => void = () => undefined;
  let began: (phase: string) => void = () => undefined;
  const cluster: Cluster = {
    ...all,
    pause: () => {
      pauses += 1;
      meanwhile(pauses);
      nmstate.act();
      return Promise.resolve();
    },
  };
  return {
    all,
    nmstate,
    stop,
    phases,
    seen,
    during: (run: (pauses: number) => void) => {
      meanwhile = run;
    },
    at: (run: (phase: string) => void) => {
      began = run;
    },
    make: () =>
      makeBridge(cluster, wish, {
        signal: stop.signal,
        onPhase: (phase) => {
          phases.push(phase);
          began(phase);
        },
        onNodes: (nodes) => seen.push(nodes),
      }),
  };
};
const withBridge = (all: MemoryCluster) =>
  all
    .all('nodeNetworkStates')
    .filter(({ status }) => status?.currentState?.interfaces?.some(({ name }) => name === 'br-vms'))
    .map(({ metadata }) => metadata.name);
const left = (all: MemoryCluster) => all.all('nodeNetworkConfigurationPolicies').map(({ metadata }) => metadata.name);
const verbs = (all: MemoryCluster) => all.writes.map(({ verb }) => verb);

test('one node gets the bridge first, the rest follow one by one, and each is told', async () => {
  const { all, make, phases, seen } = world();
  expect(await make()).toEqual({ ok: true, value: workers.map((node) => ({ node, state: 'done' })) });
  expect(phases).toEqual(['first', 'rest']);
  expect(withBridge(all)).toEqual(workers);
  expect(verbs(all)).toEqual(['create', 'patch']);
  const atWork = seen.map((nodes) => nodes.filter(({ state }) => state === 'working').length);
  expect(Math.max(...atWork)).toBe(1);
  expect(seen[0]).toEqual([{ node: 'worker-0', state: 'waiting' }]);
});

test('what the first node cannot do is tried on no other, and nothing is left', async () => {
  const { all, nmstate, make, phases } = world();
  nmstate.manners['worker-0'] = 'loses-gateway';
  expect(await make()).toMatchObject({
    error: {
      code: 'Failed',
      nodes: [{ node: 'worker-0', state: 'failed', probe: 'ping', rolledBack: 'yes' }],
      back: { state: 'done' },
    },
  });
  expect(phases).toEqual(['first', 'back']);
  // NMState has rolled back, so there is nothing to be taken away.
  expect(verbs(all)).toEqual(['create', 'delete']);
  expect([withBridge(all), left(all)]).toEqual([[], []]);
});

test('what fails on the second node is taken away from the first too, before the policy goes', async () => {
  const { nmstate, make, phases } = world();
  nmstate.manners['worker-1'] = 'refuses';
  expect(await make()).toMatchObject({
    error: {
      code: 'Failed',
      nodes: [{ node: 'worker-0', state: 'done' }, { node: 'worker-1', state: 'failed' }, { node: 'worker-2' }],
    },
  });
  expect(phases).toEqual(['first', 'rest', 'back']);
});

test('a failure that was mended in time for the way back leaves nothing', async () => {
  const { all, nmstate, make, during, phases } = world();
  nmstate.manners['worker-1'] = 'loses-gateway';
  during(() => {
    if (phases.includes('back')) nmstate.manners['worker-1'] = 'carries-out';
  });
  expect(await make()).toMatchObject({ error: { code: 'Failed', back: { state: 'done' } } });
  expect(verbs(all)).toEqual(['create', 'patch', 'patch', 'delete']);
  expect([withBridge(all), left(all)]).toEqual([[], []]);
});

test('where a node does not take the bridge away either, the policy stays and the node is named', async () => {
  const { all, nmstate, make } = world();
  nmstate.manners['worker-1'] = 'refuses';
  expect(await make()).toMatchObject({
    error: { back: { state: 'left', nodes: [{ node: 'worker-0' }, { node: 'worker-1', state: 'failed' }, {}] } },
  });
  expect(left(all)).toEqual(['migration-prep-br-vms']);
});

test('where the rollback is not certain, the bridge is taken away explicitly', async () => {
  const { all, nmstate, make, during, phases } = world();
  nmstate.manners['worker-0'] = 'unsure';
  during(() => {
    if (phases.includes('back')) nmstate.manners['worker-0'] = 'carries-out';
  });
  expect(await make()).toMatchObject({ error: { code: 'Failed', back: { state: 'done' } } });
  expect(verbs(all)).toEqual(['create', 'patch', 'delete']);
});

test('a node that restarts meanwhile is waited for', async () => {
  const { all, make, during, seen } = world();
  during((pauses) => {
    if (pauses === 3) all.put('nodes', nodeOf('worker-1', {}, 'Unknown'));
    if (pauses === 12) all.put('nodes', nodeOf('worker-1'));
  });
  expect(await make()).toMatchObject({ ok: true });
  expect(seen.flat()).toContainEqual({ node: 'worker-1', state: 'away' });
  expect(withBridge(all)).toEqual(workers);
});

test('where nothing moves any more, that is the answer, and another run continues', async () => {
  const { all, nmstate, make } = world();
  nmstate.manners['worker-2'] = 'stays-at-work';
  expect(await make()).toMatchObject({
    error: { code: 'Stalled', nodes: [{}, {}, { node: 'worker-2', state: 'working' }] },
  });
  expect(left(all)).toHaveLength(1);
  nmstate.manners['worker-2'] = 'carries-out';
  expect(await make()).toMatchObject({ ok: true });
  expect(verbs(all)).toEqual(['create', 'patch']);
});

test('cancelled, it is taken back from the nodes that have it', async () => {
  const { all, make, during, stop, phases } = world();
  during(() => {
    if (phases.includes('rest')) stop.abort();
  });
  expect(await make()).toEqual({ ok: false, error: { code: 'Cancelled', back: { state: 'done' } } });
  expect([withBridge(all), left(all)]).toEqual([[], []]);
});

test('cancelled before NMState has begun with the others, the first node loses the bridge too', async () => {
  const { all, make, at, stop } = world();
  at((phase) => {
    if (phase === 'rest') stop.abort();
  });
  expect(await make()).toEqual({ ok: false, error: { code: 'Cancelled', back: { state: 'done' } } });
  expect(verbs(all)).toEqual(['create', 'patch', 'patch', 'delete']);
  expect([withBridge(all), left(all)]).toEqual([[], []]);
});

test('a policy that somebody deletes meanwhile is said, and not made again', async () => {
  const { all, nmstate, make, during } = world();
  nmstate.manners['worker-0'] = 'stays-at-work';
  during((pauses) => {
    if (pauses === 3) all.remove('nodeNetworkConfigurationPolicies', 'migration-prep-br-vms');
  });
  expect(await make()).toMatchObject({ error: { code: 'Unseen', failure: { code: 'NotFound' } } });
});

test('a card that carries traffic by the time the others follow: the first node loses the bridge again', async () => {
  const { all, make, during } = world();
  during((pauses) => {
    if (pauses === 1)
      for (const name of workers.slice(1))
        all.put('nodeNetworkStates', reportOf(name, card('eno2', { controller: 'br-ex' })));
  });
  // The others are simply left out: the policy stays with the one node that it is for.
  expect(await make()).toMatchObject({ ok: true, value: [{ node: 'worker-0' }] });
  expect(withBridge(all)).toEqual(['worker-0']);
});

describe('each write, whatever becomes of it', () => {
  const writes = [
    { verb: 'create', at: 'the first node' },
    { verb: 'patch', at: 'the others' },
  ] as const;
  const passing: readonly ClusterFailure['code'][] = ['Unreachable', 'Conflict', 'TooManyRequests', 'ServerError'];

  test.each(writes.flatMap((write) => passing.map((failure) => ({ ...write, failure }))))(
    '$verb for $at: $failure passes',
    async ({ verb, failure }) => {
      const { all, make } = world();
      all.fail({
        verb,
        kind: 'nodeNetworkConfigurationPolicies',
        failure,
        when: failure === 'Unreachable' ? 'after' : 'before',
      });
      expect(await make()).toMatchObject({ ok: true });
      expect(withBridge(all)).toEqual(workers);
      expect(verbs(all)).toEqual(['create', 'patch']);
    },
  );

  test('create: what a webhook or a right refuses begins nothing', async () => {
    for (const failure of ['Forbidden', 'Rejected', 'WebhookTimeout'] as const) {
      const { all, make } = world();
      all.fail({ verb: 'create', kind: 'nodeNetworkConfigurationPolicies', failure });
      expect(await make()).toMatchObject({
        error: { code: 'NotStored', failure: { code: 'WriteFailed', failure: { code: failure } } },
      });
      expect(all.writes).toEqual([]);
    }
  });

  test('patch: refused, the first node keeps the bridge and another run continues', async () => {
    const { all, make } = world();
    all.fail({ verb: 'patch', kind: 'nodeNetworkConfigurationPolicies', failure: 'Forbidden' });
    expect(await make()).toMatchObject({ error: { code: 'NotStored' } });
    expect(withBridge(all)).toEqual(['worker-0']);
    expect(await make()).toMatchObject({ ok: true });
    expect(withBridge(all)).toEqual(workers);
  });

  test.each(['patch', 'delete'] as const)(
    '%s on the way back: what fails leaves the policy, and is said',
    async (verb) => {
      const { all, make, during, phases, stop } = world();
      during(() => {
        if (phases.includes('rest')) {
          if (!stop.signal.aborted) all.fail({ verb, kind: 'nodeNetworkConfigurationPolicies', failure: 'Forbidden' });
          stop.abort();
        }
      });
      expect(await make()).toMatchObject({
        error: { code: 'Cancelled', back: { state: 'left', failure: { code: 'WriteFailed' } } },
      });
      expect(left(all)).toHaveLength(1);
    },
  );

  test('enactments that may no longer be listed end the waiting, and that is said; those that cannot be listed for a moment do not', async () => {
    const { all, make } = world();
    all.fail({ verb: 'list', kind: 'nodeNetworkConfigurationEnactments', failure: 'ServerError', times: 3 });
    expect(await make()).toMatchObject({ ok: true });
    const other = world();
    other.during(() => {
      other.all.forbid('list', 'nodeNetworkConfigurationEnactments');
    });
    expect(await other.make()).toMatchObject({ error: { code: 'Unseen', failure: { code: 'Forbidden' } } });
  });

  test.each([
    'nodes',
    'nodeNetworkStates',
    'nodeNetworkConfigurationPolicies',
    'nodeNetworkConfigurationEnactments',
  ] as const)('without the right to list %s nothing is written', async (kind) => {
    const { all, make } = world();
    all.forbid('list', kind);
    expect(await make()).toMatchObject({ error: { code: 'NotStored', failure: { code: 'ReadFailed' } } });
    expect(all.writes).toEqual([]);
  });
});
