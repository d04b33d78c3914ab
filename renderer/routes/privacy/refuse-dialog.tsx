import { useState } from 'react';
import type { ReleaseRequestData } from '../../../core/api/contract.ts';
import { client } from '../../client.ts';
import { showToast, TextField } from '../../ui/index.ts';
import { shortId } from './amounts.ts';
import { SignedDialog } from './signed-dialog.tsx';

type Props = { readonly request: ReleaseRequestData; readonly isOpen: boolean; readonly onClose: () => void };

/** Refuses a request, with a reason that stays in the ledger. */
export const RefuseDialog = ({ request, isOpen, onClose }: Props) => {
  const [reason, setReason] = useState('');
  return (
    <SignedDialog
      title={`Refuse request ${shortId(request.id)}`}
      isOpen={isOpen}
      onClose={onClose}
      verb="Refuse"
      busyVerb="Signing …"
      missing={reason.trim() === '' ? 'a reason' : null}
      act={async (key) => {
        await client.privacy.refuse({ request: request.id, reason, ...key });
        showToast({ topic: 'release', text: 'Refused. Nothing was spent.' });
      }}
    >
      <TextField
        label="Reason"
        rows={3}
        value={reason}
        onChange={setReason}
        maxLength={2000}
        description="It stays in the ledger, under your key. Name no person in it."
      />
    </SignedDialog>
  );
};
