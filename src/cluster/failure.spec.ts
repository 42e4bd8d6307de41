import { HttpError } from '@openshift-console/dynamic-plugin-sdk';
import { failureText } from '../domain/failure';
import { plainEnglish } from '../domain/translate';
import type { Attempt } from './failure';
import { attempt, failureOf } from './failure';

const create: Attempt = { kind: 'providers', verb: 'create', name: 'vc', namespace: 'mtv' };
const list: Attempt = { kind: 'providers', verb: 'list' };
const http = (code: number, json: { reason?: string; message?: string } = {}) => new HttpError('failed', code, undefined, json);

const named = (name: string): Error => Object.assign(new Error(name), { name });

describe('failureOf', () => {
  test.each([
    ['no answer', new TypeError('Failed to fetch'), create, 'Unreachable'],
    ['no answer, in Node', Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }), create, 'Unreachable'],
    ['broken off by us', named('AbortError'), create, 'Cancelled'],
    // The console is minified: of its NoModelError only the message keeps its name.
    ['a kind the console does not know', Object.assign(new Error('Model does not exist'), { name: 't' }), list, 'KindAbsent'],
    ['expired session', http(401, { reason: 'Unauthorized' }), create, 'SessionExpired'],
    ['RBAC', http(403, { reason: 'Forbidden', message: 'providers is forbidden: User "u" cannot create' }), create, 'Forbidden'],
    [
      'terminating project',
      http(403, { reason: 'Forbidden', message: 'unable to create new content in namespace mtv because it is being terminated' }),
      create,
      'Terminating',
    ],
    [
      'webhook',
      http(403, { message: 'admission webhook "providers.forklift.konveyor" denied the request: Invalid credentials' }),
      create,
      'Rejected',
    ],
    ['absent API', http(404, { message: 'the server could not find the requested resource' }), create, 'KindAbsent'],
    ['absent object', http(404, { reason: 'NotFound', message: 'providers "vc" not found' }), create, 'NotFound'],
    ['object that exists', http(409, { reason: 'AlreadyExists' }), create, 'AlreadyExists'],
    ['concurrent change', http(409, { reason: 'Conflict' }), create, 'Conflict'],
    ['old version', http(410, { reason: 'Expired' }), create, 'Gone'],
    [
      'failed test of a patch',
      http(422, { reason: 'Invalid', message: 'the server rejected our request due to an error in our request' }),
      { ...create, verb: 'patch' } as const,
      'Conflict',
    ],
    ['schema', http(422, { reason: 'Invalid', message: 'spec.type: Unsupported value' }), create, 'Invalid'],
    ['busy', http(429, { reason: 'TooManyRequests' }), create, 'TooManyRequests'],
    ['broken server', http(500, { message: 'etcdserver: request timed out' }), create, 'ServerError'],
  ])('%s', (_, thrown, about, code) => {
    expect(failureOf(thrown, about)).toMatchObject({ code, kind: 'providers' });
  });

  test("keeps only a webhook's own sentence", () => {
    const thrown = http(403, { message: 'admission webhook "x" denied the request: Invalid credentials' });
    expect(failureOf(thrown, create).message).toBe('Invalid credentials');
  });

  test('never quotes the server about a Secret: the message may hold its content', () => {
    const thrown = http(422, { reason: 'Invalid', message: 'data[password]: Invalid value: "hunter2"' });
    expect(failureOf(thrown, { ...create, kind: 'secrets' }).message).toBe('');
    const noDryRun = http(400, { message: 'admission webhook "x" does not support dry run' });
    expect(failureOf(noDryRun, { ...create, kind: 'secrets' })).toMatchObject({ code: 'Invalid', message: 'admission webhook "x" does not support dry run' });
  });
});

test('attempt turns what is thrown into a value', async () => {
  await expect(attempt(list, () => Promise.reject(http(403)))).resolves.toMatchObject({ ok: false, error: { code: 'Forbidden' } });
  await expect(attempt(list, () => Promise.resolve(1))).resolves.toEqual({ ok: true, value: 1 });
});

test.each([
  'Unreachable',
  'SessionExpired',
  'Forbidden',
  'Rejected',
  'KindAbsent',
  'NotFound',
  'AlreadyExists',
  'Conflict',
  'Gone',
  'Terminating',
  'Invalid',
  'TooManyRequests',
  'ServerError',
  'Cancelled',
] as const)('%s has a sentence without open placeholders', (code) => {
  const text = failureText(plainEnglish, { ...create, code, message: 'because' });
  expect(text).toMatch(/\.$|: because$/);
  expect(text).not.toContain('{{');
});
