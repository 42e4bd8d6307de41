import type { NameProblem } from '../names';
import { checkName, toName } from '../names';
import type { Result } from '../result';
import type { Translate } from '../translate';
import type { ServerCertificate, TrustedCertificates } from './certificate';
import type { ConnectionDraft, Purpose } from './draft';
import { pemProblemText } from './pem';
import type { PemProblem } from './pem';
import type { UrlProblem } from './url';
import { hostOf, normalizeUrl, urlProblemText } from './url';

/** What was found in a pasted text: it counts only for that one. */
export interface ReadText {
  readonly text: string;
  readonly outcome: Result<TrustedCertificates, PemProblem>;
}

/** What keeps a field of the form from being sent. `connectionProblemText` has the words. */
export type ConnectionProblem =
  | UrlProblem
  | NameProblem
  | 'UserEmpty'
  | 'PasswordEmpty'
  | 'NotFetched'
  | 'FetchedNotConfirmed'
  | 'CertificateUnread'
  | PemProblem
  | 'SkipNotConfirmed';

/** Problems by the field they belong to, in the order of the form. Empty: the draft may be sent. */
export type ConnectionProblems = { readonly [F in keyof ConnectionDraft]?: ConnectionProblem };

/** What the form asks for, by what it is for. */
export const asksFor = (
  purpose: Purpose,
): { readonly address: boolean; readonly credentials: boolean; readonly trust: boolean } => ({
  address: purpose === 'new' || purpose === 'edit',
  credentials: purpose !== 'certificate',
  trust: purpose !== 'password',
});

/** Checks what can be known without asking anybody. `read`: what was read last of the text pasted for a certificate. */
export const checkConnection = (draft: ConnectionDraft, read: ReadText | undefined): ConnectionProblems => {
  const { address, credentials, trust } = asksFor(draft.purpose);
  return {
    ...(address && checkAddress(draft)),
    ...(credentials && checkCredentials(draft)),
    ...(trust && checkTrust(draft, read)),
    ...(draft.purpose === 'new' && checkNewName(draft)),
  };
};

const checkAddress = (draft: ConnectionDraft): ConnectionProblems => {
  const url = normalizeUrl(draft.url);
  return url.ok ? {} : { url: url.error };
};

/** Who gives another password may leave the user as it is. */
const checkCredentials = ({ purpose, user, password }: ConnectionDraft): ConnectionProblems => ({
  ...(purpose !== 'password' && user.trim() === '' && { user: 'UserEmpty' }),
  ...(password === '' && { password: 'PasswordEmpty' }),
});

const checkTrust = (draft: ConnectionDraft, read: ReadText | undefined): ConnectionProblems => {
  switch (draft.trust) {
    case 'fetch':
      return checkFetched(draft);
    case 'certificate': {
      const certificate = checkPasted(draft, read);
      return certificate ? { certificate } : {};
    }
    case 'skip':
      return draft.isSkipConfirmed ? {} : { isSkipConfirmed: 'SkipNotConfirmed' };
  }
};

const checkNewName = (draft: ConnectionDraft): ConnectionProblems => {
  const name = draft.name === '' ? undefined : checkName(draft.name);
  return name ? { name } : {};
};

const checkFetched = (draft: ConnectionDraft): ConnectionProblems => {
  if (!fetchedOf(draft)) return { fetched: 'NotFetched' };
  return draft.isFetchedConfirmed ? {} : { isFetchedConfirmed: 'FetchedNotConfirmed' };
};

/** The certificate that was fetched from the address as it stands now. */
export const fetchedOf = ({
  url,
  fetched,
}: Pick<ConnectionDraft, 'url' | 'fetched'>): ServerCertificate | undefined => {
  const normalized = normalizeUrl(url);
  return normalized.ok && fetched?.from === normalized.value ? fetched.certificate : undefined;
};

/** The certificate by which MTV shall verify vCenter, PEM; undefined for none. */
export const certificateOf = (draft: ConnectionDraft, read: ReadText | undefined): string | undefined => {
  switch (draft.trust) {
    case 'fetch':
      return fetchedOf(draft)?.pem;
    case 'certificate':
      return trustedOf(draft, read)?.pem;
    case 'skip':
      return undefined;
  }
};

const checkPasted = ({ certificate }: ConnectionDraft, read: ReadText | undefined): ConnectionProblem | undefined => {
  if (certificate.trim() === '') return 'CertificateEmpty';
  if (read?.text !== certificate) return 'CertificateUnread';
  return read.outcome.ok ? undefined : read.outcome.error;
};

/** The certificates of the text as it stands now. */
export const trustedOf = (
  { certificate }: Pick<ConnectionDraft, 'certificate'>,
  read: ReadText | undefined,
): TrustedCertificates | undefined => (read?.text === certificate && read.outcome.ok ? read.outcome.value : undefined);

/** The name a Provider gets unless the user chooses another: that of the vCenter's host. */
export const providerNameOf = ({ name, url }: Pick<ConnectionDraft, 'name' | 'url'>): string => {
  const normalized = normalizeUrl(url);
  return name === '' ? toName(normalized.ok ? hostOf(normalized.value) : '', 'vcenter') : name;
};

/** vCenter's own users have a domain; without one the login goes to the operating system's users and mostly fails. */
export const lacksDomain = (user: string): boolean => user.trim() !== '' && !/[@\\]/.test(user);

/** What is wrong with a field, and what would be right. */
export const connectionProblemText = (t: Translate, problem: ConnectionProblem): string => {
  switch (problem) {
    case 'UserEmpty':
      return t('Enter the user, such as administrator@vsphere.local.');
    case 'PasswordEmpty':
      return t('Enter the password.');
    case 'NotFetched':
      return t('Fetch the certificate of the vCenter and compare it, paste one, or choose not to verify it.');
    case 'FetchedNotConfirmed':
      return t('Compare the fingerprint with that of your vCenter and confirm it.');
    case 'CertificateUnread':
      return t('The certificate is still being read. Connect again in a moment.');
    case 'CertificateEmpty':
    case 'CertificateNotPem':
    case 'CertificateDamaged':
    case 'CertificateIsKey':
    case 'CertificateIsRequest':
    case 'CertificateIsRevocationList':
    case 'CertificateIsBundle':
    case 'CertificateIsArchive':
      return pemProblemText(t, problem);
    case 'SkipNotConfirmed':
      return t('Confirm that you accept an unverified connection, or paste a certificate.');
    case 'NameEmpty':
      return t('Enter a name.');
    case 'NameTooLong':
      return t('A name has at most 63 characters.');
    case 'NameNotDns':
      return t('Use only lowercase letters, digits and "-". Begin and end with a letter or digit.');
    case 'UrlEmpty':
    case 'UrlMalformed':
    case 'UrlPlainHttp':
    case 'UrlCredentials':
    case 'UrlWebClient':
    case 'UrlPath':
    case 'UrlBareIpv6':
      return urlProblemText(t, problem);
  }
};
