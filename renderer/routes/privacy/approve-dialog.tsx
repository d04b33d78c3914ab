import { useState } from 'react';
import type { LedgerViewData, ReleaseRequestData } from '../../../core/api/contract.ts';
import { client } from '../../client.ts';
import { Button, Dialog, ErrorNotice, Notice, showToast, TextField } from '../../ui/index.ts';
import { amount, shortId } from './amounts.ts';
import { keyInput, NO_KEY, ReviewerKeyField } from './reviewer-key.tsx';
import { ledgerChanged } from './use-ledger.ts';
import css from './privacy.module.css';

type Props = {
  readonly request: ReleaseRequestData;
  readonly ledger: LedgerViewData;
  readonly isOpen: boolean;
  readonly onClose: () => void;
};

/** The one thing that cannot be undone: a key, and a word that is typed. */
export const ApproveDialog = ({ request, ledger, isOpen, onClose }: Props) => {
  const [key, setKey] = useState(NO_KEY);
  const [word, setWord] = useState('');
  const [failure, setFailure] = useState<unknown>(null);
  const [isBusy, setBusy] = useState(false);
  const id = shortId(request.id);
  const chosen = keyInput(key);
  const close = (): void => {
    setKey(NO_KEY);
    setWord('');
    setFailure(null);
    onClose();
  };
  const approve = async (): Promise<void> => {
    if (chosen === null) return;
    setBusy(true);
    setFailure(null);
    try {
      const { isRepeated } = await client.privacy.approve({ request: request.id, confirmation: word, ...chosen });
      showToast({
        topic: 'release',
        text: isRepeated
          ? 'The same question had an answer already. It cost nothing.'
          : 'Released, signed and entered.',
      });
      close();
      await ledgerChanged();
    } catch (error) {
      setFailure(error);
      await ledgerChanged(); // what failed after the debit stays spent, and is shown as such
    } finally {
      setBusy(false);
    }
  };
  const left = ledger.remaining?.epsilon;
  return (
    <Dialog
      title={`Approve request ${id}`}
      isOpen={isOpen}
      onClose={isBusy ? () => {} : close}
      actions={
        <>
          <Button isDisabled={isBusy} onPress={close}>
            Cancel
          </Button>
          <Button
            kind="danger"
            isDisabled={chosen === null || (word !== 'release' && word !== id)}
            isBusy={isBusy}
            onPress={() => void approve()}
          >
            {isBusy ? 'Releasing …' : 'Spend and release'}
          </Button>
        </>
      }
    >
      <div className={css.stack}>
        <Notice tone="warn">
          It spends up to ε {amount(request.epsilon)}, δ {amount(request.delta)}
          {left === undefined || left === null ? '' : ` of ε ${amount(left)} that is left`}. What is released cannot be
          taken back, and what is spent does not come back.
        </Notice>
        {request.asker === ledger.account ? (
          <p>
            You ({ledger.account}) asked for this yourself. The release and the ledger will say that one account did
            both.
          </p>
        ) : null}
        <ReviewerKeyField value={key} onChange={setKey} />
        <TextField label={`Type “release” or “${id}” to confirm`} value={word} onChange={setWord} />
        {failure === null ? null : <ErrorNotice error={failure} />}
      </div>
    </Dialog>
  );
};
