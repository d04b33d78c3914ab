import { isSignedBy, type JsonValue, type PublicKey } from '../../release/keys/index.ts';
import type { LedgerEntry } from '../../store/index.ts';

/** What a reviewer's key signs: the case, and a line of its ledger as it will stand there, but for signature and hash. */
export const signedLine = (caseId: string, line: Omit<LedgerEntry, 'hash'>): JsonValue => {
  const { seq, at, event, detail, journal, nonce, previous } = line;
  return { caseId, line: { seq, at, event, detail, journal: { ...journal }, nonce, previous } };
};

/** What older versions signed: the act, the case, and the line of the ledger that it follows, not the line's own time. */
const signedAct = (caseId: string, { event, previous, detail }: Omit<LedgerEntry, 'hash'>): JsonValue => ({
  caseId,
  event,
  previous,
  detail,
});

/** Whether a line was signed whole, or as older versions did; undefined where it was not signed by this key. */
export const formSigned = (caseId: string, entry: LedgerEntry, publicKey: PublicKey): 1 | 2 | undefined => {
  const { signature, ...detail } = entry.detail;
  if (typeof signature !== 'string') return undefined;
  const form = detail['form'] === 2 ? 2 : 1;
  const isSigned =
    form === 2
      ? isSignedBy(publicKey, signature, 'ledger 2', signedLine(caseId, { ...entry, detail }))
      : isSignedBy(publicKey, signature, 'ledger 1', signedAct(caseId, { ...entry, detail }));
  return isSigned ? form : undefined;
};
