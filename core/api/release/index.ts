export { approveRelease, refuseRelease, type Approved } from './approve.ts';
export { askRelease, planOf, type Asked, type ReleaseAsked } from './ask.ts';
export { checkCaseLedger, type LedgerReport } from './check-ledger.ts';
export { csvPathOf, readQueryFile, readReleaseFile, requirePlaceFor, writeReleaseFiles } from './files.ts';
export { makeKeyFile, openKeyFile, readPublicKey, type NamedPublicKey, type ReviewerKey } from './key-file.ts';
export { releaseCsv } from './release-csv.ts';
export { enrolKey, setLimit, setTwoPersons, type LimitRequest } from './settings.ts';
export { verifyRelease, type ReleaseFile, type ReleaseVerdict } from '../../release/release-file/index.ts';
export { viewLedger, type Amount, type LedgerView, type RequestView } from './view.ts';
