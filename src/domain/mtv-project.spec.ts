import type { ForkliftController } from './objects';
import { readMtvProject, readServedProject, watchedIn } from './mtv-project';
import type { MtvTraces } from './mtv-project';
import type { ClusterExtension, ClusterServiceVersion, Subscription } from './platform-objects';

const controller = (namespace: string, ...conditions: readonly string[]): ForkliftController => ({
  metadata: { name: 'forklift-controller', namespace },
  ...(conditions.length > 0 && { status: { conditions: conditions.map((type) => ({ type, status: 'True' })) } }),
});
const subscription = (namespace: string, name = 'mtv-operator'): Subscription => ({
  metadata: { name: 's', namespace },
  spec: { name },
});
const csv = (namespace: string): ClusterServiceVersion => ({
  metadata: {
    name: 'mtv-operator.v2.12.1',
    namespace,
    labels: { [`operators.coreos.com/mtv-operator.${namespace}`]: '' },
  },
});
const extension = (namespace: string, packageName = 'mtv-operator'): ClusterExtension => ({
  metadata: { name: 'mtv' },
  spec: { namespace, source: { catalog: { packageName } } },
});
const loaded = <T>(...items: readonly T[]) => ({ state: 'loaded' as const, items });
const failed = (code: 'Forbidden' | 'ServerError') => ({ state: 'failed' as const, failure: { code, message: '' } });
const loading = { state: 'loading' as const };
const absent = { state: 'absent' as const };
const served = (project?: string) => ({ state: 'loaded' as const, project });

const nowhere: MtvTraces = {
  controllers: loaded(),
  subscriptions: loaded(),
  csvs: loaded(),
  clusterExtensions: loaded(),
  served: served(),
};

test.each<[string, Partial<MtvTraces>, string]>([
  ['nothing is known yet', { controllers: loading, subscriptions: loading, served: loading }, 'looking openshift-mtv'],
  [
    'nothing is known yet but what the chart left',
    { controllers: loading, served: served('my-mtv') },
    'looking my-mtv',
  ],
  [
    'a ForkliftController',
    { controllers: loaded(controller('my-mtv')), subscriptions: loading, served: loading },
    'controller my-mtv',
  ],
  [
    'upstream',
    { controllers: loaded(controller('konveyor-forklift')), subscriptions: loading },
    'controller konveyor-forklift',
  ],
  [
    'a ForkliftController, whatever the chart left',
    { controllers: loaded(controller('my-mtv')), served: served('other') },
    'controller my-mtv, proxied other',
  ],
  [
    'the chart left the same',
    { controllers: loaded(controller('my-mtv')), served: served('my-mtv') },
    'controller my-mtv',
  ],
  [
    'two in one project',
    { controllers: loaded(controller('my-mtv'), controller('my-mtv', 'Running')) },
    'controller my-mtv',
  ],
  [
    'two, and Subscriptions are asked for',
    { controllers: loaded(controller('a'), controller('b')), subscriptions: loading },
    'looking openshift-mtv',
  ],
  [
    'two, of which one was looked at',
    { controllers: loaded(controller('a'), controller('b', 'Running')) },
    'controller b',
  ],
  [
    'two that were looked at, of which one is left over from an operator that is gone',
    {
      controllers: loaded(controller('a', 'Running'), controller('b', 'Running')),
      subscriptions: loaded(subscription('b')),
    },
    'controller b',
  ],
  ['two that nothing tells apart', { controllers: loaded(controller('b'), controller('a')) }, 'controller a, or b'],
  [
    'two, told apart by the chart alone',
    { controllers: loaded(controller('a'), controller('b')), served: served('b') },
    'controller b, or a',
  ],
  [
    'a Subscription alone',
    { subscriptions: loaded(subscription('other', 'other-operator'), subscription('my-mtv')) },
    'operator my-mtv',
  ],
  [
    'a Subscription of upstream Forklift',
    { subscriptions: loaded(subscription('konveyor-forklift', 'forklift-operator')) },
    'operator konveyor-forklift',
  ],
  ['a version whose Subscription is gone', { csvs: loaded(csv('my-mtv')) }, 'operator my-mtv'],
  [
    'installed by OLM v1',
    { clusterExtensions: loaded(extension('my-mtv')), subscriptions: absent, csvs: absent },
    'operator my-mtv',
  ],
  [
    'two, told apart by OLM v1',
    {
      controllers: loaded(controller('a', 'Running'), controller('b', 'Running')),
      clusterExtensions: loaded(extension('b')),
    },
    'controller b',
  ],
  ['something of OLM is not known yet', { csvs: loading }, 'looking openshift-mtv'],
  [
    'a Subscription alone, and other proxies',
    { subscriptions: loaded(subscription('my-mtv')), served: served('x') },
    'operator my-mtv, proxied x',
  ],
  [
    'no right to look',
    { controllers: failed('Forbidden'), subscriptions: failed('Forbidden'), served: served('my-mtv') },
    'served my-mtv',
  ],
  [
    'no right to look, and the file is on its way',
    { controllers: failed('Forbidden'), subscriptions: failed('Forbidden'), served: loading },
    'looking openshift-mtv',
  ],
  [
    'no right to look, and no file',
    { controllers: failed('Forbidden'), subscriptions: failed('Forbidden') },
    'assumed openshift-mtv',
  ],
  [
    'a server that fails, and a Subscription',
    { controllers: failed('ServerError'), subscriptions: loaded(subscription('my-mtv')) },
    'operator my-mtv',
  ],
  ['no MTV, and the file is on its way', { served: loading }, 'assumed openshift-mtv'],
  ['no MTV, and word of where it shall be', { served: served('my-mtv') }, 'served my-mtv'],
  ['no MTV and no OLM', { controllers: absent, subscriptions: absent }, 'assumed openshift-mtv'],
])('%s', (_, traces, expected) => {
  const { name, source, rivals, proxied } = readMtvProject({ ...nowhere, ...traces });
  const more = [...rivals.map((each) => `or ${each}`), ...(proxied === undefined ? [] : [`proxied ${proxied}`])];
  expect([`${source} ${name}`, ...more].join(', ')).toBe(expected);
});

test.each<[unknown, string | undefined]>([
  [{ mtvNamespace: 'my-mtv' }, 'my-mtv'],
  [{ mtvNamespace: 'my-mtv', later: true }, 'my-mtv'],
  [{ mtvNamespace: '' }, undefined],
  [{ mtvNamespace: '../other' }, undefined],
  [{ mtvNamespace: 'a'.repeat(64) }, undefined],
  [{ mtvNamespace: 7 }, undefined],
  [{}, undefined],
  [['my-mtv'], undefined],
  ['my-mtv', undefined],
  [null, undefined],
  [undefined, undefined],
])('of the served file %p the project is %p', (content, project) => {
  expect(readServedProject(content)).toBe(project);
});

test('a ForkliftController of another project is not MTV’s', () => {
  const all = loaded(controller('left-over'), controller('my-mtv'));
  expect(watchedIn(all, 'my-mtv')).toEqual(loaded(controller('my-mtv')));
  expect(watchedIn(all, undefined)).toEqual(loading);
  expect(watchedIn(absent, 'my-mtv')).toEqual(absent);
});
