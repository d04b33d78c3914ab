import { useState } from 'react';
import type { LedgerViewData } from '../../../core/api/contract.ts';
import { client } from '../../client.ts';
import { Button, Dialog, ErrorNotice, Notice, TextField } from '../../ui/index.ts';
import { keyInput, NO_KEY, ReviewerKeyField } from './reviewer-key.tsx';
import { ledgerChanged } from './use-ledger.ts';
import css from './privacy.module.css';

type Props = { readonly ledger: LedgerViewData; readonly isOpen: boolean; readonly onClose: () => void };

/** Sets what all releases of the case together may cost, with a reviewer's key. */
export const LimitDialog = ({ ledger, isOpen, onClose }: Props) => {
  const [epsilon, setEpsilon] = useState('');
  const [delta, setDelta] = useState('');
  const [key, setKey] = useState(NO_KEY);
  const [word, setWord] = useState('');
  const [failure, setFailure] = useState<unknown>(null);
  const [isBusy, setBusy] = useState(false);
  const chosen = keyInput(key);
  const close = (): void => {
    setKey(NO_KEY);
    setWord('');
    setFailure(null);
    onClose();
  };
  const set = async (): Promise<void> => {
    if (chosen === null) return;
    setBusy(true);
    setFailure(null);
    try {
      await client.privacy.setLimit({ epsilon, delta: delta === '' ? '0' : delta, ...chosen });
      await ledgerChanged();
      close();
    } catch (error) {
      setFailure(error);
    } finally {
      setBusy(false);
    }
  };
  const isReady = chosen !== null && DECIMAL.test(epsilon) && (delta === '' || DECIMAL.test(delta)) && word === 'limit';
  return (
    <Dialog
      title={ledger.limit === null ? 'Set the limit of this case' : 'Change the limit of this case'}
      isOpen={isOpen}
      onClose={close}
      actions={
        <>
          <Button onPress={close}>Cancel</Button>
          <Button kind="primary" isDisabled={!isReady} isBusy={isBusy} onPress={() => void set()}>
            {isBusy ? 'Signing …' : 'Set the limit'}
          </Button>
        </>
      }
    >
      <div className={css.stack}>
        <p>
          The limit is what all releases of this case together may ever cost one actor. It stays in the ledger: what is
          promised is the largest limit there was.
        </p>
        {ledger.keys.length === 0 ? (
          <Notice tone="info">
            The first key that sets a limit becomes the reviewer’s of this case. Make one with{' '}
            <code>nightjar release keygen --out FILE</code>.
          </Notice>
        ) : null}
        <div className={css.pair}>
          <TextField label="Limit of ε" value={epsilon} onChange={setEpsilon} placeholder="such as 3" />
          <TextField label="Limit of δ" value={delta} onChange={setDelta} placeholder="0, or such as 1e-6" />
        </div>
        <ReviewerKeyField value={key} onChange={setKey} />
        <TextField label="Type “limit” to confirm" value={word} onChange={setWord} />
        {failure === null ? null : <ErrorNotice error={failure} />}
      </div>
    </Dialog>
  );
};

const DECIMAL = /^\d+(?:\.\d+)?(?:[eE]-?\d+)?$/u;
