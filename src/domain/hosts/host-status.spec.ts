import badId from '../../../sandbox/recorded/host-h-bad-id.json';
import closed from '../../../sandbox/recorded/host-h-closed.json';
import type { Condition, Host } from '../objects';
import { plainEnglish as t } from '../translate';
import { readHost } from './host-status';
import { hostTexts } from './host-text';

const condition = (type: string, category: string, message = ''): Condition => ({
  type,
  status: 'True',
  category,
  message,
});
const ready = condition('Ready', 'Required');
const with_ = (...conditions: Condition[]): Host => ({ metadata: { name: 'h' }, status: { conditions } });

const recorded = (timeline: readonly { readonly conditions: readonly Condition[] | null }[]): Host =>
  with_(...(timeline.at(-1)?.conditions ?? []));

test.each<[string, Host, string, RegExp]>([
  ['nothing yet', { metadata: { name: 'h' } }, 'waiting', /has not looked/],
  ['Ready', with_(ready), 'ready', /copies disks from the host directly/],
  ['not green', with_(condition('HostStatusNotGreen', 'Warn'), ready), 'warning', /reports a warning/],
  ['in maintenance', with_(condition('InMaintenance', 'Warn'), ready), 'warning', /maintenance mode/],
  [
    'red',
    with_(condition('HostStatusNotGreen', 'Warn'), condition('NotHealthy', 'Critical')),
    'blocked',
    /failure \(red\)/,
  ],
  [
    'wrong credentials',
    with_(condition('ConnectionTestFailed', 'Critical', 'login: incorrect user name or password.')),
    'blocked',
    /Rotate the credentials/,
  ],
  [
    'not reached',
    with_(condition('ConnectionTestFailed', 'Critical', 'dial tcp 10.0.0.1:443: connect: connection refused')),
    'blocked',
    /cannot connect to the host: Nothing answers/,
  ],
  [
    'something else',
    with_(condition('TypeNotValid', 'Critical', 'No vSphere.')),
    'blocked',
    /TypeNotValid: No vSphere/,
  ],
  ['an id that is not there (recorded)', recorded(badId), 'blocked', /no such host anymore/],
  ['a Secret that is not there (recorded)', recorded(closed), 'blocked', /gone or incomplete/],
])('%s', (_, host, state, says) => {
  const { state: is, reason, params } = readHost(host);
  expect(is).toBe(state);
  expect(hostTexts[reason](t, params)).toMatch(says);
});
