import { screen, waitFor } from '@testing-library/react';
import { axe } from 'jest-axe';
import { memoryCluster } from '../testing/memory-cluster';
import { renderStep } from '../testing/render-step';
import type { Step } from './step';
import { StepBody } from './StepBody';

const cluster = memoryCluster('openshift-mtv');
const Shown = () => <h2>Shown</h2>;
const stepThat = (load: Step['load']): Step => ({ id: 'summary', name: (t) => t('Summary'), load });

describe('The body of a step', () => {
  test('is told to be on its way until it is there', async () => {
    renderStep(<StepBody step={stepThat(() => Promise.resolve(Shown))} next={undefined} />, { cluster });
    expect(screen.getByText('Loading the step…')).toBeInTheDocument();
    expect(await screen.findByRole('heading', { name: 'Shown' })).toBeVisible();
    expect(screen.queryByText('Loading the step…')).toBeNull();
  });

  test('is there at once when it is visited again', async () => {
    const step = stepThat(() => Promise.resolve(Shown));
    const { unmount } = renderStep(<StepBody step={step} next={undefined} />, { cluster });
    await screen.findByRole('heading', { name: 'Shown' });
    unmount();
    renderStep(<StepBody step={step} next={undefined} />, { cluster });
    expect(screen.getByRole('heading', { name: 'Shown' })).toBeVisible();
  });

  test('that cannot be fetched says so, and is fetched when that is retried', async () => {
    const load = jest
      .fn<Promise<typeof Shown>, []>(() => Promise.resolve(Shown))
      .mockRejectedValueOnce(new Error('Loading chunk 7 failed.'));
    const { user, container } = renderStep(<StepBody step={stepThat(load)} next={undefined} />, { cluster });
    expect(await screen.findByRole('heading', { name: /This step could not be loaded/ })).toBeVisible();
    expect(screen.getByText(/reload the page/)).toBeVisible();
    expect(await axe(container)).toHaveNoViolations();
    await user.click(screen.getByRole('button', { name: 'Retry' }));
    expect(await screen.findByRole('heading', { name: 'Shown' })).toBeVisible();
  });

  test('of the next step is fetched after it, and a failure of that is nobody’s trouble yet', async () => {
    const order: string[] = [];
    const step = stepThat(() => {
      order.push('shown');
      return Promise.resolve(Shown);
    });
    const next = stepThat(() => {
      order.push('next');
      return Promise.reject(new Error('Loading chunk 8 failed.'));
    });
    renderStep(<StepBody step={step} next={next} />, { cluster });
    await waitFor(
      () => {
        expect(order).toEqual(['shown', 'next']);
      },
      { timeout: 3000 },
    );
    expect(screen.getByRole('heading', { name: 'Shown' })).toBeVisible();
    expect(screen.queryByText('This step could not be loaded')).toBeNull();
  });
});
