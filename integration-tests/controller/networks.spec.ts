import { fileWith, run, start } from '../hooks/program';
import { controllerRules } from '../hooks/rights';
import type { Faults, FaultProxy } from './fault-proxy';
import { startFaultProxy } from './fault-proxy';
import type { MigrationWorld } from './migration-world';
import { ownRelease, startWorld, stopped } from './migration-world';

let world: MigrationWorld;
const seed = 20_260_101;

/** Numbers by chance that are the same in every run (mulberry32). */
const chance = (state: number) => () => {
  state = (state + 0x6d2b79f5) | 0;
  let t = Math.imul(state ^ (state >>> 15), 1 | state);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
};
const between = (random: () => number, least: number, most: number): number => least + random() * (most - least);
const pause = (milliseconds: number) => world.plane.cluster.pause(milliseconds);

beforeAll(async () => {
  world = await startWorld();
}, 120_000);

afterAll(() => world.stop());

const minutes = 60_000;

test(
  'a plan gets its networks, and one that cannot be decided gets one Event',
  async () => {
    const controller = world.controller();
    await controller.says('"event":"started"');
    await world.addPlans(3);
    const trunk = await world.addTrunk();
    await world.isExact();
    while ((await world.events(trunk)).length === 0) await pause(100);
    await stopped(controller);

    const again = world.controller();
    await again.says('"knowledge":"listed"');
    await world.addPlans(1);
    await world.isExact();
    await stopped(again);
    expect(await world.events(trunk)).toEqual([expect.objectContaining({ reason: 'VlanTrunk', count: 1 })]);
  },
  2 * minutes,
);

test('it is ready when it has seen everything once, and says what it does', async () => {
  const controller = world.controller();
  const { port } = JSON.parse(await controller.says('"event":"started"')) as { port: number };
  const get = async (path: string) => {
    const response = await fetch(`http://127.0.0.1:${String(port)}${path}`);
    return { code: response.status, text: await response.text() };
  };
  expect(await get('/healthz')).toEqual({ code: 200, text: 'ok\n' });
  while ((await get('/readyz')).code !== 200) await pause(50);
  await world.addPlans(1);
  await world.isExact();
  const { text } = await get('/metrics');
  for (const line of [
    'migration_prep_writes_total{verb="create",kind="networkAttachmentDefinitions",result="ok"} 3',
    'migration_prep_kind_listed{kind="plans"} 1',
    'migration_prep_queue_depth{reconciler="networks"} 0',
    'migration_prep_undecided 1',
  ])
    expect(text).toContain(line);
  expect(await get('/secrets')).toMatchObject({ code: 404 });
  await stopped(controller);
});

test('where values declare no networks it is ready without the rights for them', async () => {
  const kubeconfig = await world.plane.account('frugal', controllerRules({ release: ownRelease }, 'always'));
  const controller = start(kubeconfig, 'run', '--wishes', fileWith({}), '--port', '0');
  const { port } = JSON.parse(await controller.says('"event":"started"')) as { port: number };
  const code = async () => (await fetch(`http://127.0.0.1:${String(port)}/readyz`)).status;
  for (let looks = 0; looks < 100 && (await code()) !== 200; looks += 1) await pause(100);
  expect(await code()).toBe(200);
  await stopped(controller);
});

test('without a right it is not ready, and says which one is missing', async () => {
  const kubeconfig = await world.plane.account('nobody', []);
  const controller = world.controller(kubeconfig);
  const { port } = JSON.parse(await controller.says('"event":"started"')) as { port: number };
  await controller.says('"kind":"plans","knowledge":"forbidden"');
  const response = await fetch(`http://127.0.0.1:${String(port)}/readyz`);
  expect(response.status).toBe(503);
  expect(await response.text()).toContain('the right to list and watch plans is missing');
  await stopped(controller);
});

test.each([
  [
    'a VLAN that is none',
    { prepare: { networks: { rules: [{ bridge: 'br1', vlan: '5000' }] } } },
    'networks.rules[0].vlan',
  ],
  ['an unknown key', { prepare: { network: {} } }, 'prepare'],
])('values that make no sense end it at once: %s', async (_, wishes, says) => {
  const ended = await run(world.kubeconfig, 'run', '--wishes', fileWith(wishes));
  expect(ended).toMatchObject({ code: 2, out: '' });
  expect(ended.err).toContain(says);
});

test(
  '20 kills at any moment',
  async () => {
    const random = chance(seed);
    for (let kill = 0; kill < 20; kill += 1) {
      const controller = world.controller();
      await world.addPlans(1);
      await pause(between(random, 300, 1500));
      controller.stop('SIGKILL');
      await controller.ended;
    }
    const last = world.controller();
    await world.isExact();
    await stopped(last);
  },
  3 * minutes,
);

test(
  'two at once, of which now one and now the other is killed',
  async () => {
    const random = chance(seed + 1);
    const running = [world.controller(), world.controller()];
    for (let kill = 0; kill < 10; kill += 1) {
      await world.addPlans(2);
      await pause(between(random, 200, 1200));
      const at = kill % 2;
      running[at]?.stop('SIGKILL');
      await running[at]?.ended;
      running[at] = world.controller();
    }
    await world.isExact();
    await stopped(...running);
  },
  3 * minutes,
);

describe('through a bad network', () => {
  let proxy: FaultProxy;
  beforeAll(async () => {
    proxy = await startFaultProxy(world.kubeconfig, chance(seed + 2));
  });
  afterAll(() => {
    proxy.stop();
  });

  test.each<{ case: string; faults: Faults }>([
    { case: 'every watch is cut each second', faults: { cutWatches: 1000 } },
    { case: 'every watch is told 410, so that all is listed each time', faults: { gone: true } },
    { case: 'half of the requests are answered 429', faults: { busy: 50 } },
    { case: 'a third of the answers are lost', faults: { lost: 33 } },
    { case: 'all of it', faults: { cutWatches: 700, busy: 20, lost: 20 } },
  ])(
    '$case',
    async ({ faults }) => {
      const before = proxy.met();
      proxy.set(faults);
      const controller = world.controller(proxy.kubeconfig);
      for (let round = 0; round < 5; round += 1) {
        await world.addPlans(2);
        await pause(1000);
      }
      await world.isExact();
      expect(proxy.met()).toBeGreaterThan(before);
      proxy.set({});
      await stopped(controller);
    },
    3 * minutes,
  );
});

test(
  'one that stood still while another worked goes on and does no harm',
  async () => {
    const still = world.controller();
    await still.says('"kind":"plans","knowledge":"listed"');
    await world.addPlans(2);
    await pause(300);
    still.stop('SIGSTOP');
    const other = world.controller();
    await world.addPlans(5);
    await world.isExact();
    await pause(60_000);
    await world.addPlans(3);
    still.stop('SIGCONT');
    await world.addPlans(3);
    await world.isExact();
    await stopped(other);
    await world.addPlans(2);
    await world.isExact();
    await stopped(still);
  },
  3 * minutes,
);
