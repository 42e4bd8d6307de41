import { memoryCluster } from '../cluster/memory-cluster';
import { create } from './change';
import { preview, redact } from './preview';
import { ok } from './result';

const secret = { metadata: { name: 'vc', namespace: 'mtv' }, stringData: { user: 'admin', password: 'S3cret&pass' } };
const needs = { secret: { kind: 'secrets', name: 'vc', namespace: 'mtv' } } as const;

describe('preview', () => {
  test('shows what would be done, stores nothing and masks every value of a Secret', async () => {
    const cluster = memoryCluster('mtv');
    const outcome = await preview({ cluster, needs, plan: () => ok([create('secrets', secret)]) });
    expect(outcome).toMatchObject({ ok: true, value: [{ key: 'create secrets mtv/vc', outcome: { ok: true } }] });
    expect(cluster.all('secrets')).toHaveLength(0);
    const text = JSON.stringify(outcome);
    expect(text).not.toContain('S3cret&pass');
    expect(text).not.toContain(btoa('S3cret&pass'));
    expect(text).toContain('password');
  });

  test('masks a patch of a Secret', async () => {
    const cluster = memoryCluster('mtv');
    cluster.put('secrets', secret);
    const operations = [{ op: 'add', path: '/data/password', value: btoa('N3w&pass') }] as const;
    const outcome = await preview({
      cluster,
      needs,
      plan: () => ok([{ verb: 'patch', kind: 'secrets', name: 'vc', namespace: 'mtv', operations }]),
    });
    expect(JSON.stringify(outcome)).not.toContain(btoa('N3w&pass'));
  });

  test('says for each object what the server would refuse', async () => {
    const outcome = await preview({ cluster: memoryCluster(), needs, plan: () => ok([create('secrets', secret)]) });
    expect(outcome).toMatchObject({ ok: true, value: [{ outcome: { ok: false, error: { code: 'NotFound' } } }] });
  });
});

test('redact leaves out what only the server writes', () => {
  const stored = { kind: 'Provider', metadata: { name: 'vc', uid: '1', resourceVersion: '2', labels: { a: 'b' } } };
  expect(redact(stored).metadata).toEqual({ name: 'vc', labels: { a: 'b' } });
});
