import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { axe } from 'jest-axe';
import { LogView } from './LogView';

const lines = ['STEP 1: FROM ubi9', 'STEP 2: COPY', 'error: no space left', 'step 3'];
const open = (dropped = 0) => ({
  user: userEvent.setup(),
  ...render(<LogView log={{ lines, dropped }} file="vddk-1" />),
});
const current = () => document.querySelector('mark[aria-current=true]');

test('a log is searched, match by match, in either case', async () => {
  const { user, container } = open();
  await user.type(screen.getByRole('textbox', { name: 'Search the log' }), 'step');
  expect(screen.getByText('1 of 3')).toBeVisible();
  expect(current()).toHaveTextContent('STEP 1: FROM ubi9');
  await user.click(screen.getByRole('button', { name: 'Next match' }));
  expect(current()).toHaveTextContent('STEP 2: COPY');
  await user.click(screen.getByRole('button', { name: 'Previous match' }));
  await user.click(screen.getByRole('button', { name: 'Previous match' }));
  expect(current()).toHaveTextContent('step 3');
  expect(await axe(container)).toHaveNoViolations();
  await user.click(screen.getByRole('button', { name: 'Clear the search' }));
  expect(container.querySelector('mark')).toBeNull();
  await user.type(screen.getByRole('textbox', { name: 'Search the log' }), 'absent');
  expect(screen.getByText('Nothing found')).toBeInTheDocument();
});

test('a log is followed until somebody searches it or says no', async () => {
  const { user } = open();
  const follow = screen.getByRole('switch', { name: 'Follow' });
  expect(follow).toBeChecked();
  await user.click(follow);
  expect(follow).not.toBeChecked();
  await user.click(follow);
  await user.type(screen.getByRole('textbox', { name: 'Search the log' }), 'x');
  expect(follow).not.toBeChecked();
});

test('a log is downloaded as it is shown, and says what is left out', async () => {
  const saved: Blob[] = [];
  URL.createObjectURL = (blob) => {
    saved.push(blob as Blob);
    return 'blob:log';
  };
  const names: string[] = [];
  jest.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
    names.push(this.download);
  });
  const { user } = open(7);
  expect(screen.getByText('7 earlier lines are left out.')).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'Download log' }));
  expect(names).toEqual(['vddk-1.log']);
  expect(saved[0]?.size).toBe(lines.join('\n').length);
});
