import { verifyPrivateForest } from '../../release/private-forest/index.ts';
import type { Case } from '../../store/index.ts';
import type { ReleaseVerdictData } from '../contract/privacy.ts';
import { checkCaseLedger, verifyRelease, type SignedFile } from '../release/index.ts';
import { forestShown } from './forest.ts';
import { tableOf } from './table.ts';

/**
 * What can be said of a file that left, of numbers or a forest: by itself, and against the ledger of the case that is open,
 * where the file is of that case. `trusted` are fingerprints of keys.
 */
export const verdictOfFile = (
  file: SignedFile,
  trusted: readonly string[] | undefined,
  open: Pick<Case, 'id' | 'directory'> | undefined,
): ReleaseVerdictData => {
  const isForest = 'forest' in file;
  const { ok, checks, gaps, signer } = isForest ? verifyPrivateForest(file, trusted) : verifyRelease(file, trusted);
  const isOfThis = open !== undefined && open.id === (isForest ? file.forest : file.release).caseId;
  const isReadable = !isForest || checks.every(({ what, faults }) => what !== 'splits' || faults.length === 0);
  return {
    ok,
    checks: checks.map(({ what, faults }) => ({ what, faults: [...faults] })),
    gaps: [...gaps],
    signer: { name: signer.name, fingerprint: signer.fingerprint, isTrusted: signer.isTrusted ?? null },
    release: isForest ? null : tableOf(file),
    forest: isForest && isReadable ? forestShown(file) : null,
    ledgerFaults: isOfThis ? [...checkCaseLedger(open.directory, [file]).faults] : null,
  };
};
