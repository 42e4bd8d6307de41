import { memoryCluster } from '../../testing/memory-cluster';
import type { MemoryCluster } from '../../testing/memory-cluster';
import { converge } from '../converge';
import { declaredBy } from '../ownership';
import { plainEnglish } from '../translate';
import { planRotation, rotationNeeds, rotationProblemText } from './plan-rotation';
import type { RotationWish } from './plan-rotation';

const url = 'https://vc.example.com/sdk';
const wish: RotationWish = {
  name: 'vc',
  namespace: 'mtv',
  url,
  secret: { name: 'theirs', namespace: 'mtv' },
  content: { user: '', password: 'second' },
  submission: 'one',
};

/** A Provider that somebody made on MTV's page, with its Secret. */
const world = (annotations: Readonly<Record<string, string>> = {}) => {
  const cluster = memoryCluster('mtv');
  cluster.put('secrets', {
    metadata: { name: 'theirs', namespace: 'mtv' },
    data: { user: btoa('admin'), password: btoa('first'), insecureSkipVerify: btoa('true'), more: btoa('kept') },
  });
  cluster.put('providers', {
    metadata: { name: 'vc', namespace: 'mtv', annotations },
    spec: { type: 'vsphere', url, secret: { name: 'theirs', namespace: 'mtv' } },
  });
  return cluster;
};

const rotate = (cluster: MemoryCluster, patch: Partial<RotationWish> = {}) => {
  const wanted = { ...wish, ...patch };
  return converge({ cluster, needs: rotationNeeds(wanted), plan: planRotation(wanted) });
};

const data = (cluster: MemoryCluster) =>
  Object.fromEntries(Object.entries(cluster.all('secrets')[0]?.data ?? {}).map(([key, value]) => [key, atob(value)]));

test('a password is changed in the Secret that the Provider names, and nothing else of it', async () => {
  const cluster = world();
  expect((await rotate(cluster)).ok).toBe(true);
  expect(data(cluster)).toEqual({ user: 'admin', password: 'second', insecureSkipVerify: 'true', more: 'kept', url });
  expect(cluster.writes).toHaveLength(1);
  expect(cluster.all('secrets')[0]?.metadata.labels).toBeUndefined();
});

test('the user changes with it where one is given', async () => {
  const cluster = world();
  await rotate(cluster, { content: { user: 'another', password: 'second' } });
  expect(data(cluster)).toMatchObject({ user: 'another', password: 'second' });
});

test('a certificate is renewed without the password, under both keys that MTV reads', async () => {
  const cluster = world();
  expect((await rotate(cluster, { content: { certificate: 'PEM' } })).ok).toBe(true);
  expect(data(cluster)).toMatchObject({
    password: 'first',
    insecureSkipVerify: 'false',
    cacert: 'PEM',
    'ca.crt': 'PEM',
  });
});

test('the same submission writes once, another writes again', async () => {
  const cluster = world();
  await rotate(cluster);
  await rotate(cluster);
  expect(cluster.writes).toHaveLength(1);
  await rotate(cluster, { submission: 'two' });
  expect(cluster.writes).toHaveLength(2);
});

test.each<[string, (cluster: MemoryCluster) => void, RegExp]>([
  [
    'is gone',
    (cluster) => {
      cluster.remove('providers', 'vc', 'mtv');
    },
    /Provider vc is gone/,
  ],
  [
    'has lost its Secret',
    (cluster) => {
      cluster.remove('secrets', 'theirs', 'mtv');
    },
    /Secret theirs is gone, and its other values with it/,
  ],
  [
    'names another Secret by now',
    (cluster) => {
      cluster.put('providers', {
        metadata: { name: 'vc', namespace: 'mtv' },
        spec: { type: 'vsphere', url, secret: { name: 'new', namespace: 'mtv' } },
      });
    },
    /names another Secret by now/,
  ],
  [
    'is declared by a release',
    (cluster) => {
      cluster.put('providers', {
        metadata: { name: 'vc', namespace: 'mtv', annotations: declaredBy({ namespace: 'prep', name: 'lab' }) },
        spec: { type: 'vsphere', url, secret: { name: 'theirs', namespace: 'mtv' } },
      });
    },
    /managed by the values of release lab in prep/,
  ],
])('nothing is written where the Provider %s', async (_, arrange, says) => {
  const cluster = world();
  arrange(cluster);
  const outcome = await rotate(cluster);
  if (outcome.ok || outcome.error.code !== 'Refused') throw new Error('not refused');
  expect(rotationProblemText(plainEnglish, outcome.error.problem)).toMatch(says);
  expect(cluster.writes).toEqual([]);
});
