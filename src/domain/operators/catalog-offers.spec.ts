import type { PackageManifest } from '../olm-objects';
import { plainEnglish } from '../translate';
import { channelFlaw, channelFlawText, offersOf } from './catalog-offers';
import { operators } from './operator';

const manifest = (catalogSource: string, name = 'mtv-operator', more = {}): PackageManifest => ({
  metadata: { name },
  status: { catalogSource, catalogSourceNamespace: 'openshift-marketplace', ...more },
});

test('the catalogs that offer an operator, the product’s own first, with what their channels install', () => {
  const channels = [{ name: 'release-v2.12', currentCSVDesc: { version: '2.12.1' } }, { name: 'dev' }];
  const offers = offersOf(operators.mtv, [
    manifest('mirrored'),
    manifest('redhat-operators', 'mtv-operator', { channels, defaultChannel: 'dev' }),
    manifest('redhat-operators', 'other-operator'),
    { metadata: { name: 'mtv-operator' } },
    manifest('a-catalog'),
  ]);
  expect(offers.map(({ source }) => source)).toEqual(['redhat-operators', 'a-catalog', 'mirrored']);
  expect(offers[0]).toEqual({
    source: 'redhat-operators',
    sourceNamespace: 'openshift-marketplace',
    title: '',
    channels: [
      { name: 'release-v2.12', version: '2.12.1' },
      { name: 'dev', version: '' },
    ],
    defaultChannel: 'dev',
  });
});

test.each([
  ['lvms', 'stable-4.21', '4.22.3', '4.22'],
  ['lvms', 'stable-4.22', '4.22.3', undefined],
  ['lvms', 'stable', '4.22.3', undefined],
  ['lvms', 'stable-4.21', undefined, undefined],
  ['mtv', 'stable-4.21', '4.22.3', undefined],
] as const)('channel %s %s on %s', (id, channel, version, expected) => {
  const cluster =
    version === undefined ? undefined : { metadata: { name: 'version' }, status: { desired: { version } } };
  expect(channelFlaw(operators[id], channel, cluster)).toBe(expected);
});

test('what is wrong with a channel is said', () => {
  expect(channelFlawText(plainEnglish, 'stable-4.21', '4.22')).toBe(
    'Channel stable-4.21 is for another version of OpenShift. This cluster has 4.22.',
  );
});
