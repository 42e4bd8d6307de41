import { screen } from '@testing-library/react';
import { axe } from 'jest-axe';
import { memoryCluster } from '../../../testing/memory-cluster';
import type { MemoryCluster } from '../../../testing/memory-cluster';
import { ownLabels } from '../../../domain/ownership';
import { renderStep } from '../../../testing/render-step';
import { ConnectionStep } from './ConnectionStep';
import { connect, correct, fillForm, provideRandomUuid } from '../../../testing/fill-form';

const mtv = 'openshift-mtv';
beforeAll(provideRandomUuid);

describe('Connection', () => {
  test('stores Secret and Provider, forgets the password, and shows what MTV says', async () => {
    const cluster = memoryCluster(mtv);
    const { user, container } = renderStep(<ConnectionStep />, { cluster });
    expect(screen.getByText('No vSphere provider is connected.')).toBeVisible();
    await fillForm(user);
    expect(screen.getByText('MTV will use https://vcenter.example.com/sdk.')).toBeVisible();
    await connect(user);
    expect(await screen.findByText(/Saved\. MTV is connecting/)).toBeVisible();
    expect(screen.queryByLabelText(/^Password/)).toBeNull();
    expect(container.innerHTML).not.toContain('Prep&amp;Migrate-9');
    expect(cluster.all('providers')).toHaveLength(1);
    expect(atob(cluster.all('secrets')[0]?.data?.password ?? '')).toBe('Prep&Migrate-9');
    expect(await axe(container)).toHaveNoViolations();
  });

  test('says at each field what is missing and leads to the first', async () => {
    const { user, container } = renderStep(<ConnectionStep />, { cluster: memoryCluster(mtv) });
    await connect(user);
    expect(screen.getByRole('textbox', { name: /Address of the vCenter/ })).toHaveFocus();
    expect(screen.getByRole('textbox', { name: /Address of the vCenter/ })).toHaveAccessibleDescription(
      /Enter the address/,
    );
    expect(screen.getByText('Enter the password.')).toBeVisible();
    expect(screen.getByText(/Fetch the certificate of the vCenter and compare it/)).toBeVisible();
    expect(await axe(container)).toHaveNoViolations();
  });

  test('tells a wrong password at its field and stores nothing', async () => {
    const cluster = memoryCluster(mtv);
    cluster.fail({ verb: 'create', kind: 'secrets', failure: 'Rejected', message: 'Invalid credentials' });
    const { user } = renderStep(<ConnectionStep />, { cluster });
    await fillForm(user, 'wrong');
    await connect(user);
    expect(await screen.findByText('vCenter rejected the user or the password.')).toBeVisible();
    expect(screen.getByLabelText(/^Password/)).toHaveAccessibleDescription(/vCenter rejected the user or the password/);
    expect(screen.getByLabelText(/^Password/)).toHaveFocus();
    expect(cluster.writes).toHaveLength(0);
    await user.type(screen.getByLabelText(/^Password/), '!');
    expect(screen.queryByText('vCenter rejected the user or the password.')).toBeNull();
  });

  test.each(['secrets', 'providers'] as const)(
    'stores nothing when a policy of the cluster refuses %s',
    async (kind) => {
      const cluster = memoryCluster(mtv);
      cluster.fail({ verb: 'create', kind, failure: 'Rejected', message: 'label team is required' });
      const { user } = renderStep(<ConnectionStep />, { cluster });
      await fillForm(user);
      await connect(user);
      expect(await screen.findByText(/label team is required/)).toBeVisible();
      expect(screen.queryByText('vCenter rejected the user or the password.')).toBeNull();
      expect(cluster.writes).toHaveLength(0);
    },
  );

  test('tries the credentials once however often the button is pressed: every try counts towards a lock', async () => {
    const cluster = memoryCluster(mtv);
    let answer = (): void => undefined;
    const answered = new Promise<void>((resolve) => {
      answer = resolve;
    });
    const tried: string[] = [];
    const slow: MemoryCluster = {
      ...cluster,
      apply: async (change, how) => {
        if (how?.dryRun && change.kind === 'secrets') {
          tried.push(change.verb);
          await answered;
        }
        return cluster.apply(change, how);
      },
    };
    const { user } = renderStep(<ConnectionStep />, { cluster: slow });
    await fillForm(user);
    await connect(user);
    expect(screen.getByRole('button', { name: /Connect/ })).toBeDisabled();
    await user.type(screen.getByLabelText(/^Password/), '{Enter}');
    answer();
    expect(await screen.findByText(/Saved\. MTV is connecting/)).toBeVisible();
    expect(tried).toEqual(['create']);
  });

  test('changes nothing when the Provider to be corrected may not be changed', async () => {
    const cluster = memoryCluster(mtv);
    cluster.put('providers', {
      metadata: { name: 'vcenter-example-com', namespace: mtv, labels: ownLabels },
      spec: { type: 'vsphere', url: 'https://old.example.com/sdk' },
    });
    cluster.forbid('patch', 'providers');
    const sent: string[] = [];
    const watched: MemoryCluster = {
      ...cluster,
      apply: (change, how) => {
        sent.push(change.kind);
        return cluster.apply(change, how);
      },
    };
    const { user } = renderStep(<ConnectionStep />, { cluster: watched });
    await fillForm(user);
    await connect(user);
    expect(await screen.findByText(/You are not permitted to patch Provider/)).toBeVisible();
    // Not even as a dry run: that would spend a login on vCenter.
    expect(sent).toEqual([]);
  });

  test.each([
    ['create', 'providers'],
    ['create', 'secrets'],
    ['patch', 'secrets'],
  ] as const)('writes nothing without the right to %s %s', async (verb, kind) => {
    const cluster = memoryCluster(mtv);
    cluster.forbid(verb, kind);
    const { user } = renderStep(<ConnectionStep />, { cluster });
    await fillForm(user);
    await connect(user);
    expect(
      await screen.findByText(new RegExp(`You are not permitted to ${verb} (Provider|Secret) in openshift-mtv`)),
    ).toBeVisible();
    expect(cluster.writes).toHaveLength(0);
  });

  test("leaves somebody else's provider of the same name alone", async () => {
    const cluster = memoryCluster(mtv);
    cluster.put('providers', { metadata: { name: 'vcenter-example-com', namespace: mtv }, spec: { type: 'vsphere' } });
    const { user } = renderStep(<ConnectionStep />, { cluster });
    await fillForm(user);
    await connect(user);
    expect(await screen.findByText(/was not created by Migration Prep/)).toBeVisible();
    expect(screen.queryByRole('button', { name: /^Edit/ })).toBeNull();
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
    expect(await screen.findByText(/vCenter rejected the user or the password/)).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Edit vc' }));
    expect(await screen.findByRole('textbox', { name: /Address of the vCenter/ })).toHaveValue(
      'https://vc.example.com/sdk',
    );
    await correct(user);
    expect(await screen.findByText(/Saved\. MTV is connecting/)).toBeVisible();
    expect(cluster.all('providers')).toHaveLength(1);
    expect(atob(cluster.all('secrets')[0]?.data?.insecureSkipVerify ?? '')).toBe('true');
  });

  test('an unverified connection must be confirmed', async () => {
    const cluster = memoryCluster(mtv);
    const { user } = renderStep(<ConnectionStep />, { cluster });
    await fillForm(user);
    await user.click(screen.getByRole('radio', { name: 'Do not verify' }));
    await connect(user);
    expect(screen.getByRole('checkbox', { name: /I accept/ })).toHaveAccessibleDescription(/Confirm that you accept/);
    expect(cluster.writes).toHaveLength(0);
  });

  test.each([
    ['create', 'secrets'],
    ['create', 'providers'],
    ['patch', 'secrets'],
  ] as const)('continues when the session ends in the answer to %s %s', async (verb, kind) => {
    const cluster = memoryCluster(mtv);
    cluster.fail({ verb, kind, failure: 'SessionExpired', when: 'after' });
    const { user } = renderStep(<ConnectionStep />, { cluster });
    await fillForm(user);
    await connect(user);
    await user.click(await screen.findByRole('button', { name: 'Retry' }));
    expect(await screen.findByText(/Saved\. MTV is connecting/)).toBeVisible();
    expect(cluster.all('providers')).toHaveLength(1);
    expect(cluster.all('secrets')).toHaveLength(1);
    expect(cluster.all('secrets')[0]?.metadata.ownerReferences).toHaveLength(1);
  });
});
