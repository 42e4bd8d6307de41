import { memoryCluster } from '../../testing/memory-cluster';
import type { Cluster } from '../cluster';
import { converge } from '../converge';
import { planDisable, planEnable, pluginListNeeds } from './plugin-list';

const clusterWith = (spec?: { plugins?: string[] }) => {
  const cluster = memoryCluster();
  cluster.put('consoleConfigs', { metadata: { name: 'cluster' }, ...(spec && { spec }) });
  return cluster;
};
const pluginsOf = (cluster: ReturnType<typeof memoryCluster>) => cluster.all('consoleConfigs')[0]?.spec?.plugins;

test.each<[string, { plugins?: string[] } | undefined, string[]]>([
  ['no spec', undefined, ['us']],
  ['no list', {}, ['us']],
  ['an empty list', { plugins: [] }, ['us']],
  ['others', { plugins: ['z', 'a'] }, ['z', 'a', 'us']],
  ['us already', { plugins: ['us', 'a'] }, ['us', 'a']],
])('enabled where there is %s', async (_, spec, expected) => {
  const cluster = clusterWith(spec);
  expect((await converge({ cluster, needs: pluginListNeeds, plan: planEnable('us') })).ok).toBe(true);
  expect(pluginsOf(cluster)).toEqual(expected);
  expect(cluster.writes).toHaveLength(spec?.plugins?.includes('us') === true ? 0 : 1);
});

test.each<[string, { plugins?: string[] } | undefined, string[] | undefined]>([
  ['no spec', undefined, undefined],
  ['no list', {}, undefined],
  ['others', { plugins: ['z', 'a'] }, ['z', 'a']],
  ['us among others', { plugins: ['z', 'us', 'a'] }, ['z', 'a']],
  ['us twice', { plugins: ['us', 'z', 'us'] }, ['z']],
])('disabled where there is %s', async (_, spec, expected) => {
  const cluster = clusterWith(spec);
  expect((await converge({ cluster, needs: pluginListNeeds, plan: planDisable('us') })).ok).toBe(true);
  expect(pluginsOf(cluster)).toEqual(expected);
});

test('without a console there is nothing to enable in, and nothing to disable', () => {
  expect(planEnable('us')({ console: undefined })).toEqual({ ok: false, error: 'NoConsole' });
  expect(planDisable('us')({ console: undefined })).toEqual({ ok: true, value: [] });
});

/** A cluster whose list somebody changes right after we have read it for the first time. */
const changedOnce = (cluster: ReturnType<typeof memoryCluster>, plugins: string[]): Cluster => {
  let isFirst = true;
  return {
    ...cluster,
    get: async (one) => {
      const answer = await cluster.get(one);
      if (isFirst) cluster.put('consoleConfigs', { metadata: { name: 'cluster' }, spec: { plugins } });
      isFirst = false;
      return answer;
    },
  };
};

test.each([
  ['somebody else', ['z', 'other'], ['z', 'other', 'us']],
  ['another run of ours', ['z', 'us'], ['z', 'us']],
])('%s who adds at the same time is neither lost nor doubled', async (_, meanwhile, expected) => {
  const cluster = clusterWith({ plugins: ['z'] });
  const raced = changedOnce(cluster, meanwhile);
  expect((await converge({ cluster: raced, needs: pluginListNeeds, plan: planEnable('us') })).ok).toBe(true);
  expect(pluginsOf(cluster)).toEqual(expected);
});

test.each([
  ['before us', ['other', 'z', 'us'], ['other', 'z']],
  ['in our place', ['z', 'other', 'us'], ['z', 'other']],
  ['in place of all', ['other', 'another'], ['other', 'another']],
])('somebody else who comes %s at the same time is not taken out for us', async (_, meanwhile, expected) => {
  const cluster = clusterWith({ plugins: ['z', 'us'] });
  const raced = changedOnce(cluster, meanwhile);
  expect((await converge({ cluster: raced, needs: pluginListNeeds, plan: planDisable('us') })).ok).toBe(true);
  expect(pluginsOf(cluster)).toEqual(expected);
});
