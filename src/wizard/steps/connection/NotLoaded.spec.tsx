import { screen } from '@testing-library/react';
import { connect, fillForm, provideRandomUuid } from '../../../testing/fill-form';
import { memoryCluster } from '../../../testing/memory-cluster';
import { renderStep } from '../../../testing/render-step';
import { ConnectionStep } from './ConnectionStep';

// The console's server has other files by now: the plugin was updated.
jest.mock('../../../work/connect', () => {
  throw new Error('Loading chunk 9 failed');
});

beforeAll(provideRandomUuid);

test('what connects cannot be fetched: that is said, nothing is tried, and what was typed stays', async () => {
  const cluster = memoryCluster('openshift-mtv');
  const { user } = renderStep(<ConnectionStep />, { cluster });
  await fillForm(user, 'typed');
  await connect(user);
  expect(await screen.findByText('This part of the page could not be loaded', { exact: false })).toBeVisible();
  expect(screen.getByRole('button', { name: 'Retry' })).toBeVisible();
  expect(screen.getByLabelText(/^Password/)).toHaveValue('typed');
  expect(screen.getByRole('button', { name: 'Connect' })).toBeEnabled();
  expect(cluster.writes).toEqual([]);
});
