import type { LedgerViewData, ReleaseRequestData } from '../../../core/api/contract.ts';
import { client } from '../../client.ts';
import { Notice, showToast } from '../../ui/index.ts';
import { amount, numberOf, shortId } from './amounts.ts';
import { SignedDialog } from './signed-dialog.tsx';

type Props = {
  readonly request: ReleaseRequestData;
  readonly ledger: LedgerViewData;
  readonly isOpen: boolean;
  readonly onClose: () => void;
};

/** The one thing that cannot be undone: a key, and a word that is typed. */
export const ApproveDialog = ({ request, ledger, isOpen, onClose }: Props) => {
  const id = shortId(request.id);
  const left = ledger.remaining?.epsilon ?? null;
  const isTooMuch = left !== null && numberOf(request.epsilon) > numberOf(left);
  return (
    <SignedDialog
      title={`Approve request ${id}`}
      isOpen={isOpen}
      onClose={onClose}
      verb="Spend and release"
      busyVerb="Releasing …"
      isIrreversible
      confirm={{ label: `Type “release” or “${id}” to confirm`, words: ['release', id] }}
      act={async (key, confirmation) => {
        const { isRepeated } = await client.privacy.approve({ request: request.id, confirmation, ...key });
        showToast({
          topic: 'release',
          text: isRepeated
            ? 'The same question had an answer already. It cost nothing.'
            : 'Released, signed and entered.',
        });
      }}
    >
      {isTooMuch ? (
        <Notice tone="danger">
          It asks for ε {amount(request.epsilon)}, and ε {amount(left)} is left: it will not be released, and nothing is
          spent, unless the same question was answered before. Refuse it, or change the limit first.
        </Notice>
      ) : (
        <Notice tone="warn">
          It spends up to ε {amount(request.epsilon)}, δ {amount(request.delta)}
          {left === null ? '' : ` of ε ${amount(left)} that is left`}. What is released cannot be taken back, and what
          is spent does not come back.
        </Notice>
      )}
      {request.asker === ledger.account ? (
        <p>
          You ({ledger.account}) asked for this yourself. The release and the ledger will say that one account did both.
        </p>
      ) : null}
    </SignedDialog>
  );
};
