import { act, screen, within } from '@testing-library/react';
import { memoryCluster } from '../../../testing/memory-cluster';
import type { MemoryCluster } from '../../../testing/memory-cluster';
import type { Provider } from '../../../domain/objects';
import { ownLabels } from '../../../domain/ownership';
import { PrepWizard } from '../../PrepWizard';
import { renderPage, renderStep } from '../../../testing/render-step';
import { ConnectionStep } from './ConnectionStep';
import { connect, fillForm, provideRandomUuid } from '../../../testing/fill-form';

const mtv = 'openshift-mtv';
const own = { name: 'vcenter-example-com', namespace: mtv, labels: ownLabels };
const url = 'https://vcenter.example.com/sdk';
const refused: NonNullable<Provider['status']> = {
  phase: 'ConnectionFailed',
  conditions: [{ type: 'ConnectionAuthFailed', status: 'True' }],
};

beforeAll(provideRandomUuid);

/** A cluster that lets some writes wait until `answer` is called. */
const slowAt = (
  waits: (...write: Parameters<MemoryCluster['apply']>) => boolean,
): { cluster: MemoryCluster; answer: () => void } => {
  const cluster = memoryCluster(mtv);
  let answer = (): void => undefined;
  const answered = new Promise<void>((resolve) => {
    answer = resolve;
  });
  const slow: MemoryCluster = {
    ...cluster,
    apply: async (change, how) => {
      if (waits(change, how)) await answered;
      return cluster.apply(change, how);
    },
  };
  return { cluster: slow, answer };
};

test('a step that is left while it connects cannot connect again until that is through, and tells how it ended', async () => {
  const { cluster: slow, answer } = slowAt((change, how) => how?.dryRun === true && change.kind === 'secrets');
  const { user } = renderPage(<PrepWizard />, { cluster: slow, step: 'connection' });
  const goTo = (step: string) =>
    user.click(
      within(screen.getByRole('navigation', { name: 'Steps of Migration Prep' })).getByRole('button', {
        name: new RegExp(step),
      }),
    );
  await fillForm(user);
  await connect(user);
  await goTo('Summary');
  await goTo('Connection');
  expect(screen.getByRole('button', { name: /Connect$/ })).toBeDisabled();
  answer();
  expect(await screen.findByText(/Saved\. MTV is connecting/)).toBeVisible();
  expect(screen.queryByLabelText(/^Password/)).toBeNull();
  await user.click(screen.getByRole('button', { name: 'Connect another vCenter' }));
  expect(await screen.findByRole('button', { name: 'Connect' })).toBeEnabled();
  expect(screen.getByLabelText(/^Password/)).toHaveValue('');
});

test('what is typed while it still connects is not cleared with what was connected', async () => {
  // MTV is faster than the last write: the Provider is there to be corrected before the run has ended.
  const { cluster: slow, answer } = slowAt((change, how) => how?.dryRun !== true && change.verb === 'patch');
  const { user } = renderStep(<ConnectionStep />, { cluster: slow });
  await fillForm(user);
  await connect(user);
  await user.click(await screen.findByRole('button', { name: 'Edit vcenter-example-com' }));
  await user.type(await screen.findByRole('textbox', { name: /^User/ }), 'another@vsphere.local');
  answer();
  expect(await screen.findByText(/Saved\. MTV is connecting/)).toBeVisible();
  expect(screen.getByRole('textbox', { name: /^User/ })).toHaveValue('another@vsphere.local');
  expect(screen.getByLabelText(/^Password/)).toHaveValue('');
});

describe('as time goes by', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });
  const pass = (seconds: number): void => {
    act(() => {
      jest.advanceTimersByTime(seconds * 1000);
    });
  };
  const world = async (status: Provider['status']) => {
    const cluster = memoryCluster(mtv);
    cluster.put('providers', { metadata: own, spec: { type: 'vsphere', url }, ...(status && { status }) });
    const [provider] = cluster.all('providers');
    jest.setSystemTime(Date.parse(provider?.metadata.creationTimestamp ?? '') + 1000);
    renderStep(<ConnectionStep />, { cluster });
    // The words come in a chunk of their own.
    await act(() => jest.advanceTimersByTimeAsync(0));
  };

  test('no status at all is explained', async () => {
    await world(undefined);
    expect(screen.getByText(/MTV is connecting/)).toBeVisible();
    pass(25);
    expect(
      screen.getByText(/MTV reports no state for this provider\..*Enter the address and credentials again/),
    ).toBeVisible();
  });

  test('Staging that does not end is explained', async () => {
    await world({ phase: 'Staging' });
    expect(screen.queryByText(/If this takes more than a few minutes/)).toBeNull();
    pass(65);
    expect(
      screen.getByText(/If this takes more than a few minutes, check the log of the pod forklift-controller/),
    ).toBeVisible();
  });
});

test('a corrected password is not called refused before MTV has looked at it', async () => {
  const cluster = memoryCluster(mtv);
  cluster.put('providers', {
    metadata: own,
    spec: { type: 'vsphere', url, secret: { name: `${own.name}-credentials`, namespace: mtv } },
    status: refused,
  });
  const { user } = renderStep(<ConnectionStep />, { cluster });
  expect(await screen.findByText(/vCenter rejected the user or the password/)).toBeVisible();
  await fillForm(user);
  await connect(user);
  expect(await screen.findByText(/MTV is checking the correction/)).toBeVisible();
  expect(screen.queryByText(/vCenter rejected/)).toBeNull();
  act(() => {
    cluster.put('providers', { metadata: own, spec: { type: 'vsphere', url }, status: { phase: 'Ready' } });
  });
  expect(screen.getByText('Connected')).toBeVisible();
});

describe('a Provider that cannot be made although its rehearsal went well', () => {
  const world = () => {
    const cluster = memoryCluster(mtv);
    // The dry run goes through; the write itself does not.
    let tries = 0;
    const fickle: MemoryCluster = {
      ...cluster,
      apply: (change, how) => {
        if (change.kind === 'providers' && !how?.dryRun && tries++ === 0) {
          cluster.fail({ verb: 'create', kind: 'providers', failure: 'Invalid', message: 'quota' });
        }
        return cluster.apply(change, how);
      },
    };
    return { cluster, fickle };
  };

  test('leaves no password behind, and is made on a retry', async () => {
    const { cluster, fickle } = world();
    const { user } = renderStep(<ConnectionStep />, { cluster: fickle });
    await fillForm(user);
    await connect(user);
    expect(await screen.findByText('Info alert:')).toBeInTheDocument();
    expect(screen.getByText(/its Secret was deleted again/)).toBeVisible();
    expect(cluster.all('secrets')).toEqual([]);
    await user.click(screen.getByRole('button', { name: 'Retry' }));
    expect(await screen.findByText(/Saved\. MTV is connecting/)).toBeVisible();
    expect(cluster.all('providers')).toHaveLength(1);
    expect(cluster.all('secrets')).toHaveLength(1);
  });

  test('says so when the Secret may not be deleted', async () => {
    const { cluster, fickle } = world();
    cluster.forbid('delete', 'secrets');
    const { user } = renderStep(<ConnectionStep />, { cluster: fickle });
    await fillForm(user);
    await connect(user);
    expect(
      await screen.findByText('Secret vcenter-example-com-credentials with the password still exists'),
    ).toBeVisible();
    expect(cluster.all('secrets')).toHaveLength(1);
  });
});
