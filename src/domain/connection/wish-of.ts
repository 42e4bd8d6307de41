import type { ConnectWish } from './connect-wish';
import type { ConnectionDraft } from './draft';
import { normalizeUrl } from './url';

/** A checked draft as a wish. `certificate`: PEM; `undefined`: the connection is not verified. `submission`: of this press of the button. */
export const wishOf = (draft: ConnectionDraft, certificate: string | undefined, submission: string): ConnectWish => {
  const { purpose, name, project: namespace, url, endpoint, password } = draft;
  const user = draft.user.trim();
  const secret = draft.secret ?? { name: '', namespace };
  switch (purpose) {
    case 'new':
    case 'edit': {
      const normalized = normalizeUrl(url);
      const address = normalized.ok ? normalized.value : '';
      return { name, namespace, url: address, endpoint, user, password, certificate, submission };
    }
    case 'password':
      return { name, namespace, url, secret, content: { user, password }, submission };
    case 'certificate':
      return { name, namespace, url, secret, content: { certificate: certificate ?? '' }, submission };
  }
};
