import { plainEnglish } from '../translate';
import type { UrlProblem } from './url';
import { hostOf, normalizeUrl, urlProblemText } from './url';

test.each([
  ['vcenter.example.com', 'https://vcenter.example.com/sdk', 'vcenter.example.com'],
  ['  https://vcenter.example.com  ', 'https://vcenter.example.com/sdk', 'vcenter.example.com'],
  ['https://VCenter.example.com/sdk/', 'https://vcenter.example.com/sdk', 'vcenter.example.com'],
  ['vcenter:8443', 'https://vcenter:8443/sdk', 'vcenter'],
  ['192.0.2.7/sdk', 'https://192.0.2.7/sdk', '192.0.2.7'],
  ['https://[2001:db8::1]:443/', 'https://[2001:db8::1]:443/sdk', '2001:db8::1'],
])('%s becomes %s', (text, url, host) => {
  expect(normalizeUrl(text)).toEqual({ ok: true, value: url });
  expect(hostOf(url)).toBe(host);
});

test.each<[string, UrlProblem]>([
  ['', 'UrlEmpty'],
  ['   ', 'UrlEmpty'],
  ['http://vcenter.example.com', 'UrlPlainHttp'],
  ['ftp://vcenter.example.com', 'UrlMalformed'],
  ['two words', 'UrlMalformed'],
  ['https://', 'UrlMalformed'],
  ['https://vcenter.example.com:99999', 'UrlMalformed'],
  ['https://vcenter.example.com:0', 'UrlMalformed'],
  ['https://vcenter..example.com', 'UrlMalformed'],
  ['https://[:]/sdk', 'UrlMalformed'],
  ['https://admin:Secret1@vcenter.example.com', 'UrlCredentials'],
  ['https://vcenter.example.com/ui/app/home', 'UrlWebClient'],
  ['vcenter.example.com/vsphere-client/', 'UrlWebClient'],
  ['https://vcenter.example.com/rest', 'UrlPath'],
  ['https://vcenter.example.com/sdk?x=1', 'UrlPath'],
  ['2001:db8::1', 'UrlBareIpv6'],
])('%s is refused as %s', (text, problem) => {
  expect(normalizeUrl(text)).toEqual({ ok: false, error: problem });
  expect(urlProblemText(plainEnglish, problem)).not.toContain('Secret1');
});
