import { screen } from '@testing-library/react';
import { axe } from 'jest-axe';
import { memoryCluster } from '../../../testing/memory-cluster';
import type { ServerCertificate } from '../../../domain/connection/certificate';
import { err, ok } from '../../../domain/result';
import { renderStep } from '../../../testing/render-step';
import { ConnectionStep } from './ConnectionStep';

const certificate: ServerCertificate = {
  pem: '-----BEGIN CERTIFICATE-----\nTUlJQg==\n-----END CERTIFICATE-----',
  subject: 'CN=vcenter.example.com',
  issuer: 'CN=CA',
  notBefore: '2020-01-01T00:00:00.000Z',
  notAfter: '2021-01-01T00:00:00.000Z',
  sha1: 'AB:CD',
  sha256: 'EF:01',
};
const address = () => screen.findByRole('textbox', { name: /Address of the vCenter/ });
const compared = { name: /I have compared it/ };

describe('the certificate that vCenter shows', () => {
  test('is shown with its fingerprints, and used once it is confirmed', async () => {
    Object.defineProperty(globalThis, 'crypto', { value: { randomUUID: () => 'submission' } });
    const cluster = memoryCluster('openshift-mtv');
    const asked: string[] = [];
    const fetchCertificate = (url: string) => {
      asked.push(url);
      return Promise.resolve(ok(certificate));
    };
    const { user, container } = renderStep(<ConnectionStep />, { cluster, services: { fetchCertificate } });
    await user.type(await address(), 'vcenter.example.com');
    await user.click(screen.getByRole('button', { name: 'Fetch certificate' }));
    expect(await screen.findByText('AB:CD')).toBeVisible();
    expect(asked).toEqual(['https://vcenter.example.com/sdk']);
    for (const fact of ['CN=vcenter.example.com', 'CN=CA', 'EF:01', '2020-01-01 to 2021-01-01']) {
      expect(screen.getByText(fact)).toBeVisible();
    }
    expect(screen.getByText(/This certificate has expired/)).toBeVisible();
    expect(await axe(container)).toHaveNoViolations();

    await user.type(screen.getByRole('textbox', { name: /^User/ }), 'administrator@vsphere.local');
    await user.type(screen.getByLabelText(/^Password/), 'secret');
    await user.click(screen.getByRole('button', { name: 'Connect' }));
    expect(screen.getByText(/Compare the fingerprint/)).toBeVisible();
    expect(cluster.all('secrets')).toEqual([]);
    await user.click(screen.getByRole('checkbox', compared));
    await user.click(screen.getByRole('button', { name: 'Connect' }));
    expect(await screen.findByText(/Saved\. MTV is connecting/)).toBeVisible();
    expect(atob(cluster.all('secrets')[0]?.data?.cacert ?? '')).toBe(certificate.pem);
  });

  test('is dropped when the address changes', async () => {
    const fetchCertificate = () => Promise.resolve(ok(certificate));
    const { user } = renderStep(<ConnectionStep />, {
      cluster: memoryCluster('openshift-mtv'),
      services: { fetchCertificate },
    });
    await user.type(await address(), 'vcenter.example.com');
    await user.click(screen.getByRole('button', { name: 'Fetch certificate' }));
    await user.click(await screen.findByRole('checkbox', compared));
    await user.type(await address(), '.org');
    expect(screen.queryByText('AB:CD')).not.toBeInTheDocument();
    expect(screen.queryByRole('checkbox', compared)).not.toBeInTheDocument();
  });

  test('cannot be fetched: the reason is said, and pasting remains', async () => {
    const fetchCertificate = () =>
      Promise.resolve(
        err({ code: 'ServerFailed' as const, message: 'dial tcp 192.0.2.1:443: connect: connection refused' }),
      );
    const { user } = renderStep(<ConnectionStep />, {
      cluster: memoryCluster('openshift-mtv'),
      services: { fetchCertificate },
    });
    await user.click(await screen.findByRole('button', { name: 'Fetch certificate' }));
    expect(await screen.findByText('No certificate was fetched')).toBeVisible();
    await user.type(await address(), 'vcenter.example.com');
    await user.click(screen.getByRole('button', { name: 'Fetch certificate' }));
    expect(await screen.findByText(/Nothing answers at this address/)).toBeVisible();
    expect(screen.getByRole('radio', { name: 'Verify with this certificate' })).toBeEnabled();
  });
});
