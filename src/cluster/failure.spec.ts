import { HttpError } from '@openshift-console/dynamic-plugin-sdk';
import { create as createChange } from '../domain/change';
import { failureText } from '../domain/failure';
import { err, ok } from '../domain/result';
import { plainEnglish } from '../domain/translate';
import { attempt, doubtForbidden } from './attempt';
import { concealedBy } from './concealed-by';
import type { Attempt } from './failure';
import { failureOf } from './failure';

const create: Attempt = { kind: 'providers', verb: 'create', name: 'vc', namespace: 'mtv' };
const list: Attempt = { kind: 'providers', verb: 'list' };
const http = (code: number, json: { reason?: string; message?: string } = {}) =>
  new HttpError('failed', code, undefined, json);

const named = (name: string): Error => Object.assign(new Error(name), { name });

const rbac =
  'providers.forklift.konveyor.io is forbidden: User "u" cannot create resource "providers" in API group "forklift.konveyor.io" in the namespace "mtv"';
const policy =
  "ValidatingAdmissionPolicy 'no-attachments' with binding 'no-attachments' denied request: the network team creates these";
const silentWebhook =
  'Internal error occurred: failed calling webhook "secret-validate.forklift.konveyor": failed to call webhook: Post "https://forklift-api.openshift-mtv.svc:443/secret-validate?timeout=30s": context deadline exceeded';

describe('failureOf', () => {
  test.each([
    ['no answer', new TypeError('Failed to fetch'), create, 'Unreachable'],
    ['no answer, in Node', Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }), create, 'Unreachable'],
    ['broken off by us', named('AbortError'), create, 'Cancelled'],
    // The console is minified: of its NoModelError only the message keeps its name.
    [
      'a kind the console does not know',
      Object.assign(new Error('Model does not exist'), { name: 't' }),
      list,
      'KindAbsent',
    ],
    ['expired session', http(401, { reason: 'Unauthorized' }), create, 'SessionExpired'],
    ['RBAC', http(403, { reason: 'Forbidden', message: rbac }), create, 'Forbidden'],
    [
      'a role that gives more than its maker has',
      http(403, {
        message:
          'rolebindings.rbac.authorization.k8s.io "a:b" is forbidden: user "u" (groups=["g"]) is attempting to grant RBAC permissions not currently held',
      }),
      create,
      'Forbidden',
    ],
    [
      'a quota made a moment ago',
      http(403, { message: 'pods "x" is forbidden: status unknown for quota: q, resources: pods' }),
      create,
      'ServerError',
    ],
    [
      'an object too large',
      http(413, { reason: 'RequestEntityTooLarge', message: 'limit is 3145728' }),
      create,
      'Invalid',
    ],
    [
      'a webhook that is not there',
      http(500, {
        message:
          'Internal error occurred: failed calling webhook "x": failed to call webhook: Post "https://a.svc": no endpoints available for service "a"',
      }),
      create,
      'ServerError',
    ],
    ['a webhook that does not answer', http(500, { message: silentWebhook }), create, 'WebhookTimeout'],
    [
      'terminating project',
      http(403, {
        reason: 'Forbidden',
        message: 'unable to create new content in namespace mtv because it is being terminated',
      }),
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
    expect(failureOf(thrown, { ...create, kind: 'secrets' }).message).toBe('HTTP status 422, Invalid.');
    const noDryRun = http(400, { message: 'admission webhook "x" does not support dry run' });
    expect(failureOf(noDryRun, { ...create, kind: 'secrets' })).toMatchObject({
      code: 'Invalid',
      message: 'admission webhook "x" does not support dry run',
    });
  });
});

const about = 'network-attachment-definitions.k8s.cni.cncf.io "vms"';
describe.each<['providers' | 'secrets']>([['providers'], ['secrets']])(
  'case 6: who refuses %s is said in the words of the server',
  (kind) => {
    test.each<[string, number, string, string, RegExp]>([
      [
        'a quota',
        403,
        `${about} is forbidden: exceeded quota: team-quota, requested: count/x=1, used: count/x=0, limited: count/x=0`,
        'Rejected',
        /: exceeded quota: team-quota.*raise it\.$/,
      ],
      [
        'a quota that needs limits',
        403,
        'pods "x" is forbidden: failed quota: q: must specify limits.cpu',
        'Rejected',
        /: failed quota: q: must specify limits\.cpu/,
      ],
      [
        'a LimitRange',
        403,
        'pods "x" is forbidden: maximum cpu usage per Container is 1, but limit is 2',
        'Rejected',
        /: maximum cpu usage/,
      ],
      [
        'Pod Security',
        403,
        'pods "x" is forbidden: violates PodSecurity "restricted:latest": hostNetwork',
        'Rejected',
        /: violates PodSecurity.*policy of the cluster/,
      ],
      [
        'a policy that answers 403',
        403,
        `${about} is forbidden: ${policy}`,
        'Rejected',
        /: ValidatingAdmissionPolicy 'no-attachments'.*the network team creates these/,
      ],
      [
        'a policy that answers 422',
        422,
        `${about} is forbidden: ${policy}`,
        'Rejected',
        /the network team creates these/,
      ],
      [
        'a policy that answers 413',
        413,
        `${about} is forbidden: ${policy}`,
        'Rejected',
        /the network team creates these/,
      ],
      [
        'a webhook that answers in RBAC words',
        403,
        'admission webhook "x" denied the request: secrets is forbidden: User "u" cannot create',
        'Rejected',
        /User "u" cannot create$/,
      ],
      [
        'a webhook that does not answer',
        500,
        silentWebhook,
        'WebhookTimeout',
        /did not answer in time.*secret-validate\.forklift/,
      ],
      [
        'a webhook that is gone',
        500,
        'failed calling webhook "x": failed to call webhook: Post "https://a.svc": connect: connection refused',
        'ServerError',
        /failed calling webhook "x".*connection refused/,
      ],
      ['a size', 413, 'Request entity too large', 'Invalid', /: (Request entity too large|HTTP status 413, Why\.)$/],
      ['a status without words', 500, '', 'ServerError', /could not do this: HTTP status 500, Why\.$/],
    ])('%s', (_, code, message, expected, says) => {
      const failure = failureOf(http(code, { reason: 'Why', message }), { ...create, kind, name: 'vms' });
      expect(failure.code).toBe(expected);
      expect(failureText(plainEnglish, failure)).toMatch(says);
      expect(failureText(plainEnglish, failure)).not.toMatch(/You are not permitted|:\s*$/);
    });
  },
);

describe('what a Secret holds is quoted from no answer', () => {
  const password = 'a "quoted" ünsafe&pass';
  const change = createChange('secrets', {
    metadata: { name: 's', namespace: 'mtv' },
    stringData: { password, insecureSkipVerify: 'false' },
  });
  const patch = {
    verb: 'patch',
    kind: 'secrets',
    name: 's',
    operations: [{ op: 'add', path: '/stringData', value: { password } }],
  } as const;
  const base64 = Buffer.from(password).toString('base64');
  const encoded = createChange('secrets', { metadata: { name: 's', namespace: 'mtv' }, data: { password: base64 } });
  const patchOfData = { ...patch, operations: [{ op: 'add', path: '/data/password', value: base64 }] } as const;
  test.each([password, base64, encodeURIComponent(password), JSON.stringify(password)])('in the form %s', (quoted) => {
    for (const each of [change, patch, encoded, patchOfData]) {
      const thrown = http(403, {
        reason: 'Forbidden',
        message: `admission webhook "x" denied the request: ${quoted} is too short`,
      });
      const failure = failureOf(thrown, { kind: 'secrets', verb: 'create' }, concealedBy(each));
      expect(failure).toEqual({
        kind: 'secrets',
        verb: 'create',
        code: 'Rejected',
        message: 'HTTP status 403, Forbidden.',
      });
    }
  });
  test('what is none of it is', () => {
    const thrown = http(403, {
      message: 'admission webhook "x" denied the request: insecureSkipVerify: false is not allowed',
    });
    expect(failureOf(thrown, { kind: 'secrets', verb: 'create' }, concealedBy(change)).message).toMatch(
      /is not allowed/,
    );
  });
});

describe('a 403 that RBAC did not write', () => {
  const refused = err(failureOf(http(403, { message: 'Access denied' }), create));
  test.each([
    ['is a missing right when the review says so', ok(false), 'Forbidden'],
    ['is no missing right when the review says it is there', ok(true), 'Rejected'],
    ['stays what it is when nobody can tell', refused, 'Forbidden'],
  ])('%s', async (_, review, code) => {
    expect(await doubtForbidden(refused, () => Promise.resolve(review))).toMatchObject({ error: { code } });
  });
  test('is not asked about when it did', async () => {
    const isAllowed = jest.fn();
    const missing = err(failureOf(http(403, { message: rbac }), create));
    expect(await doubtForbidden(missing, isAllowed)).toBe(missing);
    expect(isAllowed).not.toHaveBeenCalled();
  });
});

test('attempt turns what is thrown into a value', async () => {
  await expect(attempt(list, () => Promise.reject(http(403)))).resolves.toMatchObject({
    ok: false,
    error: { code: 'Forbidden' },
  });
  await expect(attempt(list, () => Promise.resolve(1))).resolves.toEqual({ ok: true, value: 1 });
});

test.each([
  'Unreachable',
  'SessionExpired',
  'Forbidden',
  'Rejected',
  'WebhookTimeout',
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
