import { screen } from '@testing-library/react';
import type { UserEvent } from '@testing-library/user-event';

/** For specs: jsdom's crypto has no randomUUID; every browser has it on https. */
export const provideRandomUuid = (): void => {
  Object.defineProperty(globalThis, 'crypto', { value: { randomUUID: () => `submission-${String(Math.random())}` } });
};

/** A certificate of vcenter.example.com, signed by itself, valid until 2036. */
export const pem = `-----BEGIN CERTIFICATE-----
MIIB6DCCAY2gAwIBAgIUGbWulrd3sNa/G4CHqd+fFCvdgMcwCgYIKoZIzj0EAwIw
STEVMBMGCgmSJomT8ixkARkWBWxvY2FsMRIwEAYDVQQKDAlFeCwgYW1wbGUxHDAa
BgNVBAMME3ZjZW50ZXIuZXhhbXBsZS5jb20wHhcNMjYxMTI0MTMxODI3WhcNMzYx
MTIxMTMxODI3WjBJMRUwEwYKCZImiZPyLGQBGRYFbG9jYWwxEjAQBgNVBAoMCUV4
LCBhbXBsZTEcMBoGA1UEAwwTdmNlbnRlci5leGFtcGxlLmNvbTBZMBMGByqGSM49
AgEGCCqGSM49AwEHA0IABBMnESCDM6dk6DOYXGdAQHiCc7smTT8cZFp+ImzpFSS1
qkoTdlIxU817gxBrDBkZkcSHt9QS9OFtpaykgzv8lS+jUzBRMB0GA1UdDgQWBBR0
lsVSJSQiVBkw4vz/KmuAteZ0hzAfBgNVHSMEGDAWgBR0lsVSJSQiVBkw4vz/KmuA
teZ0hzAPBgNVHRMBAf8EBTADAQH/MAoGCCqGSM49BAMCA0kAMEYCIQCMov3QIO8q
KmL2MSEmkSvgkEB2EA+tFzNvSBWsPQUwGwIhAP6wapZHCocqC/wDGndk6irBaHT+
rFPCoqpQUdiMlLEJ
-----END CERTIFICATE-----
`;

/** Types a complete connection. For specs. */
export const fillForm = async (user: UserEvent, password = 'Prep&Migrate-9'): Promise<void> => {
  await user.type(await screen.findByRole('textbox', { name: /Address of the vCenter/ }), 'vcenter.example.com');
  await user.type(screen.getByRole('textbox', { name: /^User/ }), 'administrator@vsphere.local');
  await user.type(screen.getByLabelText(/^Password/), password);
  await user.click(screen.getByRole('radio', { name: 'Verify with this certificate' }));
  await user.click(screen.getByRole('textbox', { name: 'Certificate in PEM format' }));
  await user.paste(pem);
};

export const connect = (user: UserEvent): Promise<void> => user.click(screen.getByRole('button', { name: 'Connect' }));
