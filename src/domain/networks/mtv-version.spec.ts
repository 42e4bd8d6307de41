import type { ClusterServiceVersion } from '../platform-objects';
import { readNetworkPerNic } from './mtv-version';

const csv = (name: string, phase = 'Succeeded'): ClusterServiceVersion => ({ metadata: { name }, status: { phase } });

test.each([
  ['2.10', [csv('mtv-operator.v2.10.5')], 'not-needed'],
  ['2.11', [csv('mtv-operator.v2.11.4')], 'needed'],
  ['2.12', [csv('mtv-operator.v2.12.1')], 'not-needed'],
  ['the next major', [csv('mtv-operator.v5.0.0')], 'not-needed'],
  ['upstream', [csv('forklift-operator.v2.11.0')], 'needed'],
  ['others beside it', [csv('kubevirt-hyperconverged-operator.v2.11.0'), csv('mtv-operator.v2.12.0')], 'not-needed'],
  [
    'an upgrade under way',
    [csv('mtv-operator.v2.11.4', 'Replacing'), csv('mtv-operator.v2.12.0', 'Installing')],
    'unknown',
  ],
  ['an installation that failed', [csv('mtv-operator.v2.12.0', 'Failed')], 'unknown'],
  ['no version in the name', [csv('mtv-operator.latest')], 'unknown'],
  ['nothing', [], 'unknown'],
])('%s', (_, versions, expected) => {
  expect(readNetworkPerNic(versions)).toBe(expected);
});
