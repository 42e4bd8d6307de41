import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parse, stringify } from 'yaml';
import { create } from '../../src/domain/change';
import type { Write } from '../../src/domain/change';
import { clusterOf, startControlPlane } from './control-plane';
import { guard, unguard } from './policies';
import type { ControlPlane } from './control-plane';

let plane: ControlPlane;

beforeAll(async () => {
  plane = await startControlPlane();
  await plane.install('consoleConfigs', 'subscriptions');
}, 120_000);

afterAll(() => plane.stop());

const inDefault = (name: string) => ({ name, namespace: 'default' });
const configMap = (name: string, data: Record<string, string> = {}) =>
  create('configMaps', { metadata: inDefault(name), data });
const secret = (name: string, data: Record<string, string>) => create('secrets', { metadata: inDefault(name), data });
const patch = (name: string, ...operations: Extract<Write, { verb: 'patch' }>['operations']): Write => ({
  verb: 'patch',
  kind: 'configMaps',
  ...inDefault(name),
  operations,
});
const remove = (name: string, uid: string): Write => ({ verb: 'delete', kind: 'configMaps', ...inDefault(name), uid });
const code = (code: string) => ({ ok: false, error: { code } });
const read = (name: string) => plane.cluster.get({ kind: 'configMaps', ...inDefault(name) });

/** The API server learns of quotas and policies a moment after they are made or gone. */
const until = async (holds: () => Promise<boolean>): Promise<void> => {
  while (!(await holds())) await plane.cluster.pause(50);
};

describe('what a real API server says', () => {
  test('about what is not there', async () => {
    expect(await read('nothing')).toEqual({ ok: true, value: undefined });
    expect(await plane.cluster.list({ list: 'nmStates' })).toMatchObject(code('KindAbsent'));
    expect(await plane.cluster.get({ kind: 'nmStates', name: 'nmstate' })).toMatchObject(code('KindAbsent'));
    expect(await plane.cluster.apply(create('nmStates', { metadata: { name: 'nmstate' } }))).toMatchObject(
      code('KindAbsent'),
    );
    expect(
      await plane.cluster.apply(create('configMaps', { metadata: { name: 'x', namespace: 'nowhere' } })),
    ).toMatchObject(code('NotFound'));
    expect(await plane.cluster.apply(patch('nothing', { op: 'add', path: '/data', value: {} }))).toMatchObject(
      code('NotFound'),
    );
  });

  test('about whether a Secret is there, without its content', async () => {
    await plane.cluster.apply(secret('kept-back', { password: Buffer.from('hunter2').toString('base64') }));
    const seen = await plane.cluster.get({ kind: 'secrets', ...inDefault('kept-back'), metadataOnly: true });
    expect(seen).toMatchObject({ ok: true, value: { kind: 'PartialObjectMetadata', metadata: { name: 'kept-back' } } });
    expect(seen.ok && seen.value).not.toHaveProperty('data');
    expect(await plane.cluster.get({ kind: 'secrets', ...inDefault('gone'), metadataOnly: true })).toEqual({
      ok: true,
      value: undefined,
    });
  });

  test('about a name that is taken and about content it does not accept', async () => {
    expect(await plane.cluster.apply(configMap('taken'))).toMatchObject({ ok: true });
    expect(await plane.cluster.apply(configMap('taken'))).toMatchObject(code('AlreadyExists'));
    expect(await plane.cluster.apply(configMap('Not_A_Name'))).toMatchObject(code('Invalid'));
  });

  test('never quotes a Secret', async () => {
    const outcome = await plane.cluster.apply(secret('bad', { password: 'hunter2 is not base64' }));
    expect(outcome).toMatchObject({ ok: false, error: { code: 'Invalid', message: 'HTTP status 400, BadRequest.' } });
  });

  test('case 6: about a quota and about a policy, whatever status they answer with: their own words, of a Secret too', async () => {
    const project = 'guarded';
    await plane.ask('POST', '/api/v1/namespaces', { metadata: { name: project } });
    const guarded = (kind: 'configMaps' | 'secrets', name: string, text = 'qqqqqq') =>
      plane.cluster.apply(
        create(kind, { metadata: { name, namespace: project }, data: { key: Buffer.from(text).toString('base64') } }),
        { dryRun: true },
      );
    const says = (code: string, words: RegExp) => ({
      ok: false,
      error: { code, message: expect.stringMatching(words) as string },
    });

    const hard = { 'count/configmaps': '0', secrets: '0' };
    const quotas = `/api/v1/namespaces/${project}/resourcequotas`;
    await plane.ask('POST', quotas, { metadata: { name: 'team-quota' }, spec: { hard } });
    await plane.ask('PATCH', `${quotas}/team-quota/status`, {
      status: { hard, used: { 'count/configmaps': '0', secrets: '0' } },
    });
    await until(async () => !(await guarded('configMaps', 'a')).ok);
    expect(await guarded('configMaps', 'a')).toMatchObject(
      says('Rejected', /^exceeded quota: team-quota, requested: count\/configmaps=1/),
    );
    expect(await guarded('secrets', 'a')).toMatchObject(
      says('Rejected', /^exceeded quota: team-quota, requested: secrets=1/),
    );
    await plane.ask('DELETE', `${quotas}/team-quota`);
    await until(async () => (await guarded('configMaps', 'a')).ok);

    for (const [reason, quotes] of [
      ['Forbidden', "'the network team creates these'"],
      ['Invalid', "'the network team creates these'"],
      ['RequestEntityTooLarge', "'no ' + string(object.data.key)"],
    ] as const) {
      const name = `guard-${reason.toLowerCase()}`;
      await guard(plane, { name, project, reason, quotes });
      await until(async () => !(await guarded('secrets', 'a')).ok);
      expect(await guarded('secrets', 'a', 'hunter2')).toMatchObject(
        reason === 'RequestEntityTooLarge'
          ? says('Rejected', /^HTTP status 413, RequestEntityTooLarge\.$/)
          : says('Rejected', new RegExp(`^ValidatingAdmissionPolicy '${name}' .*: the network team creates these$`)),
      );
      await unguard(plane, name);
      await until(async () => (await guarded('secrets', 'a')).ok);
    }
  }, 60_000);

  test('about a change at the same time', async () => {
    await plane.cluster.apply(configMap('contended', { a: '1' }));
    const stale: Write = patch(
      'contended',
      { op: 'test', path: '/data/a', value: '2' },
      { op: 'replace', path: '/data/a', value: '3' },
    );
    expect(await plane.cluster.apply(stale)).toMatchObject(code('Conflict'));
    const impossible = patch('contended', { op: 'remove', path: '/data/b' });
    expect(await plane.cluster.apply(impossible)).toMatchObject(code('Conflict'));
    const wrong = patch('contended', { op: 'replace', path: '/data', value: 'no map' });
    expect(await plane.cluster.apply(wrong)).toMatchObject(code('Invalid'));
    expect(await read('contended')).toMatchObject({ value: { data: { a: '1' } } });
  });

  test('about a deletion: only that very object goes', async () => {
    const made = await plane.cluster.apply(configMap('doomed'));
    const uid = made.ok ? (made.value.metadata.uid ?? '') : '';
    expect(await plane.cluster.apply(remove('doomed', 'another'))).toMatchObject(code('Conflict'));
    expect(await read('doomed')).toMatchObject({ value: { metadata: { uid } } });
    expect(await plane.cluster.apply(remove('doomed', uid))).toMatchObject({ ok: true });
    expect(await read('doomed')).toEqual({ ok: true, value: undefined });
  });

  test('about a dry run: the same, and nothing is stored', async () => {
    const made = await plane.cluster.apply(configMap('kept', { a: '1' }));
    const uid = made.ok ? (made.value.metadata.uid ?? '') : '';
    const rehearse = (change: Write) => plane.cluster.apply(change, { dryRun: true });
    expect(await rehearse(configMap('ghost'))).toMatchObject({ ok: true, value: { metadata: { name: 'ghost' } } });
    expect(await rehearse(configMap('kept'))).toMatchObject(code('AlreadyExists'));
    expect(await rehearse(patch('kept', { op: 'add', path: '/data/b', value: '2' }))).toMatchObject({
      value: { data: { b: '2' } },
    });
    expect(await rehearse(remove('kept', uid))).toMatchObject({ ok: true });
    expect(await read('ghost')).toEqual({ ok: true, value: undefined });
    expect(await read('kept')).toMatchObject({ value: { data: { a: '1' } } });
  });
});

test('reads a list to its last page, and by label', async () => {
  const names = Array.from({ length: 620 }, (_, i) => `many-${String(i)}`);
  const labelled = (name: string) =>
    create('configMaps', {
      metadata: { ...inDefault(name), labels: { part: name.endsWith('7') ? 'seven' : 'other' } },
    });
  for (let at = 0; at < names.length; at += 40)
    await Promise.all(names.slice(at, at + 40).map((name) => plane.cluster.apply(labelled(name))));
  const all = await plane.cluster.list({ list: 'configMaps', namespace: 'default' });
  const found = all.ok ? all.value.map(({ metadata }) => metadata.name).filter((name) => name.startsWith('many-')) : [];
  expect(new Set(found)).toEqual(new Set(names));
  const sevens = await plane.cluster.list({ list: 'configMaps', namespace: 'default', labelSelector: 'part=seven' });
  expect(sevens.ok && sevens.value.length).toBe(62);
  const everywhere = await plane.cluster.list({ list: 'configMaps' });
  expect(everywhere.ok && everywhere.value.length).toBeGreaterThan(names.length);
}, 60_000);

describe('as somebody who may little', () => {
  test('tells a bad login and no answer apart', async () => {
    const file = join(dirname(plane.kubeconfig), 'strange.kubeconfig');
    const { clusters } = parse(readFileSync(plane.kubeconfig, 'utf8')) as {
      clusters: { name: string; cluster: object }[];
    };
    const write = (cluster: object) => {
      const users = [{ name: 'u', user: { token: 'nobody-s' } }];
      writeFileSync(
        file,
        stringify({
          clusters: [{ name: 'c', cluster }],
          users,
          contexts: [{ name: 'x', context: { cluster: 'c', user: 'u' } }],
          'current-context': 'x',
        }),
      );
      return clusterOf(file);
    };
    const strange = write(clusters[0]?.cluster ?? {});
    expect(await strange.list({ list: 'configMaps' })).toMatchObject(code('SessionExpired'));
    const closed = write({ server: 'https://127.0.0.1:1' });
    expect(await closed.list({ list: 'configMaps' })).toMatchObject(code('Unreachable'));
    const untrusted = write({ ...clusters[0]?.cluster, 'certificate-authority-data': undefined });
    expect(await untrusted.list({ list: 'configMaps' })).toMatchObject(code('Unreachable'));
  });

  test('says which right is missing, by asking and by trying', async () => {
    const limited = clusterOf(
      await plane.account('limited', [{ apiGroups: [''], resources: ['configmaps'], verbs: ['get', 'list'] }]),
    );
    expect(await limited.list({ list: 'configMaps', namespace: 'default' })).toMatchObject({ ok: true });
    expect(await limited.list({ list: 'secrets', namespace: 'default' })).toMatchObject(code('Forbidden'));
    expect(await limited.list({ list: 'subscriptions' })).toMatchObject(code('Forbidden'));
    expect(await limited.apply(configMap('not-allowed'))).toMatchObject(code('Forbidden'));
    expect(await limited.can({ kind: 'configMaps', verb: 'list', namespace: 'default' })).toEqual({
      ok: true,
      value: true,
    });
    expect(await limited.can({ kind: 'configMaps', verb: 'create', namespace: 'default' })).toEqual({
      ok: true,
      value: false,
    });
    expect(await limited.can({ kind: 'subscriptions', verb: 'list' })).toEqual({ ok: true, value: false });
  });
});
