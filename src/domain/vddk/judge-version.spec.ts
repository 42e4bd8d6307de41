import { mtvVersionOf } from '../mtv-version';
import { plainEnglish } from '../translate';
import { judgeVersion, versionDoubtText } from './judge-version';

test.each([
  ['8.0.3', '8.0.2.0', undefined],
  ['8.0.3', '7.0.3.0', undefined],
  ['8.0.3', '6.7.3', undefined],
  ['8.0.3', '6.5', 'VsphereTooOld'],
  ['8.0.3', '9.0.0.0', undefined],
  ['7.0.3', '6.5', undefined],
  ['7.0.3', '6.0', 'VsphereTooOld'],
  ['7.0.3', '8.0.1.0', undefined],
  ['7.0.3', '9.0.0.0', 'VsphereTooNew'],
  ['6.7.3', '8.0.0.0', 'VsphereTooNew'],
  // Not known is not said.
  ['8.0.3', '10.0', undefined],
  ['latest', '6.0', undefined],
])('VDDK %s for vSphere %s: %s', (version, vcenter, code) => {
  const doubts = judgeVersion(version, { servers: [{ provider: 'vc', version: vcenter }], mtv: '2.12.1' });
  expect(doubts.map((doubt) => doubt.code)).toEqual(code === undefined ? [] : [code]);
  for (const doubt of doubts) expect(versionDoubtText(plainEnglish, doubt)).toContain(vcenter);
});

test.each([
  ['8.0.3', '2.7.12', []],
  ['9.1.0.0', '2.7.12', ['MtvTooOld']],
  ['9.1.0.0', '2.12.1', ['NeedsNewerMtv']],
  ['9.1.0.0', undefined, ['NeedsNewerMtv']],
])('VDDK %s for MTV %s: %j', (version, mtv, codes) => {
  const doubts = judgeVersion(version, { servers: [], mtv });
  expect(doubts.map(({ code }) => code)).toEqual(codes);
  for (const doubt of doubts) expect(versionDoubtText(plainEnglish, doubt)).toMatch(/VDDK/);
});

const csv = (name: string, phase = 'Succeeded') => ({ metadata: { name }, status: { phase } });

test.each([
  ['its version', [csv('mtv-operator.v2.12.1'), csv('lvms-operator.v4.20.0')], '2.12.1'],
  ["upstream's", [csv('forklift-operator.v2.9.0')], '2.9.0'],
  ['nothing while it installs', [csv('mtv-operator.v2.12.1', 'Installing')], undefined],
  ['nothing while one replaces another', [csv('mtv-operator.v2.12.1'), csv('mtv-operator.v2.12.2')], undefined],
  ['nothing without it', [], undefined],
])('MTV tells %s', (_, versions, expected) => {
  expect(mtvVersionOf(versions)).toBe(expected);
});
