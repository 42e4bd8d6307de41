import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { create } from '../../src/domain/change';
import { clusterOf } from '../hooks/control-plane';
import { fileWith } from '../hooks/program';
import { controllerUser as user, startWorld, stopped } from './migration-world';
import type { MigrationWorld } from './migration-world';
import type { Started } from '../started';

const plans = 1000;
const steadySeconds = 60;
const many = 10_000;
const events = 10_000;
/** Megabytes with 1,000 plans. */
let small = 0;

const round = (value: number) => Math.round(value * 10) / 10;
const print = (rows: Readonly<Record<string, number>>): void => {
  const lines = Object.entries(rows).map(([what, value]) => `${what}: ${String(value)}\n`);
  process.stdout.write(lines.join(''));
};
/** As many creations as the controller has under way. */
const atOnce = 8;

let world: MigrationWorld;
beforeAll(async () => {
  world = await startWorld();
}, 120_000);
afterAll(() => world.stop());

/** Has the controller collect its garbage when it is told to. */
const collector = fileWith(
  `require('node:v8').setFlagsFromString('--expose-gc');
const collect = require('node:vm').runInNewContext('gc');
process.on('SIGUSR2', () => collect());
`,
  'cjs',
);

/** What the controller says of itself. */
interface Measured {
  readonly cpuSeconds: number;
  readonly megabytes: number;
  /** Keys that wait or are in work. */
  readonly work: number;
}

/** A controller that has listed everything, and how long that took from the start of its process, in milliseconds. */
const started = async () => {
  const began = performance.now();
  const controller = world.controller(undefined, { NODE_OPTIONS: `--require ${collector}` });
  const { port } = JSON.parse(await controller.says('"event":"started"')) as { port: number };
  const get = (path: string) => fetch(`http://127.0.0.1:${String(port)}${path}`);
  while ((await get('/readyz')).status !== 200) await world.plane.cluster.pause(20);
  const ready = performance.now() - began;
  const measure = async (): Promise<Measured> => {
    const text = await (await get('/metrics')).text();
    const value = (name: string) => Number(new RegExp(`^${name}(?:\\{.*\\})? (\\S+)$`, 'm').exec(text)?.[1]);
    return {
      cpuSeconds: value('process_cpu_seconds_total'),
      megabytes: value('process_resident_memory_bytes') / 2 ** 20,
      work: value('migration_prep_queue_depth') + value('migration_prep_queue_in_work'),
    };
  };
  const idle = async (): Promise<number> => {
    for (let quiet = 0; quiet < 3; quiet = (await measure()).work === 0 ? quiet + 1 : 0)
      await world.plane.cluster.pause(100);
    return performance.now() - began;
  };
  /** Megabytes of the heap in use after garbage was collected. */
  const heap = async (): Promise<number> => {
    controller.stop('SIGUSR2');
    await world.plane.cluster.pause(2000);
    return Number(/^nodejs_heap_size_used_bytes (\S+)$/m.exec(await (await get('/metrics')).text())?.[1]) / 2 ** 20;
  };
  return { controller, ready, measure, idle, heap };
};
const end = (controller: Started) => stopped(controller);

/** Creations of networks by a user in each second, from the first request to the last answer. */
const rateOf = (isUser: (name: string) => boolean): number => {
  const creations = world.plane
    .audit()
    .filter(
      ({ verb, objectRef, responseStatus, user: { username } }) =>
        verb === 'create' &&
        objectRef?.resource === 'network-attachment-definitions' &&
        responseStatus?.code === 201 &&
        isUser(username),
    );
  const from = Math.min(...creations.map((each) => Date.parse(each.requestReceivedTimestamp)));
  const to = Math.max(...creations.map((each) => Date.parse(each.stageTimestamp)));
  return (creations.length * 1000) / (to - from);
};

/** As many networks as the plans name, in a project of their own, by the client of the controller and nothing more. */
const bareCreations = async (): Promise<void> => {
  await world.plane.put('namespaces', { metadata: { name: 'bare' } });
  const cluster = clusterOf(world.plane.kubeconfig);
  const waiting = Array.from({ length: plans * 3 }, (_, at) => `network-${String(at)}`);
  const work = async () => {
    for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
      const config = JSON.stringify({ cniVersion: '0.3.1', name, type: 'bridge', bridge: 'br1', vlan: 100 });
      const network = { metadata: { name, namespace: 'bare' }, spec: { config } };
      const made = await cluster.apply(create('networkAttachmentDefinitions', network));
      if (!made.ok) throw new Error(made.error.message);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
};

test('the controller with 1,000 plans', async () => {
  const empty = await started();
  await world.plane.cluster.pause(5000);
  const rest = await empty.measure();
  await end(empty.controller);

  await bareCreations();
  await world.addPlans(plans);
  const first = await started();
  const created = await first.idle();
  const bare = rateOf((name) => name !== user);
  const rate = rateOf((name) => name === user);
  // What was written is looked at once more after a minute. A controller that finds all of it there has nothing more to look at.
  await end(first.controller);

  const again = await started();
  const idle = await again.idle();
  const before = await again.measure();
  const from = Date.now();
  await world.plane.cluster.pause(steadySeconds * 1000);
  const after = await again.measure();
  const to = Date.now();
  await end(again.controller);
  const requests = new Set(
    world.plane
      .audit()
      .filter(({ user: { username }, requestReceivedTimestamp }) => {
        const at = Date.parse(requestReceivedTimestamp);
        return username === user && at >= from && at < to;
      })
      .map(({ auditID }) => auditID),
  ).size;

  print({
    'from its start until it knows an empty cluster, ms': Math.round(empty.ready),
    'memory then, MiB': Math.round(rest.megabytes),
    'bare creations, per second': Math.round(bare),
    'creations of the controller, per second': Math.round(rate),
    'controller to bare': Math.round((rate / bare) * 100) / 100,
    '1,000 plans from its start until all networks are there, s': round(created / 1000),
    '1,000 plans from a restart until it is idle, s': round(idle / 1000),
    'idle with 1,000 plans: memory, MiB': Math.round(after.megabytes),
    'idle with 1,000 plans: processor, % of a core':
      Math.round(((after.cpuSeconds - before.cpuSeconds) / steadySeconds) * 1000) / 10,
    'idle with 1,000 plans: requests per minute': Math.round((requests * 60) / steadySeconds),
  });
  small = after.megabytes;
}, 240_000);

test('the controller with 10,000 plans', async () => {
  await Promise.all(Array.from({ length: atOnce }, () => world.addPlans((many - plans) / atOnce, 1)));
  const first = await started();
  const created = await first.idle();
  await end(first.controller);

  const again = await started();
  const idle = await again.idle();
  await world.plane.cluster.pause(5000);
  const rest = await again.measure();
  const touch = (count: number) => Promise.all(Array.from({ length: atOnce }, () => world.touchPlans(count / atOnce)));
  // What the first events leave behind is no growth: buffers, compiled code.
  await touch(events);
  await again.idle();
  const before = await again.heap();
  await touch(events);
  await touch(events);
  await again.idle();
  const after = await again.heap();
  await end(again.controller);
  const perEvent = Math.round(((after - before) * 2 ** 20) / (2 * events));
  print({
    '10,000 plans from its start until all networks are there, s': round(created / 1000),
    '10,000 plans from a restart until it is idle, s': round(idle / 1000),
    'idle with 10,000 plans: memory, MiB': Math.round(rest.megabytes),
    'memory per plan beyond 1,000, KiB': round(((rest.megabytes - small) * 1024) / (many - plans)),
    [`heap per event, of ${String(2 * events)}, B`]: perEvent,
  });
  // A tenth of what it remembers of a plan would be a leak.
  expect(perEvent).toBeLessThan(200);
}, 900_000);

test('what the image of the controller adds to its base', () => {
  const bundle = readFileSync(join(import.meta.dirname, '../../dist-tools/main.mjs'));
  print({
    'bundle of the tools image, kB': Math.round(bundle.length / 1000),
    'the same, compressed, kB': Math.round(gzipSync(bundle).length / 1000),
  });
});
