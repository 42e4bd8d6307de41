import { factsByKind } from '../../testing/facts-by-kind';
import type { ByKind } from '../../testing/facts-by-kind';
import { plainEnglish } from '../translate';
import { nodeHealthCheck } from './node-health-check';

test.each<[string, ByKind, string]>([
  ['one', { nodeHealthChecks: { state: 'loaded', items: [{ metadata: { name: 'workers' } }] } }, 'ready NodesWatched'],
  ['none', {}, 'warning NoNodeHealthCheck'],
  ['no operator', { nodeHealthChecks: { state: 'absent' } }, 'warning NoNodeHealthCheckOperator'],
])('%s: never in the way', (_, seen, expected) => {
  const { state, reason, text } = nodeHealthCheck.judge(factsByKind(nodeHealthCheck.needs, seen));
  expect(`${state} ${reason}`).toBe(expected);
  expect(text(plainEnglish)).toMatch(/\.$/);
});
