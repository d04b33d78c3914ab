import { UNIT_OF_PRIVACY } from '../../release/release-file/index.ts';
import type { LedgerEntry } from '../../store/index.ts';
import { VERSION } from '../../version.ts';
import type { ReleaseRequest } from './ledger-state.ts';

/** What was paid for, and by whose word. */
export type Paid = {
  readonly caseId: string;
  readonly request: ReleaseRequest;
  /** The line of the ledger that paid for it. */
  readonly entry: LedgerEntry;
  /** Who held the key. */
  readonly account: string;
  /** What the owner of the key calls itself. */
  readonly reviewer: string;
};

/** The first parts of every file that leaves: where it comes from. */
export const originText = ({ caseId, request, entry }: Paid) => ({
  request: request.id,
  releasedAt: entry.at,
  software: { name: 'nightjar' as const, version: VERSION },
  caseId,
  unitOfPrivacy: { ...UNIT_OF_PRIVACY },
});

/** The last parts of every file that leaves: by whose word it does, and what paid for it. */
export const paidText = ({ request, entry, account, reviewer }: Paid) => ({
  purpose: request.purpose,
  asker: request.asker,
  approver: account,
  reviewer,
  alone: account === request.asker,
  ledger: { seq: entry.seq, entry: entry.hash },
});
