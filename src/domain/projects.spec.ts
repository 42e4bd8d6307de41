import { converge } from './converge';
import type { Trial } from './dry-run';
import { memoryCluster } from '../testing/memory-cluster';
import { newProjectProblem, planProject, projectChoices, projectNeeds } from './projects';
import { plainEnglish } from './translate';
import { choiceOf, matching } from './choices';

const named = (name: string, title?: string) => ({
  metadata: { name, ...(title !== undefined && { annotations: { 'openshift.io/display-name': title } }) },
});

test('projects of users come first, with their titles', () => {
  const items = ['openshift-mtv', 'vms', 'default', 'kube-system', 'desktops', 'kubed'].map((name) => named(name));
  expect(projectChoices(plainEnglish, [...items, named('a', 'Team A'), named('b', 'b')])).toEqual([
    { value: 'a', description: 'Team A' },
    ...['b', 'desktops', 'kubed', 'vms', 'default', 'kube-system', 'openshift-mtv'].map((value) => ({ value })),
  ]);
});

test.each([
  ['', /Enter a name/],
  ['a', /at least 2/],
  ['kube', /belong to the platform/],
  ['openshift-vms', /belong to the platform/],
  ['A b', /lowercase/],
  ['x'.repeat(64), /at most 63/],
])('a project cannot be called "%s"', (name, why) => {
  expect(newProjectProblem(plainEnglish, name)).toMatch(why);
});

test('a project may be called kubed', () => {
  expect(newProjectProblem(plainEnglish, 'kubed')).toBeUndefined();
});

test('what is typed finds names by any part, those that begin with it first, and titles', () => {
  const choices = [{ value: 'all-vms' }, { value: 'vms-old' }, { value: 'x', description: 'My VMs' }, { value: 'vms' }];
  const found = (typed: string) => matching(choices, typed).shown.map(({ value }) => value);
  expect(found(' VMs ')).toEqual(['vms', 'vms-old', 'all-vms', 'x']);
  expect(found('')).toEqual(['all-vms', 'vms-old', 'x', 'vms']);
  expect(found('nothing')).toEqual([]);
  expect(choiceOf([...choices, { value: 'gone', isDisabled: true }], ' vms ')).toEqual({ value: 'vms' });
  expect(choiceOf([{ value: 'gone', isDisabled: true }], 'gone')).toBeUndefined();
});

describe('A project that is asked for', () => {
  const asked = (cluster = memoryCluster('vms')) => ({
    cluster,
    needs: projectNeeds('projects'),
    plan: planProject('projects', 'desktops'),
  });

  test('is there when the run ends, and is not asked for twice when the answer is lost', async () => {
    const cluster = memoryCluster('vms');
    cluster.fail({ verb: 'create', kind: 'projectRequests', failure: 'Unreachable', when: 'after' });
    const made = await converge(asked(cluster));
    expect(made.ok && made.value.projects.map(({ metadata }) => metadata.name)).toEqual(['vms', 'desktops']);
    expect(cluster.writes).toHaveLength(1);
  });

  test('is not made by a dry run, which the server would not heed', async () => {
    const cluster = memoryCluster('vms');
    const trials: Trial[] = [];
    await converge({ ...asked(cluster), mode: 'dry', onTrial: (trial) => trials.push(trial) });
    expect(trials.map(({ answer }) => answer)).toEqual([{ code: 'NoDryRun' }]);
    expect(cluster.all('projects')).toHaveLength(1);
  });
});
