import { useState } from 'react';
import { screen, waitFor, within } from '@testing-library/react';
import { axe } from 'jest-axe';
import { memoryCluster } from '../../testing/memory-cluster';
import type { MemoryCluster } from '../../testing/memory-cluster';
import { renderStep } from '../../testing/render-step';
import { ProjectChooser } from './ProjectChooser';

const label = 'Project of the virtual machines';

const Page = () => {
  const [project, setProject] = useState('');
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
      }}
    >
      <ProjectChooser label={label} value={project} onChange={setProject} hint="Where they go." />
      <output>{project}</output>
      <button type="button">Next field</button>
    </form>
  );
};

const open = (cluster: MemoryCluster) => renderStep(<Page />, { cluster });
const field = () => screen.getByRole('combobox', { name: label });
const options = () => within(screen.getByRole('listbox', { name: label })).getAllByRole('option');
const names = () => options().map(({ textContent }) => textContent);
const isClosed = () =>
  waitFor(() => {
    expect(screen.queryByRole('listbox')).toBeNull();
  });
const chosen = () => screen.getByRole('status').textContent;

test('projects are asked for when the list is opened, and chosen with the mouse', async () => {
  const cluster = memoryCluster('openshift-mtv', 'vms', 'default', 'desktops');
  const { user, container } = open(cluster);
  expect(await axe(container)).toHaveNoViolations();
  await user.click(field());
  expect(names()).toEqual(['desktops', 'vms', 'default', 'openshift-mtv']);
  expect(field()).toHaveAttribute('aria-expanded', 'true');
  expect(await axe(container)).toHaveNoViolations();
  await user.click(screen.getByRole('option', { name: 'vms' }));
  expect(chosen()).toBe('vms');
  expect(field()).toHaveValue('vms');
  expect(field()).toHaveFocus();
  await isClosed();
  await user.click(screen.getByRole('button', { name: `Clear ${label}` }));
  expect(chosen()).toBe('');
});

test('the keyboard alone is enough', async () => {
  const { user } = open(memoryCluster('one', 'three', 'two'));
  await user.tab();
  expect(field()).toHaveFocus();
  expect(screen.queryByRole('listbox')).toBeNull();
  await user.keyboard('{ArrowDown}');
  await screen.findByRole('listbox');
  await user.keyboard('{ArrowDown}{ArrowDown}');
  const active = field().getAttribute('aria-activedescendant') ?? '';
  expect(document.getElementById(active)).toBe(screen.getByRole('option', { name: 'three' }));
  await user.keyboard('{ArrowUp}{ArrowUp}{Enter}');
  expect(chosen()).toBe('two');
  await user.keyboard('{ArrowDown}{Escape}');
  await isClosed();
  expect(chosen()).toBe('two');
  await user.clear(field());
  await user.type(field(), 'thr');
  expect(names()).toEqual(['three', 'Create project thr', 'Use project thr, which you do not see']);
  await user.keyboard('{Enter}');
  expect(chosen()).toBe('three');
});

test('a name that is typed in full is taken when the field is left; what is not there is said, and not taken', async () => {
  const cluster = memoryCluster('vms', 'vms-old');
  cluster.forbid('create', 'projectRequests');
  const { user, container } = open(cluster);
  await user.type(field(), 'vms');
  expect(chosen()).toBe('');
  await user.click(screen.getByRole('button', { name: 'Next field' }));
  expect(chosen()).toBe('vms');
  await user.type(field(), 'x');
  expect(names()).toEqual(['Use project vmsx, which you do not see']);
  await user.tab();
  expect(chosen()).toBe('vms');
  expect(field()).toHaveValue('vms');
  expect(field()).toHaveAccessibleDescription(/You see no project vmsx. Choose one from the list./);
  expect(field()).toBeInvalid();
  expect(await axe(container)).toHaveNoViolations();
});

test('a project that one does not see is taken by the words that say so', async () => {
  const cluster = memoryCluster('vms', 'hidden');
  cluster.confine('vms');
  const { user } = open(cluster);
  await user.type(field(), 'hidden');
  await user.keyboard('{ArrowUp}{Enter}');
  expect(chosen()).toBe('hidden');
  expect(cluster.writes).toEqual([]);
});

test('a project that is being deleted is shown and cannot be chosen', async () => {
  const cluster = memoryCluster('vms');
  cluster.put('namespaces', { metadata: { name: 'old', deletionTimestamp: '2026-01-01T00:00:00Z' } });
  const { user } = open(cluster);
  await user.click(field());
  const gone = screen.getByRole('option', { name: /old/ });
  expect(gone).toHaveTextContent('Being deleted');
  expect(gone).toHaveAttribute('aria-disabled', 'true');
  await user.click(gone);
  expect(chosen()).toBe('');
});

describe('A project of one’s own', () => {
  test('is created and chosen as soon as it is seen', async () => {
    const cluster = memoryCluster('vms');
    cluster.confine('vms');
    const { user, container } = open(cluster);
    await user.type(field(), 'desktops');
    expect(await screen.findByRole('option', { name: 'Create project desktops' })).toBeVisible();
    expect(await axe(container)).toHaveNoViolations();
    await user.keyboard('{ArrowDown}{Enter}');
    await waitFor(() => {
      expect(chosen()).toBe('desktops');
    });
    expect(cluster.writes).toMatchObject([{ kind: 'projectRequests', object: { metadata: { name: 'desktops' } } }]);
  });

  test('is not made by Enter alone', async () => {
    const cluster = memoryCluster('vms');
    const { user } = open(cluster);
    await user.type(field(), 'desktops');
    await screen.findByRole('option', { name: 'Create project desktops' });
    await user.keyboard('{Enter}');
    expect(field()).toHaveAccessibleDescription(/You see no project desktops.*create it there/);
    expect(cluster.writes).toEqual([]);
  });

  test('of a name that somebody else has is refused with a remedy', async () => {
    const cluster = memoryCluster('vms', 'theirs');
    cluster.confine('vms');
    const { user } = open(cluster);
    await user.type(field(), 'theirs');
    await user.click(await screen.findByRole('option', { name: 'Create project theirs' }));
    expect(await screen.findByText(/Project theirs exists already/)).toBeVisible();
    expect(field()).toHaveAccessibleDescription(/not permitted to see it. Choose another name/);
    expect(chosen()).toBe('');
  });

  test.each([
    ['openshift-vms', /belong to the platform/],
    ['v', /at least 2 characters/],
    ['Vms', /lowercase letters/],
  ])('named %s is not offered, and it is said why', async (name, why) => {
    const { user } = open(memoryCluster('desktops'));
    await user.click(field());
    expect(await screen.findByText('To create a project, type its name.')).toBeVisible();
    await user.type(field(), name);
    expect(screen.queryByRole('option', { name: /Create/ })).toBeNull();
    await user.tab();
    expect(field()).toHaveAccessibleDescription(why);
  });

  test('is not offered to those who are not permitted to, nor when nobody knows', async () => {
    const cluster = memoryCluster('vms');
    cluster.forbid('create', 'projectRequests');
    const { user } = open(cluster);
    await user.type(field(), 'desktops');
    expect(screen.queryByText(/Create project/)).toBeNull();
  });
});

describe('Where projects cannot be listed', () => {
  test('the namespaces are, for those who may', async () => {
    const cluster = memoryCluster('vms');
    cluster.uninstall('projects');
    cluster.uninstall('projectRequests');
    const { user } = open(cluster);
    await user.type(field(), 'desktops');
    await user.click(await screen.findByRole('option', { name: 'Create project desktops' }));
    await waitFor(() => {
      expect(chosen()).toBe('desktops');
    });
    expect(cluster.writes).toMatchObject([{ kind: 'namespaces', verb: 'create' }]);
  });

  test('the name is typed, and it is said why', async () => {
    const cluster = memoryCluster('vms');
    cluster.forbid('list', 'projects');
    cluster.forbid('list', 'namespaces');
    const { user, container } = open(cluster);
    await user.click(field());
    expect(field()).toHaveAccessibleDescription(/cannot be listed, so type the name. You are not permitted to list/);
    await user.type(field(), 'anywhere');
    expect(screen.queryByRole('listbox')).toBeNull();
    await user.tab();
    expect(chosen()).toBe('anywhere');
    expect(await axe(container)).toHaveNoViolations();
  });
});

test('of 500 projects a few are shown, and every one can be found', async () => {
  const { user } = open(memoryCluster(...[...Array(500).keys()].map((at) => `team-${String(at)}`)));
  await user.click(field());
  expect(options()).toHaveLength(50);
  expect(screen.getByText('450 more: type a part of the name.')).toBeVisible();
  await user.type(field(), '-499');
  expect(names()).toEqual(['team-499']);
  await user.keyboard('{Enter}');
  expect(chosen()).toBe('team-499');
});
