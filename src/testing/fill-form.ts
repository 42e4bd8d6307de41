import { screen, waitFor } from '@testing-library/react';
import type { UserEvent } from '@testing-library/user-event';
import { vcenterCertificate } from './vcenter-certificate';

/** For specs: jsdom's crypto has no randomUUID; every browser has it on https. */
export const provideRandomUuid = (): void => {
  Object.defineProperty(globalThis, 'crypto', { value: { randomUUID: () => `submission-${String(Math.random())}` } });
};

/** The address of the form that connects a vCenter, which is opened where it is shown on request only. For specs. */
export const openForm = async (user: UserEvent): Promise<HTMLElement> => {
  const address = { name: /Address of the vCenter/ };
  const another = { name: 'Connect another vCenter' };
  await waitFor(() => {
    if (!screen.queryByRole('textbox', address)) screen.getByRole('button', another);
  });
  const button = screen.queryByRole('button', another);
  if (button) await user.click(button);
  return screen.findByRole('textbox', address);
};

/** Types a complete connection. For specs. */
export const fillForm = async (user: UserEvent, password = 'Prep&Migrate-9'): Promise<void> => {
  await user.type(await openForm(user), 'vcenter.example.com');
  await user.type(screen.getByRole('textbox', { name: /^User/ }), 'administrator@vsphere.local');
  await user.type(screen.getByLabelText(/^Password/), password);
  await user.click(screen.getByRole('radio', { name: 'Verify with this certificate' }));
  await user.click(screen.getByRole('textbox', { name: 'Certificate in PEM format' }));
  await user.paste(vcenterCertificate);
};

/** Presses Connect. */
export const connect = async (user: UserEvent): Promise<void> =>
  user.click(await screen.findByRole('button', { name: 'Connect' }));

/** Types other credentials into a Provider's form that is open, and presses Connect. For specs. */
export const correct = async (user: UserEvent): Promise<void> => {
  await user.type(await screen.findByRole('textbox', { name: /^User/ }), 'administrator@vsphere.local');
  await user.type(screen.getByLabelText(/^Password/), 'better');
  await user.click(screen.getByRole('radio', { name: 'Do not verify' }));
  await user.click(screen.getByRole('checkbox', { name: /I accept/ }));
  await connect(user);
};
