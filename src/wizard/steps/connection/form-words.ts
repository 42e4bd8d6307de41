import type { ConnectionDraft, Purpose } from '../../../domain/connection/draft';
import type { Endpoint } from '../../../domain/connection/endpoint';
import type { Translate } from '../../../domain/translate';

/** Where the focus goes when a field has a problem. */
export const fieldIds: Readonly<Record<keyof ConnectionDraft, string>> = {
  purpose: 'connection-form',
  endpoint: 'endpoint-vcenter',
  url: 'vcenter-url',
  user: 'vcenter-user',
  password: 'vcenter-password',
  trust: 'trust-fetch',
  fetched: 'fetch-certificate',
  isFetchedConfirmed: 'trust-fetched-confirmed',
  certificate: 'certificate',
  isSkipConfirmed: 'trust-skip-confirmed',
  name: 'provider-name',
  project: 'provider-project',
  secret: 'connection-form',
};

/** What is typed first. */
export const firstField: Readonly<Record<Purpose, keyof ConnectionDraft>> = {
  new: 'url',
  edit: 'user',
  password: 'password',
  certificate: 'fetched',
};

/** Puts the focus on a field of the form. */
export const focusOn = (form: HTMLFormElement | null, field: keyof ConnectionDraft): void => {
  form?.querySelector<HTMLElement>(`#${fieldIds[field]}`)?.focus();
};

/** What the form is for. */
export const titleOf = (t: Translate, { purpose, name }: ConnectionDraft, isAsked: boolean): string => {
  switch (purpose) {
    case 'new':
      return isAsked ? t('Connect another vCenter') : t('Connect a vCenter');
    case 'edit':
      return t('Edit {{name}}', { name });
    case 'password':
      return t('Rotate password of {{name}}', { name });
    case 'certificate':
      return t('Renew certificate of {{name}}', { name });
  }
};

/** What its button does. */
export const actionText = (t: Translate, purpose: Purpose): string => {
  switch (purpose) {
    case 'new':
    case 'edit':
      return t('Connect');
    case 'password':
      return t('Rotate password');
    case 'certificate':
      return t('Renew certificate');
  }
};

/** The label of the address. */
export const addressText = (t: Translate, endpoint: Endpoint): string =>
  endpoint === 'esxi' ? t('Address of the ESXi host') : t('Address of the vCenter');

/** An address, for who has typed none. */
export const exampleText = (t: Translate, endpoint: Endpoint): string =>
  endpoint === 'esxi' ? t('For example esxi-01.example.com') : t('For example vcenter.example.com');
