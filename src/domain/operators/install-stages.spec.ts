import type { InstallPlan } from '../olm-objects';
import type { Subscription } from '../platform-objects';
import { plainEnglish } from '../translate';
import type { InstallationSeen } from './installation';
import { installStages, stageStateText, stageText } from './install-stages';
import { operators } from './operator';
import type { OperandReading } from './read-operand';

const namespace = 'openshift-mtv';
const subscribed = (status?: Subscription['status']): Subscription => ({
  metadata: { name: 'mtv-operator', namespace },
  spec: { name: 'mtv-operator' },
  ...(status && { status }),
});
const operand = (state: OperandReading['state']): OperandReading => ({ state, reason: 'OperandReady', params: {} });
const plan = (phase: string): InstallPlan => ({ metadata: { name: 'install-x', namespace }, status: { phase } });
const csv = (phase: string) => ({ metadata: { name: 'mtv.v1', namespace }, status: { phase } });
const seen = (subscription: Subscription | undefined, csvs: InstallationSeen['csvs'] = []): InstallationSeen => ({
  subscriptions: subscription ? [subscription] : [],
  clusterExtensions: [],
  csvs,
  groups: [{ metadata: { name: 'g', namespace } }],
  operands: [],
});
const pending = { installPlanRef: { name: 'install-x' }, currentCSV: 'mtv.v1', state: 'UpgradePending' };
const resolved = { ...pending, installedCSV: 'mtv.v1' };
const failing = [{ type: 'InstallPlanFailed', status: 'True' }];

test.each<[string, Parameters<typeof installStages>[1], string]>([
  ['nothing', { installation: seen(undefined), plans: [], isServed: false, operand: operand('absent') }, ''],
  [
    'not looked at yet',
    { installation: seen(subscribed()), plans: [], isServed: false, operand: operand('absent') },
    'current pending pending pending pending',
  ],
  [
    'its plan is carried out',
    {
      installation: seen(subscribed(pending)),
      plans: [plan('Installing')],
      isServed: false,
      operand: operand('absent'),
    },
    'done current pending pending pending',
  ],
  [
    'its plan may not be seen',
    { installation: seen(subscribed(pending)), plans: [], isServed: false, operand: operand('absent') },
    'done current pending pending pending',
  ],
  [
    'its plan failed',
    {
      installation: seen(subscribed({ ...pending, conditions: failing })),
      plans: [plan('Failed')],
      isServed: false,
      operand: operand('absent'),
    },
    'done stuck pending pending pending',
  ],
  [
    'its version is installing',
    {
      installation: seen(subscribed(resolved), [csv('Installing')]),
      plans: [plan('Complete')],
      isServed: true,
      operand: operand('absent'),
    },
    'done done current pending pending',
  ],
  [
    'its API is not served',
    {
      installation: seen(subscribed(resolved), [csv('Succeeded')]),
      plans: [plan('Complete')],
      isServed: false,
      operand: operand('absent'),
    },
    'done done done current pending',
  ],
  [
    'its custom resource is missing',
    {
      installation: seen(subscribed(resolved), [csv('Succeeded')]),
      plans: [plan('Complete')],
      isServed: true,
      operand: operand('absent'),
    },
    'done done done done current',
  ],
  [
    'its custom resource fails',
    {
      installation: seen(subscribed(resolved), [csv('Succeeded')]),
      plans: [],
      isServed: true,
      operand: operand('blocked'),
    },
    'done done done done stuck',
  ],
  [
    'ready',
    {
      installation: seen(subscribed(resolved), [csv('Succeeded')]),
      plans: [],
      isServed: true,
      operand: operand('ready'),
    },
    'done done done done done',
  ],
  // A left-over API serves before there is a new version.
  [
    'again, with an API that was left',
    { installation: seen(subscribed(pending)), plans: [plan('Complete')], isServed: true, operand: operand('absent') },
    'done done current pending pending',
  ],
])('%s', (_, world, expected) => {
  const stages = installStages(operators.mtv, world);
  expect(stages.map(({ state }) => state).join(' ')).toBe(expected);
  for (const stage of stages) {
    expect(stageText(plainEnglish, stage, operators.mtv)).toMatch(/^[A-Z].*[^ ]$/);
    expect(stageStateText(plainEnglish, stage.state)).not.toBe('');
  }
});
