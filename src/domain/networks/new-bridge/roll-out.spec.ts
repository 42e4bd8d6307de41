import { nodeOf } from '../../../testing/cards';
import type { Condition } from '../../objects';
import { plainEnglish } from '../../translate';
import { nodeProgressText } from './bridge-text';
import { mayBeOnNode, readRollOut, rollOutState } from './roll-out';
import type { NodeProgress } from './roll-out';

const policy = { metadata: { name: 'p', generation: 2 } };
const probe = (name: string, after = '') =>
  `error reconciling NodeNetworkConfigurationPolicy on node a at desired state apply: "",\n rolling back desired state configuration: failed runnig probes after network changes: failed runnig probe '${name}' with after network reconfiguration -> currentState: {"secret": 1}: timed out${after}`;
const read = (states: Readonly<Record<string, string>>, message = '', ready = 'True', policyGeneration = 2) => {
  const conditions = Object.entries(states).map(([type, status]): Condition => ({ type, status, message }));
  const enactment = {
    metadata: { name: 'a.p', labels: { 'nmstate.io/policy': 'p', 'nmstate.io/node': 'a' } },
    status: { policyGeneration, conditions },
  };
  const [progress] = readRollOut({ policy, enactments: [enactment], nodes: [nodeOf('a', {}, ready)] }, ['a']);
  return progress && { ...progress, text: nodeProgressText(plainEnglish, progress) };
};

test.each<[string, ReturnType<typeof read>, Partial<NodeProgress>, string]>([
  ['no condition yet', read({}), { state: 'waiting' }, 'Waiting for NMState'],
  ['the generation before', read({ Available: 'True' }, '', 'True', 1), { state: 'waiting' }, 'Waiting for NMState'],
  ['at work', read({ Progressing: 'True', Failing: 'Unknown' }), { state: 'working' }, 'NMState changes the network'],
  [
    'others first',
    read({ Pending: 'True', Progressing: 'False' }),
    { state: 'queued' },
    'Waiting for the nodes before it',
  ],
  ['done', read({ Available: 'True' }), { state: 'done' }, 'Done'],
  ['done, and not ready since', read({ Available: 'True' }, '', 'False'), { state: 'done' }, 'Done'],
  ['restarting meanwhile', read({ Progressing: 'True' }, '', 'False'), { state: 'away' }, 'The node is not ready'],
  ['nobody knows of the node', read({}, '', 'Unknown'), { state: 'away' }, 'NMState goes on when it is back.'],
  [
    'tried again',
    read({ Failing: 'True', Progressing: 'True' }, 'Retrying 2/5'),
    { state: 'retrying' },
    'NMState tries again: Retrying 2/5',
  ],
  ['not tried', read({ Aborted: 'True' }), { state: 'aborted' }, 'Not tried, because another node failed'],
  [
    'gateway lost',
    read({ Failing: 'True' }, probe('ping')),
    { state: 'failed', probe: 'ping', rolledBack: 'yes' },
    'Failed: the node no longer reached its default gateway. NMState rolled back: the node has its earlier network again.',
  ],
  [
    'name server lost',
    read({ Failing: 'True' }, probe('dns')),
    { state: 'failed' },
    'no longer reached its name server',
  ],
  [
    'API server lost',
    read({ Failing: 'True' }, probe('api-server')),
    { state: 'failed' },
    'no longer reached the API server',
  ],
  ['no longer ready', read({ Failing: 'True' }, probe('node-readiness')), { state: 'failed' }, 'was no longer ready'],
  [
    'a probe we do not know',
    read({ Failing: 'True' }, probe('ntp')),
    { state: 'failed' },
    'did not pass the test "ntp"',
  ],
  [
    'the rollback failed too',
    read({ Failing: 'True' }, probe('ping', ': failed running probes after rollback: timed out')),
    { state: 'failed', rolledBack: 'unsure' },
    'Whether the node has its earlier network again is not known: look at the node.',
  ],
  [
    'refused by NMState',
    read({ Failing: 'True' }, 'VerificationError: port'),
    { state: 'failed' },
    'Failed: VerificationError: port NMState rolled',
  ],
])('%s', (_, progress, expected, text) => {
  expect(progress).toMatchObject(expected);
  expect(progress?.text).toContain(text);
  expect(progress?.text).not.toContain('secret');
});

test('a message that is long is cut, and a node that the cluster no longer has is left out', () => {
  expect(read({ Failing: 'True' }, 'x'.repeat(1000))?.text.length).toBeLessThan(400);
  expect(readRollOut({ policy, enactments: [], nodes: [] }, ['a'])).toEqual([]);
});

const each = (state: NodeProgress['state']): NodeProgress => ({ node: 'a', state, message: '', rolledBack: 'yes' });

test.each<[readonly NodeProgress['state'][], ReturnType<typeof rollOutState>]>([
  [['done', 'done'], 'done'],
  [['done', 'away'], 'running'],
  [['done', 'queued'], 'running'],
  [['failed', 'queued'], 'failed'],
  [['aborted', 'done'], 'failed'],
  [['failed', 'working'], 'running'],
  [['failed', 'retrying'], 'running'],
  [[], 'running'],
])('%j is %s', (states, expected) => {
  expect(rollOutState(states.map(each))).toBe(expected);
});

test.each<[NodeProgress, boolean]>([
  [each('waiting'), false],
  [each('queued'), false],
  [each('aborted'), false],
  [each('failed'), false],
  [{ node: 'a', state: 'failed', message: '', rolledBack: 'unsure' }, true],
  [each('working'), true],
  [each('away'), true],
  [each('retrying'), true],
  [each('done'), true],
])('of %j something may be on the node: %s', (progress, expected) => {
  expect(mayBeOnNode(progress)).toBe(expected);
});
