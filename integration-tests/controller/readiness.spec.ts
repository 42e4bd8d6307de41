import { setTimeout as pause } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { allChecks } from '../../src/domain/checks/prerequisites';
import { reportRows } from '../../src/domain/report';
import { plainEnglish } from '../../src/domain/translate';
import { readFacts } from '../../src/work/read-facts';
import { forbidden, readinessOf, scenarios, users, withoutMadeUpNames } from '../readiness-table';
import { startSandbox } from '../sandbox';
import type { RunningSandbox } from '../sandbox';
import { clusterAs, reset } from './sandbox-users';

let sandbox: RunningSandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
}, 180_000);
afterAll(() => sandbox.stop());

const words = {
  ready: 'Ready',
  warning: 'Ready with a warning',
  blocked: 'To do',
  waiting: 'In progress',
  loading: 'Checking',
  unknown: 'Unknown',
} as const;

/** What the report's checks say to a user, by their titles. */
const said = async (user: string): Promise<Readonly<Record<string, string>>> => {
  const rows = reportRows(plainEnglish, allChecks, await readFacts(clusterAs(sandbox, user), allChecks));
  return Object.fromEntries(
    rows.map(({ title, state, text }) => [title, withoutMadeUpNames(`${words[state]}: ${text}`)]),
  );
};

describe.each(scenarios)('on a cluster that is %s', (scenario) => {
  beforeAll(() => reset(sandbox, scenario), 120_000);

  test('the report says to the administrator what the table says', async () => {
    const { checks } = readinessOf(scenario, 'kubeadmin');
    // What MTV and the operators do takes them a moment after the reset.
    const deadline = Date.now() + 30_000;
    let heard = await said('kubeadmin');
    while (!isDeepStrictEqual(heard, checks) && Date.now() < deadline) {
      await pause(500);
      heard = await said('kubeadmin');
    }
    expect(heard).toEqual(checks);
  }, 60_000);

  // It looks at the whole cluster, and not into a project that was chosen.
  test.each(users.filter((user) => user !== 'kubeadmin'))(
    'the report says to %s that it may not look',
    async (user) => {
      const { checks } = readinessOf(scenario, 'kubeadmin');
      const expected = Object.keys(checks).map((title) => [title, forbidden]);
      expect(await said(user)).toEqual(Object.fromEntries(expected));
    },
  );
});
