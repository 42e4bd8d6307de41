import type { Condition, Host } from '../objects';
import { plainEnglish as t } from '../translate';
import type { Watched } from '../watched';
import { esxiHosts } from './esxi-hosts';
import { judgeSteps, stepToOpen } from './step-state';

const host = (name: string, ...conditions: Condition[]): Host => ({ metadata: { name }, status: { conditions } });
const ready: Condition = { type: 'Ready', status: 'True', category: 'Required' };
const failing: Condition = { type: 'SecretNotValid', status: 'True', category: 'Critical' };
const loaded = (...items: Host[]): Watched<Host> => ({ state: 'loaded', items });
const forbidden: Watched<Host> = { state: 'failed', failure: { code: 'Forbidden', message: '' } };

test.each<[string, Watched<Host>, string, RegExp]>([
  ['none', loaded(), 'ready', /management network/],
  ['no such kind', { state: 'absent' }, 'ready', /management network/],
  ['some that work', loaded(host('a', ready), host('b', ready)), 'ready', /set: 2/],
  ['one that fails', loaded(host('a', ready), host('b', failing)), 'warning', /Host b does not work/],
  ['one that is new', loaded(host('a', ready), host('b')), 'waiting', /has not looked/],
  ['those that nobody may see', forbidden, 'unknown', /not permitted/],
])('%s', (_, hosts, state, says) => {
  const verdict = esxiHosts.judge({ hosts });
  expect(verdict.state).toBe(state);
  expect(verdict.text(t)).toMatch(says);
});

test.each([loaded(host('a', failing)), loaded(host('a')), forbidden, { state: 'loading' } as const])(
  'nobody waits for them: %j',
  (hosts) => {
    const steps = [
      { id: 'esxi-hosts', isOptional: true },
      { id: 'summary', isOfAll: true },
    ];
    const states = judgeSteps(steps, [esxiHosts], { hosts });
    expect(states.get('summary')).toEqual({ state: 'done' });
    expect(stepToOpen([{ id: 'first' }, ...steps], states)).toBe('first');
  },
);
