import { screen } from '@testing-library/react';
import type { UserEvent } from '@testing-library/user-event';
import { axe } from 'jest-axe';
import { memoryCluster } from '../../../cluster/memory-cluster';
import { ownLabels } from '../../../domain/ownership';
import { renderStep } from '../../render-step';
import { ConnectionStep } from './ConnectionStep';

const mtv = 'openshift-mtv';
const pem = '-----BEGIN CERTIFICATE-----\nTUlJQg==\n-----END CERTIFICATE-----';

beforeAll(() => {
  // jsdom's crypto has no randomUUID; every browser has it on https.
  Object.defineProperty(globalThis, 'crypto', { value: { randomUUID: () => `submission-${String(Math.random())}` } });
});

const fill = async (user: UserEvent, password = 'Prep&Migrate-9') => {
  await user.type(screen.getByRole('textbox', { name: /Address of the vCenter/ }), 'vcenter.example.com');
  await user.type(screen.getByRole('textbox', { name: /^User/ }), 'administrator@vsphere.local');
  await user.type(screen.getByLabelText(/^Password/), password);
  await user.click(screen.getByRole('textbox', { name: 'Certificate in PEM format' }));
  await user.paste(pem);
};
const connect = (user: UserEvent) => user.click(screen.getByRole('button', { name: 'Connect' }));

describe('Connection', () => {
  test('stores Secret and Provider, forgets the password, and shows what MTV says', async () => {
    const cluster = memoryCluster(mtv);
    const { user, container } = renderStep(<ConnectionStep />, { cluster });
    expect(screen.getByText('No vSphere provider is connected.')).toBeVisible();
    await fill(user);
    expect(screen.getByText('MTV will use https://vcenter.example.com/sdk.')).toBeVisible();
    await connect(user);
    expect(await screen.findByText(/Stored\. MTV is connecting/)).toBeVisible();
    expect(screen.getByLabelText(/^Password/)).toHaveValue('');
    expect(container.innerHTML).not.toContain('Prep&amp;Migrate-9');
    expect(cluster.all('providers')).toHaveLength(1);
    expect(atob(cluster.all('secrets')[0]?.data?.password ?? '')).toBe('Prep&Migrate-9');
    expect(await axe(container)).toHaveNoViolations();
  });

  test('says at each field what is missing and leads to the first', async () => {
    const { user, container } = renderStep(<ConnectionStep />, { cluster: memoryCluster(mtv) });
    await connect(user);
    expect(screen.getByRole('textbox', { name: /Address of the vCenter/ })).toHaveFocus();
    expect(screen.getByRole('textbox', { name: /Address of the vCenter/ })).toHaveAccessibleDescription(/Enter the address/);
    expect(screen.getByText('Enter the password.')).toBeVisible();
    expect(screen.getByText(/Paste the certificate/)).toBeVisible();
    expect(await axe(container)).toHaveNoViolations();
  });

  test('tells a wrong password at its field and stores nothing', async () => {
    const cluster = memoryCluster(mtv);
    cluster.fail({ verb: 'create', kind: 'secrets', failure: 'Rejected' });
    const { user } = renderStep(<ConnectionStep />, { cluster });
    await fill(user, 'wrong');
    await connect(user);
    expect(await screen.findByText('vCenter refused the user or the password.')).toBeVisible();
    expect(screen.getByLabelText(/^Password/)).toHaveAccessibleDescription(/vCenter refused the user or the password/);
    expect(cluster.writes).toHaveLength(0);
  });

  test.each([
    ['create', 'providers'],
    ['create', 'secrets'],
    ['patch', 'secrets'],
  ] as const)('writes nothing without the right to %s %s', async (verb, kind) => {
    const cluster = memoryCluster(mtv);
    cluster.forbid(verb, kind);
    const { user } = renderStep(<ConnectionStep />, { cluster });
    await fill(user);
    await connect(user);
    expect(await screen.findByText(new RegExp(`You may not ${verb} (Provider|Secret) in openshift-mtv`))).toBeVisible();
    expect(cluster.writes).toHaveLength(0);
  });

  test("leaves somebody else's provider of the same name alone", async () => {
    const cluster = memoryCluster(mtv);
    cluster.put('providers', { metadata: { name: 'vcenter-example-com', namespace: mtv }, spec: { type: 'vsphere' } });
    const { user } = renderStep(<ConnectionStep />, { cluster });
    await fill(user);
    await connect(user);
    expect(await screen.findByText(/was not created by Migration Prep/)).toBeVisible();
    expect(screen.queryByRole('button', { name: /^Correct/ })).toBeNull();
    expect(cluster.writes).toHaveLength(0);
  });

  test('corrects a failed provider in place', async () => {
    const cluster = memoryCluster(mtv);
    cluster.put('providers', {
      metadata: { name: 'vc', namespace: mtv, labels: ownLabels },
      spec: { type: 'vsphere', url: 'https://vc.example.com/sdk' },
      status: { phase: 'ConnectionFailed', conditions: [{ type: 'ConnectionAuthFailed', status: 'True' }] },
    });
    const { user } = renderStep(<ConnectionStep />, { cluster });
    expect(screen.getByText(/vCenter refused the user or the password/)).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Correct vc' }));
    expect(screen.getByRole('textbox', { name: /Address of the vCenter/ })).toHaveValue('https://vc.example.com/sdk');
    await user.type(screen.getByRole('textbox', { name: /^User/ }), 'administrator@vsphere.local');
    await user.type(screen.getByLabelText(/^Password/), 'better');
    await user.click(screen.getByRole('radio', { name: 'Do not verify' }));
    await user.click(screen.getByRole('checkbox', { name: /I accept/ }));
    await connect(user);
    expect(await screen.findByText(/Stored\. MTV is connecting/)).toBeVisible();
    expect(cluster.all('providers')).toHaveLength(1);
    expect(atob(cluster.all('secrets')[0]?.data?.insecureSkipVerify ?? '')).toBe('true');
  });

  test('an unverified connection must be confirmed', async () => {
    const cluster = memoryCluster(mtv);
    const { user } = renderStep(<ConnectionStep />, { cluster });
    await fill(user);
    await user.click(screen.getByRole('radio', { name: 'Do not verify' }));
    await connect(user);
    expect(screen.getByRole('checkbox', { name: /I accept/ })).toHaveAccessibleDescription(/Confirm that you accept/);
    expect(cluster.writes).toHaveLength(0);
  });

  test('continues after a failure without a second Secret', async () => {
    const cluster = memoryCluster(mtv);
    cluster.fail({ verb: 'create', kind: 'providers', failure: 'SessionExpired' });
    const { user } = renderStep(<ConnectionStep />, { cluster });
    await fill(user);
    await connect(user);
    await user.click(await screen.findByRole('button', { name: 'Retry' }));
    expect(await screen.findByText(/Stored\. MTV is connecting/)).toBeVisible();
    expect(cluster.all('secrets')).toHaveLength(1);
    expect(cluster.all('secrets')[0]?.metadata.ownerReferences).toHaveLength(1);
  });

  test('says that MTV is absent', () => {
    const cluster = memoryCluster(mtv);
    cluster.uninstall('providers');
    renderStep(<ConnectionStep />, { cluster });
    expect(screen.getByText(/Migration Toolkit for Virtualization is not installed/)).toBeVisible();
  });
});
