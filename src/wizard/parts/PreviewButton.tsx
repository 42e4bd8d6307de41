import { useState } from 'react';
import { Button } from '@patternfly/react-core';
import { useTranslate } from '../../parts/use-translate';
import { OnDemand } from './OnDemand';
import type { Rehearsal } from './rehearsal';

interface PreviewButtonProps {
  /** The dry run of what the form asks for now; `undefined` when it asks for nothing yet, and says why. */
  readonly ask: () => Rehearsal | undefined | Promise<Rehearsal | undefined>;
  /** Of the file that can be downloaded, without extension. */
  readonly file: string;
  readonly isDisabled?: boolean;
}

const load = async () => (await import('./Preview')).Preview;

/** Beside a primary action: shows what it would write, object by object, and writes nothing. */
export const PreviewButton = ({ ask, file, isDisabled = false }: PreviewButtonProps) => {
  const t = useTranslate();
  const [asked, setAsked] = useState<{ readonly rehearsal: Rehearsal }>();
  const open = async (): Promise<void> => {
    const rehearsal = await ask();
    setAsked(rehearsal && { rehearsal });
  };
  return (
    <>
      <Button variant="secondary" isDisabled={isDisabled} onClick={() => void open()}>
        {t('Preview')}
      </Button>
      {asked && (
        <OnDemand
          load={load}
          props={{
            rehearsal: asked.rehearsal,
            file,
            onClose: () => {
              setAsked(undefined);
            },
          }}
        />
      )}
    </>
  );
};
