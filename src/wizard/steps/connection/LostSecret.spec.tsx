import { act, screen } from '@testing-library/react';
import { axe } from 'jest-axe';
import { memoryCluster } from '../../../testing/memory-cluster';
import type { MemoryCluster } from '../../../testing/memory-cluster';
import { ownLabels } from '../../../domain/ownership';
import { renderStep } from '../../../testing/render-step';
import { ConnectionStep } from './ConnectionStep';
import { correct, provideRandomUuid } from '../../../testing/fill-form';

const mtv = 'openshift-mtv';
const gone = /Secret vc-credentials with the credentials is gone\. MTV does not report this/;

beforeAll(provideRandomUuid);

/** A cluster with a Provider that is Ready and has its Secret; it counts how Secrets are read. */
const world = (labels = ownLabels) => {
  const cluster = memoryCluster(mtv);
  const url = 'https://vc.example.com/sdk';
  cluster.put('secrets', {
    metadata: { name: 'vc-credentials', namespace: mtv, labels },
    data: { password: btoa('secret') },
  });
  cluster.put('providers', {
    metadata: { name: 'vc', namespace: mtv, labels },
    spec: { type: 'vsphere', url, secret: { name: 'vc-credentials', namespace: mtv } },
    status: { phase: 'Ready' },
  });
  const reads: (boolean | undefined)[] = [];
  const watched: MemoryCluster = {
    ...cluster,
    get: (one) => {
      if (one.kind === 'secrets') reads.push(one.metadataOnly);
      return cluster.get(one);
    },
  };
  return { cluster, watched, reads };
};

const pass = (seconds: number) => act(() => jest.advanceTimersByTimeAsync(seconds * 1000));

describe('the Secret of a Provider that MTV calls Ready', () => {
  beforeEach(() => {
    jest.useFakeTimers({ now: Date.parse('2026-01-01T00:01:00Z') });
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  test('is missed when it is deleted; only its metadata is read', async () => {
    const { cluster, watched, reads } = world();
    renderStep(<ConnectionStep />, { cluster: watched });
    await pass(1);
    expect(screen.getByText('Connected')).toBeVisible();
    cluster.remove('secrets', 'vc-credentials', mtv);
    await pass(16);
    expect(screen.getByText(gone)).toHaveTextContent('Enter the credentials again and connect.');
    expect(screen.queryByText('Connected')).toBeNull();
    expect(new Set(reads)).toEqual(new Set([true]));
  });

  test('is not guessed about by somebody who may not look, who is not asked again', async () => {
    const { cluster, watched, reads } = world();
    cluster.remove('secrets', 'vc-credentials', mtv);
    cluster.forbid('get', 'secrets');
    renderStep(<ConnectionStep />, { cluster: watched });
    await pass(60);
    expect(screen.getByText('Connected')).toBeVisible();
    expect(reads).toHaveLength(1);
  });

  test("is missed on somebody else's Provider too, with another remedy", async () => {
    const { cluster, watched } = world({} as typeof ownLabels);
    cluster.remove('secrets', 'vc-credentials', mtv);
    renderStep(<ConnectionStep />, { cluster: watched });
    await pass(1);
    expect(screen.getByText(gone)).toHaveTextContent(/Create the Secret again/);
  });
});

test('a Secret that is gone comes back with the next correction, and is noticed at once', async () => {
  const { cluster, watched } = world();
  cluster.remove('secrets', 'vc-credentials', mtv);
  const { user, container } = renderStep(<ConnectionStep />, { cluster: watched });
  expect(await screen.findByText(gone)).toBeVisible();
  expect(await axe(container)).toHaveNoViolations();
  await user.click(screen.getByRole('button', { name: 'Edit vc' }));
  await correct(user);
  expect(await screen.findByText(/Saved\. MTV is connecting/)).toBeVisible();
  expect(screen.queryByText(gone)).toBeNull();
  expect(cluster.all('secrets')).toHaveLength(1);
});
