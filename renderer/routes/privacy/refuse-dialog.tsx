import { useState } from 'react';
import type { ReleaseRequestData } from '../../../core/api/contract.ts';
import { client } from '../../client.ts';
import { Button, Dialog, ErrorNotice, showToast, TextField } from '../../ui/index.ts';
import { shortId } from './amounts.ts';
import { keyInput, NO_KEY, ReviewerKeyField } from './reviewer-key.tsx';
import { ledgerChanged } from './use-ledger.ts';
import css from './privacy.module.css';

type Props = { readonly request: ReleaseRequestData; readonly isOpen: boolean; readonly onClose: () => void };

/** Refuses a request, with a reason that stays in the ledger. */
export const RefuseDialog = ({ request, isOpen, onClose }: Props) => {
  const [key, setKey] = useState(NO_KEY);
  const [reason, setReason] = useState('');
  const [failure, setFailure] = useState<unknown>(null);
  const [isBusy, setBusy] = useState(false);
  const chosen = keyInput(key);
  const close = (): void => {
    setKey(NO_KEY);
    setFailure(null);
    onClose();
  };
  const refuse = async (): Promise<void> => {
    if (chosen === null) return;
    setBusy(true);
    setFailure(null);
    try {
      await client.privacy.refuse({ request: request.id, reason, ...chosen });
      showToast({ topic: 'release', text: 'Refused. Nothing was spent.' });
      close();
      await ledgerChanged();
    } catch (error) {
      setFailure(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Dialog
      title={`Refuse request ${shortId(request.id)}`}
      isOpen={isOpen}
      onClose={close}
      actions={
        <>
          <Button onPress={close}>Cancel</Button>
          <Button
            kind="primary"
            isDisabled={chosen === null || reason.trim() === ''}
            isBusy={isBusy}
            onPress={() => void refuse()}
          >
            {isBusy ? 'Signing …' : 'Refuse'}
          </Button>
        </>
      }
    >
      <div className={css.stack}>
        <TextField
          label="Reason"
          rows={3}
          value={reason}
          onChange={setReason}
          maxLength={2000}
          description="It stays in the ledger, under your key. Name no person in it."
        />
        <ReviewerKeyField value={key} onChange={setKey} />
        {failure === null ? null : <ErrorNotice error={failure} />}
      </div>
    </Dialog>
  );
};
