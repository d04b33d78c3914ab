import type { ReactNode } from 'react';
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { IconButton } from './button.tsx';
import { cx } from './cx.ts';
import { CloseIcon } from './icons.tsx';
import css from './dialog.module.css';

export type DialogProps = {
  readonly title: string;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
  /** Its buttons, the one to press last. */
  readonly actions?: ReactNode;
  readonly isWide?: boolean;
  /** For what is compared or read in it. */
  readonly isWidest?: boolean;
};

/** A question over the page: Esc and a press outside close it, focus stays inside and comes back. */
export const Dialog = ({ title, isOpen, onClose, children, actions, isWide, isWidest }: DialogProps) => (
  <ModalOverlay
    className={cx(css.veil)}
    isOpen={isOpen}
    isDismissable
    onOpenChange={(open) => {
      if (!open) onClose();
    }}
  >
    <Modal className={cx(css.modal, isWide === true && css.wide, isWidest === true && css.widest)}>
      <AriaDialog className={cx(css.dialog)}>
        <header className={css.head}>
          <Heading slot="title" level={2}>
            {title}
          </Heading>
          <IconButton icon={CloseIcon} label="Close" onPress={onClose} />
        </header>
        <div className={css.body}>{children}</div>
        {actions === undefined ? null : <footer className={css.foot}>{actions}</footer>}
      </AriaDialog>
    </Modal>
  </ModalOverlay>
);
