import { plainEnglish } from '../translate';
import { checkVlan, decideVlan, questionText, readVlanId, readVotes, readingText } from './vlan';
import { readTrunk } from './trunk';
import type { VlanAnswer, VlanReading } from './vlan';

test.each<[string | undefined, VlanReading]>([
  ['100', { state: 'vlan', vlan: 100 }],
  ['4094', { state: 'vlan', vlan: 4094 }],
  ['0', { state: 'untagged' }],
  ['', { state: 'untagged-or-private' }],
  ['0-4094', { state: 'trunk', ranges: '0-4094' }],
  ['10-20,30-30', { state: 'trunk', ranges: '10-20, 30' }],
  ['4095', { state: 'trunk', ranges: '0-4094' }],
  ['5000', { state: 'unknown' }],
  [undefined, { state: 'unknown' }],
])('a distributed port group with vlanId %p', (vlanId, expected) => {
  expect(readVlanId(vlanId)).toEqual(expected);
});

const vote = (vlanId: number, ...hosts: string[]) => ({ vlanId, hosts });
test.each<[string, ReturnType<typeof vote>[], VlanReading]>([
  ['no host has it', [], { state: 'unknown' }],
  ['all agree', [vote(300, 'a', 'b')], { state: 'vlan', vlan: 300 }],
  ['all agree on none', [vote(0, 'a')], { state: 'untagged' }],
  ['all pass everything', [vote(4095, 'a')], { state: 'trunk', ranges: '0-4094' }],
  [
    'hosts disagree',
    [vote(300, 'a'), vote(301, 'b')],
    { state: 'disagreeing', votes: [vote(300, 'a'), vote(301, 'b')] },
  ],
])('a standard port group: %s', (_, votes, expected) => {
  expect(readVotes(votes)).toEqual(expected);
});

test.each([
  ['1', 1],
  [' 4094 ', 4094],
  ['', 'VlanEmpty'],
  ['ten', 'VlanNotNumber'],
  ['-1', 'VlanNotNumber'],
  ['1.5', 'VlanNotNumber'],
  ['0', 'VlanZero'],
  ['4095', 'VlanAll'],
  ['4096', 'VlanOutOfRange'],
])('typed %p', (text, expected) => {
  const checked = checkVlan(text);
  expect(checked.ok ? checked.value : checked.error).toBe(expected);
});

const doubtful: VlanReading[] = [
  { state: 'untagged-or-private' },
  { state: 'trunk', ranges: '10-20' },
  { state: 'disagreeing', votes: [vote(1, 'a'), vote(0, 'b'), vote(4095, 'c')] },
  { state: 'unknown' },
];
test.each(doubtful)('$state is never guessed', (reading) => {
  const decide = (answer: VlanAnswer) => decideVlan(reading, answer);
  expect(decide({})).toEqual({ state: 'unanswered' });
  expect(decide({ text: '7' })).toEqual({ state: 'unanswered' });
  expect(decide({ use: 'vlan', text: '7' })).toEqual({ state: 'decided', vlan: 7 });
  expect(decide({ use: 'vlan', text: '4095' })).toEqual({ state: 'invalid', problem: 'VlanAll' });
  expect(decide({ use: 'untagged' })).toEqual({ state: 'decided', vlan: undefined });
  expect(decide({ use: 'skip' })).toEqual({ state: 'skipped' });
  expect(questionText(plainEnglish, reading)).not.toBe('');
  expect(readingText(plainEnglish, reading)).not.toBe('');
});

test('case 22: NSX is named where it may be the reason', () => {
  for (const state of ['untagged-or-private', 'unknown'] as const)
    expect(questionText(plainEnglish, { state })).toMatch(/NSX segment/);
  expect(readingText(plainEnglish, { state: 'untagged-or-private' })).toMatch(/NSX/);
});

test.each([
  ['10-20, 30', '10-20,30'],
  ['0-4094', '1-4094'],
  ['30,10-20,21-25', '10-25,30'],
  ['5-10, 8', '5-10'],
  ['0', undefined],
])('case 27: the trunk %s passes on %s', (ranges, expected) => {
  expect(readTrunk(ranges)?.trunk).toBe(expected);
  const decision = decideVlan({ state: 'trunk', ranges }, { use: 'trunk' });
  expect(decision).toEqual(
    expected === undefined ? { state: 'unanswered' } : { state: 'decided', vlan: { trunk: expected } },
  );
});

test('what is certain needs no answer, and a contrary one changes nothing', () => {
  expect(decideVlan({ state: 'vlan', vlan: 100 }, { use: 'vlan', text: '7' })).toEqual({ state: 'decided', vlan: 100 });
  expect(decideVlan({ state: 'untagged' }, {})).toEqual({ state: 'decided', vlan: undefined });
  expect(questionText(plainEnglish, { state: 'vlan', vlan: 100 })).toBe('');
});

test('disagreeing hosts are named with what each says', () => {
  const text = questionText(plainEnglish, {
    state: 'disagreeing',
    votes: [vote(300, 'esx1', 'esx2'), vote(0, 'esx3')],
  });
  expect(text).toContain('VLAN 300 on esx1, esx2; untagged on esx3');
});
