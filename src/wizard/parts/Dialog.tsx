import type { ReactNode } from 'react';
import { useId } from 'react';
import { Modal, ModalBody, ModalFooter, ModalHeader } from '@patternfly/react-core';

interface DialogProps {
  readonly title: string;
  /** What it is for, in a sentence or two. */
  readonly about: string;
  /** Left out while it cannot be closed. */
  readonly onClose?: (() => void) | undefined;
  readonly footer: ReactNode;
  readonly children: ReactNode;
}

/** A dialog with a title, what it is for, a body that scrolls by the keyboard too, and its actions. */
export const Dialog = ({ title, about, onClose, footer, children }: DialogProps) => {
  const ids = useId();
  return (
    <Modal
      isOpen
      variant="medium"
      aria-labelledby={`${ids}-title`}
      aria-describedby={`${ids}-about`}
      {...(onClose && { onClose })}
    >
      <ModalHeader title={title} labelId={`${ids}-title`} descriptorId={`${ids}-about`} description={about} />
      <ModalBody tabIndex={0} aria-label={title}>
        {children}
      </ModalBody>
      <ModalFooter>{footer}</ModalFooter>
    </Modal>
  );
};
