import { screen } from '@testing-library/react';
import { kinds } from '../../../domain/kinds';
import { connect, fillForm, provideRandomUuid } from '../../../testing/fill-form';
import { memoryCluster } from '../../../testing/memory-cluster';
import { renderStep } from '../../../testing/render-step';
import { overheard, runCases } from '../../../testing/run-cases';
import { ConnectionStep } from './ConnectionStep';

/** The page's half of the table that the command line is held to as well (src/command-line/plan.spec.ts). */

const mtv = 'openshift-mtv';

beforeAll(provideRandomUuid);

describe.each(['secrets', 'providers'] as const)('at a creation of %s', (kind) => {
  test.each(runCases)('$name: that is said, and nothing is stored', async ({ arrange, says, isTried }) => {
    const { cluster, asked } = overheard(memoryCluster(mtv));
    arrange(cluster, kind);
    const { user } = renderStep(<ConnectionStep />, { cluster });
    await fillForm(user);
    await connect(user);
    expect(await screen.findByText(says(mtv, kinds[kind].kind))).toBeVisible();
    expect(screen.getByText('Nothing was changed')).toBeVisible();
    expect(cluster.writes).toEqual([]);
    expect(asked.length > 0).toBe(isTried);
  });
});

test('all rights that are missing are said at once, also that which is needed last', async () => {
  const { cluster, asked } = overheard(memoryCluster(mtv));
  cluster.forbid('create', 'providers');
  cluster.forbid('patch', 'secrets');
  const { user } = renderStep(<ConnectionStep />, { cluster });
  await fillForm(user);
  await connect(user);
  const said = await screen.findByText(/You are not permitted to create Provider in openshift-mtv\./);
  expect(said).toHaveTextContent('You are not permitted to patch Secret in openshift-mtv.');
  expect(asked).toEqual([]);
});

test('a project still to be made leaves the credentials unchecked, and that is said', async () => {
  const cluster = memoryCluster();
  const { user } = renderStep(<ConnectionStep />, { cluster });
  await fillForm(user);
  await connect(user);
  const said = await screen.findByText(/Project openshift-mtv does not exist\./);
  expect(said).toHaveTextContent('Until then, the user and the password cannot be checked.');
  expect(cluster.writes).toEqual([]);
});

test.each<[string, Parameters<ReturnType<typeof memoryCluster>['fail']>[0]]>([
  [
    'a webhook that takes part in no dry run',
    {
      verb: 'create',
      kind: 'providers',
      status: { code: 400, reason: 'BadRequest', message: 'admission webhook "x" does not support dry run' },
    },
  ],
  ['an answer that was lost', { verb: 'create', kind: 'providers', failure: 'Unreachable' }],
])('%s is no refusal: the run in earnest decides', async (_, fault) => {
  const cluster = memoryCluster(mtv);
  cluster.fail(fault);
  const { user } = renderStep(<ConnectionStep />, { cluster });
  await fillForm(user);
  await connect(user);
  expect(await screen.findByText(/Saved\. MTV is connecting/)).toBeVisible();
});
