import type { LedgerViewData } from '../../../core/api/contract.ts';
import { client } from '../../client.ts';
import { SignedDialog } from './signed-dialog.tsx';

type Props = { readonly ledger: LedgerViewData; readonly isOpen: boolean; readonly onClose: () => void };

/** Whether who asked may also approve, with a reviewer's key. */
export const RuleDialog = ({ ledger: { twoPersons, keys }, isOpen, onClose }: Props) => (
  <SignedDialog
    title={twoPersons ? 'Let one person ask and approve' : 'Demand two persons'}
    isOpen={isOpen}
    onClose={onClose}
    verb={twoPersons ? 'Let one person do both' : 'Demand two persons'}
    busyVerb="Signing …"
    missing={keys.length === 0 ? 'a limit, which makes the first key the reviewer’s' : null}
    act={(key) => client.privacy.setTwoPersons({ twoPersons: !twoPersons, ...key })}
  >
    <p>
      {twoPersons
        ? 'From then on the account that asked may approve it too. The release and the ledger say so each time.'
        : 'From then on the account of this machine that asked for a release cannot approve it: somebody else has to, from an account of their own.'}
    </p>
  </SignedDialog>
);
