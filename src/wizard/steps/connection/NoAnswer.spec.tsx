import { act, screen } from '@testing-library/react';
import { axe } from 'jest-axe';
import { memoryCluster } from '../../../testing/memory-cluster';
import type { MemoryCluster } from '../../../testing/memory-cluster';
import type { ServerStatus } from '../../../cluster/failure';
import type { Services } from '../../../cluster/services';
import { err } from '../../../domain/result';
import { renderStep } from '../../../testing/render-step';
import { ConnectionStep } from './ConnectionStep';
import { connect, fillForm, provideRandomUuid } from '../../../testing/fill-form';

const mtv = 'openshift-mtv';
const password = 'Prep&Migrate-9';
const silentWebhook: ServerStatus = {
  code: 500,
  reason: 'InternalError',
  message:
    'Internal error occurred: failed calling webhook "secret-validate.forklift.konveyor": failed to call webhook: Post "https://forklift-api.openshift-mtv.svc:443/secret-validate?timeout=30s": context deadline exceeded',
};
const noAnswer = () => Promise.resolve(err({ code: 'NoAnswer' as const, seconds: 25 }));

beforeAll(provideRandomUuid);

/** A cluster that counts what is sent to it, and may keep the sender waiting. */
const counting = (cluster: MemoryCluster, wait: () => Promise<void> = () => Promise.resolve()) => {
  const sent: string[] = [];
  const counted: MemoryCluster = {
    ...cluster,
    apply: async (change, how) => {
      sent.push(`${how?.dryRun ? 'try' : 'write'} ${change.kind}`);
      await wait();
      return cluster.apply(change, how);
    },
  };
  return { counted, sent };
};

test.each<[string, Partial<Services>, RegExp]>([
  [
    'packets are dropped',
    { fetchCertificate: noAnswer },
    /The cluster got no answer from that address within 30 s\. .*firewall/,
  ],
  [
    'the server hangs after its certificate',
    {},
    /The cluster got no answer from that address within 30 s\. .*vCenter may be hanging/,
  ],
])('%s: said after one try; the form is kept and nothing stored', async (_, services, says) => {
  const cluster = memoryCluster(mtv);
  cluster.fail({ verb: 'create', kind: 'secrets', status: silentWebhook, times: 99 });
  const { counted, sent } = counting(cluster);
  const { user, container } = renderStep(<ConnectionStep />, { cluster: counted, services });
  await fillForm(user, password);
  await connect(user);
  expect(await screen.findByText(says)).toBeVisible();
  expect(sent).toEqual(['try secrets']);
  expect(screen.getByRole('textbox', { name: /Address of the vCenter/ })).toHaveValue('vcenter.example.com');
  expect(screen.getByLabelText(/^Password/)).toHaveValue(password);
  expect(screen.getByRole('button', { name: 'Connect' })).toBeEnabled();
  expect(cluster.writes).toEqual([]);
  expect(await axe(container)).toHaveNoViolations();
});

test('a service of MTV that does not answer is no reason to stop when vCenter took the credentials', async () => {
  const cluster = memoryCluster(mtv);
  const { user } = renderStep(<ConnectionStep />, { cluster, services: { fetchCertificate: noAnswer } });
  await fillForm(user);
  await connect(user);
  expect(await screen.findByText(/Saved\. MTV is connecting/)).toBeVisible();
});

test('a webhook that falls silent only when the Secret is written is not asked again for minutes', async () => {
  const cluster = memoryCluster(mtv);
  let tries = 0;
  const { counted, sent } = counting(cluster, () => {
    tries += 1;
    if (tries === 3) cluster.fail({ verb: 'create', kind: 'secrets', status: silentWebhook, times: 99 });
    return Promise.resolve();
  });
  const { user } = renderStep(<ConnectionStep />, { cluster: counted });
  await fillForm(user);
  await connect(user);
  expect(
    await screen.findByText(/webhook that must approve Secret did not answer in time, so nothing was stored/),
  ).toBeVisible();
  expect(sent).toEqual(['try secrets', 'try providers', 'write secrets']);
  expect(cluster.writes).toEqual([]);
});

test('waiting can be cancelled; the answer that comes late stores nothing, and a new try starts from the same form', async () => {
  const cluster = memoryCluster(mtv);
  let answer = (): void => undefined;
  const answered = new Promise<void>((resolve) => {
    answer = resolve;
  });
  const { counted, sent } = counting(cluster, () => answered);
  const { user } = renderStep(<ConnectionStep />, { cluster: counted });
  await fillForm(user);
  expect(screen.queryByRole('button', { name: 'Cancel' })).toBeNull();
  await connect(user);
  await user.click(screen.getByRole('button', { name: 'Cancel' }));
  expect(await screen.findByText('You cancelled it. Nothing was stored.')).toBeVisible();
  await act(async () => {
    answer();
    await answered;
    await cluster.pause(1);
  });
  expect(sent.filter((each) => each.startsWith('write'))).toEqual([]);
  expect(cluster.writes).toEqual([]);
  await connect(user);
  expect(await screen.findByText(/Saved\. MTV is connecting/)).toBeVisible();
  expect(screen.queryByRole('button', { name: 'Cancel' })).toBeNull();
});

test('Fetch certificate says the same, and can be cancelled', async () => {
  let signal: AbortSignal | undefined;
  const fetchCertificate: Services['fetchCertificate'] = (_url, given) => {
    if (signal) return noAnswer();
    signal = given;
    return new Promise((resolve) => {
      given?.addEventListener('abort', () => {
        resolve(err({ code: 'Cancelled' }));
      });
    });
  };
  const { user } = renderStep(<ConnectionStep />, { cluster: memoryCluster(mtv), services: { fetchCertificate } });
  await user.type(await screen.findByRole('textbox', { name: /Address of the vCenter/ }), 'vcenter.example.com');
  await user.click(screen.getByRole('button', { name: 'Fetch certificate' }));
  await user.click(screen.getByRole('button', { name: 'Cancel fetching the certificate' }));
  expect(await screen.findByRole('button', { name: 'Fetch certificate' })).toBeEnabled();
  expect(screen.queryByText('No certificate was fetched')).toBeNull();
  await user.click(screen.getByRole('button', { name: 'Fetch certificate' }));
  expect(await screen.findByText(/The cluster got no answer from that address within 25 s/)).toBeVisible();
});

describe('case 6: a refused Secret always has a cause, and shows nothing of its content', () => {
  test.each<[string, ServerStatus, RegExp]>([
    [
      'a quota',
      {
        code: 403,
        message:
          'secrets "x" is forbidden: exceeded quota: team-quota, requested: secrets=1, used: secrets=0, limited: secrets=0',
      },
      /exceeded quota: team-quota/,
    ],
    [
      'a policy that quotes the password (422)',
      {
        code: 422,
        reason: 'Invalid',
        message: `secrets "x" is forbidden: ValidatingAdmissionPolicy 'p' with binding 'b' denied request: ${password} is weak`,
      },
      /refused Secret .*HTTP status 422, Invalid/,
    ],
    [
      'a policy (422)',
      {
        code: 422,
        reason: 'Invalid',
        message:
          "secrets \"x\" is forbidden: ValidatingAdmissionPolicy 'p' with binding 'b' denied request: no Secrets here",
      },
      /no Secrets here/,
    ],
    [
      'its size (413)',
      { code: 413, reason: 'RequestEntityTooLarge', message: password },
      /HTTP status 413, RequestEntityTooLarge/,
    ],
    [
      'a schema (422)',
      { code: 422, reason: 'Invalid', message: `data[password]: Invalid value: "${password}"` },
      /HTTP status 422, Invalid/,
    ],
  ])('%s', async (_, status, says) => {
    const cluster = memoryCluster(mtv);
    cluster.fail({ verb: 'create', kind: 'secrets', status });
    const { user, container } = renderStep(<ConnectionStep />, { cluster });
    await fillForm(user, password);
    await connect(user);
    expect(await screen.findByText(says)).toBeVisible();
    expect(container.textContent).not.toMatch(/You are not permitted|Migrate-9/);
    expect(cluster.writes).toEqual([]);
  });

  test('a webhook that is down (500), which may pass: said when the write fails', async () => {
    const cluster = memoryCluster(mtv);
    const message =
      'Internal error occurred: failed calling webhook "x.example": failed to call webhook: Post "https://x.svc": connect: connection refused';
    cluster.fail({ verb: 'create', kind: 'secrets', status: { code: 500, message }, times: 99 });
    const { user } = renderStep(<ConnectionStep />, { cluster });
    await fillForm(user);
    await connect(user);
    expect(
      await screen.findByText(/could not do this: .*failed calling webhook "x\.example".*connection refused/),
    ).toBeVisible();
    expect(cluster.writes).toEqual([]);
  });
});
