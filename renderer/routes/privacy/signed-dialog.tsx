import { useState, type ReactNode } from 'react';
import { Button, Dialog, ErrorNotice, TextField } from '../../ui/index.ts';
import { keyInput, NO_KEY, ReviewerKeyField, type SigningKey } from './reviewer-key.tsx';
import { ledgerChanged } from './use-ledger.ts';
import css from './privacy.module.css';

type Props = {
  readonly title: string;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  /** On the button that signs, and while that is under way. */
  readonly verb: string;
  readonly busyVerb: string;
  readonly isIrreversible?: boolean;
  /** What the fields above the key still lack, in a few words. */
  readonly missing?: string | null;
  /** Typed to confirm: what asks for it, and the words that do. */
  readonly confirm?: { readonly label: string; readonly words: readonly string[] };
  /** Runs with the key and the typed word; when it ends without an error the dialog closes. */
  readonly act: (key: SigningKey, word: string) => PromiseLike<unknown>;
  readonly children: ReactNode;
};

/** Whatever a reviewer signs: the question, the key, a word that is typed where it cannot be undone. */
export const SignedDialog = ({ title, isOpen, onClose, verb, busyVerb, act, children, ...rest }: Props) => {
  const [key, setKey] = useState(NO_KEY);
  const [word, setWord] = useState('');
  const [failure, setFailure] = useState<unknown>(null);
  const [isBusy, setBusy] = useState(false);
  const { confirm, missing = null, isIrreversible = false } = rest;
  const chosen = keyInput(key);
  const needed = [
    missing,
    chosen === null ? 'a key file' : null,
    confirm === undefined || confirm.words.includes(word) ? null : 'the word that confirms it',
  ].filter((each) => each !== null);
  const close = (): void => {
    setKey(NO_KEY);
    setWord('');
    setFailure(null);
    onClose();
  };
  const sign = async (): Promise<void> => {
    if (chosen === null || isBusy) return;
    setBusy(true);
    setFailure(null);
    try {
      await act(chosen, word);
      await ledgerChanged(); // before it closes: nothing is decided upon what the ledger said before
      close();
    } catch (error) {
      setFailure(error);
      await ledgerChanged(); // what failed after a debit stays spent, and is shown as such
    } finally {
      setBusy(false);
    }
  };
  return (
    <Dialog
      title={title}
      isOpen={isOpen}
      onClose={isBusy ? () => {} : close}
      actions={
        <>
          <span className={css.needed} role="status">
            {needed.length === 0 ? '' : `Still needed: ${needed.join(', ')}.`}
          </span>
          <Button isDisabled={isBusy} onPress={close}>
            Cancel
          </Button>
          <Button
            kind={isIrreversible ? 'danger' : 'primary'}
            isDisabled={needed.length > 0}
            isBusy={isBusy}
            onPress={() => void sign()}
          >
            {isBusy ? busyVerb : verb}
          </Button>
        </>
      }
    >
      <div className={css.stack}>
        {children}
        <ReviewerKeyField value={key} onChange={(part) => setKey((now) => ({ ...now, ...part }))} />
        {confirm === undefined ? null : <TextField label={confirm.label} value={word} onChange={setWord} />}
        {failure === null ? null : <ErrorNotice error={failure} />}
      </div>
    </Dialog>
  );
};
