import type { KindId } from '../../src/domain/kinds';
import { pathOf } from '../hooks/control-plane';
import type { ControlPlane } from '../hooks/control-plane';
import type { Started } from '../started';
import type { MigrationWorld } from './migration-world';
import { startWorld, stopped } from './migration-world';

let world: MigrationWorld;

beforeAll(async () => {
  world = await startWorld();
}, 120_000);

afterAll(() => world.stop());

const pause = (milliseconds: number) => world.plane.cluster.pause(milliseconds);

/** The networks that were created, as often as the API server said so. */
const created = (): readonly string[] =>
  world.plane.audit().flatMap(({ stage, verb, objectRef, responseStatus }) => {
    const isCreated = stage === 'ResponseComplete' && verb === 'create' && responseStatus?.code === 201;
    return isCreated && objectRef?.resource === 'network-attachment-definitions' ? [objectRef.name ?? ''] : [];
  });

/** Until it reads and writes again: after a start, it fills its caches and looks for etcd. */
const isItselfAgain = async (): Promise<void> => {
  const { ask } = world.plane;
  const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'another' } };
  const kinds: readonly KindId[] = ['plans', 'networkMaps', 'networkAttachmentDefinitions'];
  const answers = async () => [
    (await ask('POST', '/api/v1/namespaces?dryRun=All', namespace)).code,
    ...(await Promise.all(kinds.map(async (kind) => (await ask('GET', pathOf(kind))).code))),
  ];
  while ((await answers()).some((code) => code >= 300)) await pause(200);
};

const outages: readonly { readonly outage: string; readonly suffer: (plane: ControlPlane) => Promise<void> }[] = [
  { outage: 'the API server is killed and started again', suffer: (plane) => plane.restart('apiserver') },
  {
    outage: 'etcd is away for 10 s',
    suffer: async (plane) => {
      await plane.halt('etcd');
      await pause(10_000);
      await plane.begin('etcd');
    },
  },
  {
    outage: 'etcd answers nothing for 10 s',
    suffer: async (plane) => {
      await plane.pause('etcd');
      await pause(10_000);
      await plane.resume('etcd');
    },
  },
];

/** Each with three networks: about two seconds of work. */
const plans = 120;

// Those of a test that failed do not do the work of the next.
let controllers: readonly Started[] = [];
afterEach(() => {
  for (const controller of controllers) controller.stop('SIGKILL');
});

test.each(outages.flatMap((each) => [1, 2].map((count) => ({ ...each, count }))))(
  '$outage in the midst of the work of $count: each network is there, and was created once',
  async ({ suffer, count }) => {
    const before = created().length;
    controllers = Array.from({ length: count }, () => world.controller());
    await Promise.all(controllers.map((controller) => controller.says('"event":"started"')));
    // They stand still until all is there that they will work on: none is done before another has begun.
    for (const controller of controllers) controller.stop('SIGSTOP');
    await world.addPlans(plans);
    for (const controller of controllers) controller.stop('SIGCONT');
    await Promise.any(controllers.map((controller) => controller.says('"event":"created"')));
    const soFar = created().length - before;
    await suffer(world.plane);
    // The rest was still to be done.
    expect(soFar).toBeLessThan(plans * 3);
    await isItselfAgain();
    await world.addPlans(3);
    await world.isExact().catch((cause: unknown) => {
      throw new Error([String(cause), ...controllers.map(({ lastWords }) => lastWords())].join('\n\n'));
    });
    await stopped(...controllers);
    const names = created();
    expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
  },
  300_000,
);
