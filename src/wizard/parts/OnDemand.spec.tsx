import { useState } from 'react';
import { screen, waitFor } from '@testing-library/react';
import { axe } from 'jest-axe';
import { memoryCluster } from '../../testing/memory-cluster';
import { renderStep } from '../../testing/render-step';
import { OnDemand } from './OnDemand';
import type { Load } from './use-on-demand';

const cluster = memoryCluster('openshift-mtv');
const Shown = () => <h2>Shown</h2>;

describe('What is loaded on demand', () => {
  test('is told to be on its way until it is there', async () => {
    renderStep(<OnDemand load={() => Promise.resolve(Shown)} props={{}} />, { cluster });
    expect(screen.getByText('Loading…')).toBeInTheDocument();
    expect(await screen.findByRole('heading', { name: 'Shown' })).toBeVisible();
    expect(screen.queryByText('Loading…')).toBeNull();
  });

  test('is there at once when it is visited again', async () => {
    const load = () => Promise.resolve(Shown);
    const { unmount } = renderStep(<OnDemand load={load} props={{}} />, { cluster });
    await screen.findByRole('heading', { name: 'Shown' });
    unmount();
    renderStep(<OnDemand load={load} props={{}} />, { cluster });
    expect(screen.getByRole('heading', { name: 'Shown' })).toBeVisible();
  });

  test('gives way to what is wanted in its place, and is never given what that is shown with', async () => {
    const Name = ({ name }: { readonly name: string }) => <p>{name.toUpperCase()}</p>;
    const load = () => Promise.resolve(Shown);
    const other = () => Promise.resolve(Name);
    const Either = () => {
      const [isOther, choose] = useState(false);
      return (
        <>
          {isOther ? <OnDemand load={other} props={{ name: 'other' }} /> : <OnDemand load={load} props={{}} />}
          {!isOther && (
            <button
              type="button"
              onClick={() => {
                choose(true);
              }}
            >
              Other
            </button>
          )}
        </>
      );
    };
    const { user } = renderStep(<Either />, { cluster });
    await screen.findByRole('heading', { name: 'Shown' });
    await user.click(screen.getByRole('button', { name: 'Other' }));
    expect(await screen.findByText('OTHER')).toBeVisible();
    expect(screen.queryByRole('heading', { name: 'Shown' })).toBeNull();
  });

  test('that cannot be fetched says so, and is fetched when that is retried', async () => {
    const load = jest
      .fn<Promise<typeof Shown>, []>(() => Promise.resolve(Shown))
      .mockRejectedValueOnce(new Error('Loading chunk 7 failed.'));
    const { user, container } = renderStep(<OnDemand load={load} props={{}} />, { cluster });
    expect(await screen.findByRole('heading', { name: /This part of the page could not be loaded/ })).toBeVisible();
    expect(screen.getByText(/reload the page/)).toBeVisible();
    expect(await axe(container)).toHaveNoViolations();
    await user.click(screen.getByRole('button', { name: 'Retry' }));
    expect(await screen.findByRole('heading', { name: 'Shown' })).toBeVisible();
  });

  test('of the next step is fetched after it, and a failure of that is nobody’s trouble yet', async () => {
    const order: string[] = [];
    const load: Load = () => {
      order.push('shown');
      return Promise.resolve(Shown);
    };
    const next: Load = () => {
      order.push('next');
      return Promise.reject(new Error('Loading chunk 8 failed.'));
    };
    renderStep(<OnDemand load={load} props={{}} next={next} />, { cluster });
    await waitFor(
      () => {
        expect(order).toEqual(['shown', 'next']);
      },
      { timeout: 3000 },
    );
    expect(screen.getByRole('heading', { name: 'Shown' })).toBeVisible();
    expect(screen.queryByText('This part of the page could not be loaded')).toBeNull();
  });
});
