import { screen } from '@testing-library/react';
import type { UserEvent } from '@testing-library/user-event';
import { vcenterCertificate } from './vcenter-certificate';

/** For specs: jsdom's crypto has no randomUUID; every browser has it on https. */
export const provideRandomUuid = (): void => {
  Object.defineProperty(globalThis, 'crypto', { value: { randomUUID: () => `submission-${String(Math.random())}` } });
};

/** Types a complete connection. For specs. */
export const fillForm = async (user: UserEvent, password = 'Prep&Migrate-9'): Promise<void> => {
  await user.type(await screen.findByRole('textbox', { name: /Address of the vCenter/ }), 'vcenter.example.com');
  await user.type(screen.getByRole('textbox', { name: /^User/ }), 'administrator@vsphere.local');
  await user.type(screen.getByLabelText(/^Password/), password);
  await user.click(screen.getByRole('radio', { name: 'Verify with this certificate' }));
  await user.click(screen.getByRole('textbox', { name: 'Certificate in PEM format' }));
  await user.paste(vcenterCertificate);
};

/** Presses Connect. */
export const connect = (user: UserEvent): Promise<void> => user.click(screen.getByRole('button', { name: 'Connect' }));

/** Types other credentials into a Provider's form that is open, and presses Connect. For specs. */
export const correct = async (user: UserEvent): Promise<void> => {
  await user.type(screen.getByRole('textbox', { name: /^User/ }), 'administrator@vsphere.local');
  await user.type(screen.getByLabelText(/^Password/), 'better');
  await user.click(screen.getByRole('radio', { name: 'Do not verify' }));
  await user.click(screen.getByRole('checkbox', { name: /I accept/ }));
  await connect(user);
};
