import { consoleFetch, HttpError } from '@openshift-console/dynamic-plugin-sdk';
import { vcenterCertificate as pem } from '../testing/vcenter-certificate';
import { fetchCertificate } from './certificate';

const url = 'https://vcenter.example.com/sdk';

/** The console's own function: it throws HttpError for what is no success, and rejects as fetch does. */
const answers = consoleFetch as jest.MockedFunction<typeof consoleFetch>;
const refuse = (code: number, body: string) => new HttpError('', code, new Response(body, { status: code }));

test('a certificate that comes with a charset, as from every MTV, is read', async () => {
  answers.mockResolvedValueOnce(new Response(pem, { headers: { 'content-type': 'text/plain; charset=utf-8' } }));
  expect(await fetchCertificate(url)).toMatchObject({
    ok: true,
    value: { subject: expect.stringContaining('CN=vcenter.example.com') as string },
  });
  expect(answers.mock.calls[0]?.[0]).toMatch(/\/tls-certificate\?URL=https%3A%2F%2Fvcenter\.example\.com%2Fsdk$/);
});

test.each([
  [
    'an error of MTV',
    refuse(500, 'dial tcp: connection refused\n'),
    { code: 'ServerFailed', message: 'dial tcp: connection refused' },
  ],
  ['a bad address', refuse(400, 'bad address'), { code: 'ServerFailed', message: 'bad address' }],
  ['no session', refuse(401, ''), { code: 'SessionExpired' }],
  ['no right', refuse(403, ''), { code: 'Forbidden' }],
  ['no such service', refuse(404, ''), { code: 'ServiceAbsent' }],
  ['a proxy that reaches nobody', refuse(502, 'Bad Gateway'), { code: 'Unreachable' }],
  ['no answer at all', new TypeError('Failed to fetch'), { code: 'Unreachable' }],
])('%s is a failure of its own', async (_, thrown, error) => {
  answers.mockRejectedValueOnce(thrown);
  expect(await fetchCertificate(url)).toEqual({ ok: false, error });
});

describe('a service that does not answer', () => {
  beforeEach(() => {
    jest.useFakeTimers();
    answers.mockImplementationOnce(
      (_url, options) =>
        new Promise((_, reject) => {
          options?.signal?.addEventListener('abort', () => {
            reject(Object.assign(new Error('aborted'), { name: 'AbortError' }));
          });
        }),
    );
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  test('is given up after 25 seconds, and the request ended', async () => {
    const outcome = fetchCertificate(url);
    jest.advanceTimersByTime(25_000);
    expect(await outcome).toEqual({ ok: false, error: { code: 'NoAnswer', seconds: 25 } });
  });

  test('can be given up before', async () => {
    const cancel = new AbortController();
    const outcome = fetchCertificate(url, cancel.signal);
    cancel.abort();
    expect(await outcome).toEqual({ ok: false, error: { code: 'Cancelled' } });
  });
});
