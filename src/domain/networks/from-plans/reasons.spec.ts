import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { plainEnglish } from '../../translate';
import type { NoteReason } from './reasons';
import { noteSentences } from './reasons';

const reasons = Object.keys(noteSentences) as NoteReason[];

/** What notes name; `planNetworks` fills in those that a reason has. */
const params = {
  map: 'MAP',
  provider: 'PROVIDER',
  name: 'NAME',
  network: 'NETWORK',
  target: 'TARGET',
  project: 'PROJECT',
  source: 'SOURCE',
  ranges: 'RANGES',
  votes: 'VOTES',
  switch: 'SWITCH',
  vlan: 'VLAN',
  on: 'BRIDGE',
  networks: 'NETWORKS',
  present: 'PRESENT',
  wanted: 'WANTED',
  kinds: 'KINDS',
  message: 'MESSAGE.',
};

test.each(reasons)('%s: whole sentences, with nothing left to fill in, that fit in an Event', (reason) => {
  const text = noteSentences[reason](plainEnglish, params);
  expect(text).toMatch(/^[A-Z].*\.$/);
  expect(text).not.toMatch(/[{}]/);
  // An Event takes 1,024 bytes; names are long.
  expect(text.length).toBeLessThan(300);
});

test('docs/controller.md has a row for each reason, in the order of the code, and no other', () => {
  const text = readFileSync(join(__dirname, '../../../../docs/controller.md'), 'utf8');
  const [, section = ''] = text.split('## What each Event means');
  const rows = [...(section.split('\n## ')[0] ?? '').matchAll(/^\| `(\w+)` \| .+ \| .+ \|$/gm)].map(([, row]) => row);
  expect(rows).toEqual(reasons);
});
