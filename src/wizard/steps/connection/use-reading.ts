import { useCallback, useEffect, useState } from 'react';
import type { ReadText } from '../../../domain/connection/check-draft';
import type { ConnectionDraft } from '../../../domain/connection/draft';
import { useServices } from '../../ServicesContext';

/** Reading of the text that is pasted for a certificate. */
export interface Reading {
  /** What was read last; of an older text while the present one is being read. */
  readonly last: ReadText | undefined;
  /** Reads the present text unless that is done; `undefined` when none is asked for. */
  readonly finish: () => Promise<ReadText | undefined>;
}

/** Reads the pasted text whenever it changes. */
export const useReading = ({ trust, certificate }: Pick<ConnectionDraft, 'trust' | 'certificate'>): Reading => {
  const { readCertificates } = useServices();
  const [last, setLast] = useState<ReadText>();
  const isDue = trust === 'certificate' && certificate !== '' && last?.text !== certificate;
  const read = useCallback(
    async (): Promise<ReadText> => ({ text: certificate, outcome: await readCertificates(certificate) }),
    [certificate, readCertificates],
  );
  useEffect(() => {
    if (!isDue) return;
    let isCurrent = true;
    void read().then((done) => {
      if (isCurrent) setLast(done);
    });
    return () => {
      isCurrent = false;
    };
  }, [isDue, read]);
  const finish = useCallback(
    (): Promise<ReadText | undefined> => (isDue ? read() : Promise.resolve(last)),
    [isDue, read, last],
  );
  return { last, finish };
};
