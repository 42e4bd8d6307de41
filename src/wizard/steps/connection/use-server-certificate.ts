import { useCallback, useEffect } from 'react';
import type { ServerCertificate } from '../../../domain/connection/certificate';
import type { Provider } from '../../../domain/objects';
import { whenIdle } from '../../parts/use-on-demand';
import { useKept } from '../../DraftsContext';
import { useServices } from '../../ServicesContext';

/** What the server of a Provider shows. `asked`: it has been asked for, and no more is known. */
interface Seen {
  readonly asked: boolean;
  readonly notAfter?: string;
}

const unseen: Seen = { asked: false };

/**
 * Until when the certificate is valid that the server of a Provider shows now, and how to note what was seen otherwise. A Provider that works is
 * asked about once, when the browser has nothing better to do. `undefined`: not known.
 */
export const useServerCertificate = ({
  metadata,
  spec,
  status,
}: Provider): [notAfter: string | undefined, note: (certificate: ServerCertificate) => void] => {
  const { fetchCertificate } = useServices();
  const [{ asked, notAfter }, update] = useKept(`certificate ${metadata.uid ?? ''}`, unseen);
  const { url } = spec ?? {};
  const isDue = !asked && url !== undefined && status?.phase === 'Ready';
  useEffect(() => {
    if (!isDue) return;
    return whenIdle(() => {
      update((present) => ({ ...present, asked: true }));
      void fetchCertificate(url).then((fetched) => {
        if (fetched.ok) update(() => ({ asked: true, notAfter: fetched.value.notAfter }));
      });
    });
  }, [isDue, url, fetchCertificate, update]);
  const note = useCallback(
    (certificate: ServerCertificate) => {
      update(() => ({ asked: true, notAfter: certificate.notAfter }));
    },
    [update],
  );
  return [notAfter, note];
};
