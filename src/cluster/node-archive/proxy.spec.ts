import { proxyFor, proxyOfEnvironment } from './proxy';

const proxy = { httpProxy: 'http://plain:3128', httpsProxy: 'http://secure:3128' };

test.each([
  ['https://files.example.com/', '', 'secure:3128'],
  ['http://files.example.com/', '', 'plain:3128'],
  ['https://files.example.com/', 'example.com', undefined],
  ['https://example.com/', 'example.com', undefined],
  ['https://badexample.com/', 'example.com', 'secure:3128'],
  ['https://example.com/', '.example.com', 'secure:3128'],
  ['https://files.example.com/', '.example.com', undefined],
  ['https://files.example.com/', '*.example.com', undefined],
  ['https://FILES.example.com/', ' other , Files.Example.com ', undefined],
  ['https://files.example.com/', '*', undefined],
  ['https://files.example.com/', 'files.example.com:443', undefined],
  ['https://files.example.com/', 'files.example.com:8443', 'secure:3128'],
  ['https://files.example.com:8443/', 'files.example.com:8443', undefined],
  ['https://10.1.2.3/', '10.0.0.0/8', undefined],
  ['https://11.1.2.3/', '10.0.0.0/8', 'secure:3128'],
  ['https://10.1.2.3/', '10.1.2.3', undefined],
  ['https://10.1.2.3/', '2.3', 'secure:3128'],
  ['https://10.1.2.3/', '10.0.0.0/64,nonsense/8', 'secure:3128'],
  ['https://[fd00::5]/', 'fd00::/8', undefined],
  ['https://[fd00::5]/', 'fd00::5', undefined],
  ['https://[fe00::5]/', 'fd00::/8', 'secure:3128'],
  ['https://localhost/', '', undefined],
  ['https://127.0.0.1/', '', undefined],
  ['https://[::1]/', '', undefined],
])('%s with noProxy %j', (url, noProxy, host) => {
  expect(proxyFor(new URL(url), { ...proxy, noProxy })?.host).toBe(host);
});

test.each([
  ['secure:3128', 'secure:3128'],
  ['https://secure', 'secure'],
  ['http://a b', undefined],
  ['', undefined],
])('a proxy written as %j', (httpsProxy, host) => {
  expect(proxyFor(new URL('https://files.example.com/'), { httpsProxy })?.host).toBe(host);
});

test.each([
  [{}, undefined],
  [{ NO_PROXY: 'a' }, undefined],
  [
    { HTTPS_PROXY: 'p', NO_PROXY: 'a' },
    { httpProxy: undefined, httpsProxy: 'p', noProxy: 'a' },
  ],
  [
    { https_proxy: 'p', http_proxy: 'q', no_proxy: 'a' },
    { httpProxy: 'q', httpsProxy: 'p', noProxy: 'a' },
  ],
  [
    { HTTPS_PROXY: '', https_proxy: 'p' },
    { httpProxy: undefined, httpsProxy: 'p', noProxy: undefined },
  ],
])('of an environment %j', (env, settings) => {
  expect(proxyOfEnvironment(env)).toEqual(settings);
});
