import { useState } from 'react';
import type { LedgerViewData } from '../../../core/api/contract.ts';
import { client } from '../../client.ts';
import { Notice, TextField } from '../../ui/index.ts';
import { isDecimal } from './amounts.ts';
import { SignedDialog } from './signed-dialog.tsx';
import css from './privacy.module.css';

type Props = { readonly ledger: LedgerViewData; readonly isOpen: boolean; readonly onClose: () => void };

/** Sets what all releases of the case together may cost, with a reviewer's key. */
export const LimitDialog = ({ ledger, isOpen, onClose }: Props) => {
  const [epsilon, setEpsilon] = useState('');
  const [delta, setDelta] = useState('');
  const missing = [
    ...(isDecimal(epsilon) && Number(epsilon) > 0 ? [] : ['ε as a number above 0']),
    ...(delta === '' || (isDecimal(delta) && Number(delta) < 1) ? [] : ['δ as a number from 0 up and below 1']),
  ];
  return (
    <SignedDialog
      title={ledger.limit === null ? 'Set the limit of this case' : 'Change the limit of this case'}
      isOpen={isOpen}
      onClose={onClose}
      verb="Set the limit"
      busyVerb="Signing …"
      missing={missing.length === 0 ? null : missing.join(', ')}
      confirm={{ label: 'Type “limit” to confirm', words: ['limit'] }}
      act={(key) => client.privacy.setLimit({ epsilon, delta: delta === '' ? '0' : delta, ...key })}
    >
      <p>
        The limit is what all releases of this case together may ever cost one actor. It stays in the ledger: what is
        promised is the largest limit there was.
      </p>
      {ledger.keys.length === 0 ? (
        <Notice tone="info">
          <span>
            The first key that sets a limit becomes the reviewer’s of this case. Make one with{' '}
            <code>nightjar release keygen --out FILE</code>.
          </span>
        </Notice>
      ) : null}
      <div className={css.pair}>
        <TextField
          label="Limit of ε"
          value={epsilon}
          onChange={setEpsilon}
          description="How much all releases may tell of one actor, such as 3"
        />
        <TextField
          label="Limit of δ"
          value={delta}
          onChange={setDelta}
          description="Chance that they tell more, such as 1e-6; empty is 0"
        />
      </div>
    </SignedDialog>
  );
};
