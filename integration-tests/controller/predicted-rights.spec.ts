import { keyOf, nameOfChange } from '../../src/domain/change';
import type { Change } from '../../src/domain/change';
import type { Cluster, Needs, Seen } from '../../src/domain/cluster';
import { observe } from '../../src/domain/converge';
import type { Plan } from '../../src/domain/converge';
import { planProvider, providerNeeds } from '../../src/domain/connection/plan-provider';
import { planRotation, rotationNeeds } from '../../src/domain/connection/plan-rotation';
import { networksNeeds, planNads } from '../../src/domain/networks/plan-nads';
import { operators, suggestedNamespace } from '../../src/domain/operators/operator';
import { operatorNeeds, planOperator } from '../../src/domain/operators/plan-operator';
import { missingRights, rightOf } from '../../src/domain/rights';
import { registryNeeds, planRegistry } from '../../src/domain/storage/plan-registry';
import { planVirtDefault, virtDefaultNeeds } from '../../src/domain/storage/plan-virt-default';
import { planWithout, withoutNeeds } from '../../src/domain/vddk/plan-without';
import { buildNeeds, planBuild } from '../../src/domain/vddk/plan-build';
import { imageNeeds, planImage } from '../../src/domain/vddk/plan-image';
import { planPuller, pullerNeeds } from '../../src/domain/vddk/plan-puller';
import { withoutAbsentKinds } from '../../src/work/prepare/absent-kinds';
import { startSandbox } from '../sandbox';
import type { RunningSandbox } from '../sandbox';
import { clusterAs, reset } from './sandbox-users';

const mtv = 'openshift-mtv';
const target = 'migration-target';

let sandbox: RunningSandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
}, 180_000);
afterAll(() => sandbox.stop());

/** What the product does at one press of a button: the first writes that follow from it on this cluster. */
interface Action {
  readonly name: string;
  /** Who may do all of it. `prep` administers MTV's project and that of the virtual machines. */
  readonly may: readonly string[];
  readonly changes: (administrator: Cluster) => Promise<readonly Change[]>;
}

const action = <N extends Needs, P>(
  name: string,
  may: readonly string[],
  needs: N,
  plan: (seen: Seen<N>) => Plan<P>,
): Action => ({
  name,
  may,
  changes: async (administrator) => {
    const seen = await observe(withoutAbsentKinds(administrator), needs);
    if (!seen.ok) throw new Error(`${name}: ${seen.error.code}`);
    const planned = plan(seen.value);
    if (!planned.ok) throw new Error(`${name}: ${JSON.stringify(planned.error)}`);
    return planned.value;
  },
});

const everybodyButViewer = ['kubeadmin', 'prep'];
const administrator = ['kubeadmin'];

const provider = (namespace: string) => ({
  name: 'predicted',
  namespace,
  url: 'https://192.0.2.1/sdk',
  user: 'u',
  password: 'p',
  endpoint: 'vcenter' as const,
  certificate: undefined,
  submission: '1',
});
const networks = (project: string) => ({
  project,
  provider: `${mtv}/vcenter`,
  portGroups: [
    {
      name: 'app',
      id: 'network-1',
      vlan: 7,
      copies: 1,
      network: { attachment: { kind: 'linux-bridge', bridge: 'br1' }, tag: 7, mtu: undefined, anyMac: false },
    } as const,
  ],
});
const build = (project: string) => ({
  project,
  version: '8.0.3',
  archive: 'a.tar.gz',
  baseImage: 'registry.example.com/base:1',
});
const operatorWish = {
  mode: 'install',
  source: 'redhat-operators',
  sourceNamespace: 'openshift-marketplace',
  installPlanApproval: 'Automatic',
} as const;
const puller = { project: mtv, target };

/** Each on a cluster where MTV is installed and nothing is set up. */
const onFresh: readonly Action[] = [
  action(
    "connect a vCenter in MTV's project",
    everybodyButViewer,
    providerNeeds(provider(mtv)),
    planProvider(provider(mtv)),
  ),
  action(
    'connect a vCenter in an own project',
    everybodyButViewer,
    providerNeeds(provider(target)),
    planProvider(provider(target)),
  ),
  action(
    'connect a vCenter in the project of others',
    administrator,
    providerNeeds(provider('default')),
    planProvider(provider('default')),
  ),
  action('prepare a build', everybodyButViewer, buildNeeds(mtv), planBuild(build(mtv))),
  action('prepare a build in the project of others', administrator, buildNeeds('default'), planBuild(build('default'))),
  action('let virtual machines pull the image', everybodyButViewer, pullerNeeds(puller), planPuller(puller)),
  action(
    'set the image',
    everybodyButViewer,
    imageNeeds(mtv),
    planImage({ image: 'registry.example.com/vddk:8', before: undefined }),
  ),
  action('create networks', everybodyButViewer, networksNeeds(target), planNads(networks(target))),
  action('create networks for all projects', administrator, networksNeeds('default'), planNads(networks('default'))),
];

/** Each on a cluster that was just installed. */
const onEmpty: readonly Action[] = [
  ...(['lvms', 'mtv', 'nmstate', 'cnv'] as const).map((id) => {
    const home = suggestedNamespace(operators[id], undefined);
    return action(
      `install ${operators[id].name}`,
      administrator,
      operatorNeeds(id, home),
      planOperator(operators[id], operatorWish, home),
    );
  }),
];

const claim = { claim: 'registry', size: '100Gi', accessMode: 'ReadWriteOnce', storageClass: 'san-gold' } as const;

/** Each on a cluster that somebody began by hand. */
const onHalf: readonly Action[] = [
  action(
    'mark a class for virtual machines',
    administrator,
    virtDefaultNeeds,
    planVirtDefault({ className: 'san-gold', unsetOthers: true }),
  ),
  action('switch on the image registry', administrator, registryNeeds(claim.claim), planRegistry(claim)),
];

const again = {
  name: 'vcenter',
  namespace: mtv,
  url: '',
  secret: { name: 'vcenter-credentials', namespace: mtv },
  content: 'again',
  submission: '1',
} as const;

/** Each on a cluster on which everything is ready. */
const onPrepared: readonly Action[] = [
  action('go without VDDK', everybodyButViewer, withoutNeeds(mtv), planWithout),
  action('test a provider again', everybodyButViewer, rotationNeeds(again), planRotation(again)),
];

const users = ['kubeadmin', 'prep', 'viewer'] as const;

/** For each change whether it is allowed: as the product predicts it, and as the API server answers to the change itself. */
const compare = async (cluster: Cluster, changes: readonly Change[]) => {
  const missing = new Set((await missingRights(cluster, changes.map(rightOf))).map((right) => JSON.stringify(right)));
  const predicted: Record<string, boolean> = {};
  const answered: Record<string, boolean> = {};
  for (const change of changes) {
    const key = keyOf(nameOfChange(change));
    const tried = await cluster.apply(change, { dryRun: true });
    predicted[key] = !missing.has(JSON.stringify(rightOf(change)));
    answered[key] = tried.ok || tried.error.code !== 'Forbidden';
  }
  return { predicted, answered };
};

describe.each([
  ['fresh', onFresh],
  ['empty', onEmpty],
  ['half', onHalf],
  ['prepared', onPrepared],
] as const)('on a cluster that is %s', (scenario, actions) => {
  beforeAll(() => reset(sandbox, scenario), 120_000);

  test.each(actions)('$name: what is predicted is what the server answers, for each user', async ({ may, changes }) => {
    const wanted = await changes(clusterAs(sandbox, 'kubeadmin'));
    expect(wanted.length).toBeGreaterThan(0);
    for (const user of users) {
      const { predicted, answered } = await compare(clusterAs(sandbox, user), wanted);
      expect({ user, ...predicted }).toEqual({ user, ...answered });
      expect({ user, may: Object.values(answered).every(Boolean) }).toEqual({ user, may: may.includes(user) });
    }
  });
});
