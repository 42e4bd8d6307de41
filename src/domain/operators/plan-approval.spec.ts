import type { InstallPlan } from '../olm-objects';
import { plainEnglish } from '../translate';
import { approvalProblemText, planApproval } from './plan-approval';

const plan = (spec: InstallPlan['spec']): InstallPlan => ({
  metadata: { name: 'install-x', namespace: 'p', resourceVersion: '7' },
  ...(spec && { spec }),
});

test('an InstallPlan is approved as it was looked at, and only if nobody has changed it since', () => {
  const planned = planApproval('install-x', ['b', 'a'])({
    installPlan: plan({ approved: false, clusterServiceVersionNames: ['a', 'b'] }),
  });
  expect(planned.ok && planned.value).toMatchObject([
    {
      verb: 'patch',
      kind: 'installPlans',
      name: 'install-x',
      namespace: 'p',
      operations: [
        { op: 'test', path: '/metadata/resourceVersion', value: '7' },
        { op: 'add', path: '/spec/approved', value: true },
      ],
    },
  ]);
  expect(planned.ok && planned.value[0]?.why(plainEnglish)).toContain('a, b');
});

test.each<[string, InstallPlan | undefined, RegExp | 'done']>([
  ['gone', undefined, /no longer exists/],
  ['approved by somebody', plan({ approved: true, clusterServiceVersionNames: ['c'] }), 'done'],
  ['another one by now', plan({ clusterServiceVersionNames: ['a', 'b', 'c'] }), /something else: a, b, c/],
  ['without a word of what it installs', plan(undefined), /something else: \./],
])('%s', (_, installPlan, expected) => {
  const planned = planApproval('install-x', ['a', 'b'])({ installPlan });
  if (expected === 'done') expect(planned).toEqual({ ok: true, value: [] });
  else expect(planned.ok ? '' : approvalProblemText(plainEnglish, planned.error)).toMatch(expected);
});
