import { useState } from 'react';
import { Button } from '@patternfly/react-core';
import type { Attachment } from '../../../../domain/networks/network';
import { OnDemand } from '../../../parts/OnDemand';
import { useTranslate } from '../../../../parts/use-translate';

interface NewBridgeProps {
  /** What is chosen for the switch now. */
  readonly kind: Attachment['kind'];
  /** Whether the nodes can be seen. */
  readonly isOffered: boolean;
  /** The user decided for this kind: what is suggested must not change it while nodes get what is new. */
  readonly onOpen: () => void;
  /** It is on the nodes now. */
  readonly onMade: (kind: Attachment['kind'], name: string) => void;
}

const load = async () => (await import('./NewBridgeDialog')).NewBridgeDialog;

/** The way to a bridge or mapping that no node has yet. */
export const NewBridge = ({ kind, isOffered, onOpen, onMade }: NewBridgeProps) => {
  const t = useTranslate();
  // The dialog stays what it was opened for.
  const [opened, setOpened] = useState<Attachment['kind']>();
  return (
    <div>
      {isOffered && (
        <Button
          variant="link"
          isInline
          onClick={() => {
            onOpen();
            setOpened(kind);
          }}
        >
          {kind === 'linux-bridge' ? t('Create a bridge') : t('Create a bridge mapping')}
        </Button>
      )}
      {opened && (
        <OnDemand
          load={load}
          props={{
            kind: opened,
            onMade: (name: string) => {
              onMade(opened, name);
            },
            onClose: () => {
              setOpened(undefined);
            },
          }}
        />
      )}
    </div>
  );
};
