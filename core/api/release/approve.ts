import { runRelease, type Release, type ReleasePlan } from '../../release/index.ts';
import { parseRelease, signRelease } from '../../release/release-file/index.ts';
import type { ReleaseRows } from '../../release/schema.ts';
import type { Case } from '../../store/index.ts';
import { readReleaseRows } from '../../store/release-rows.ts';
import type { Watch } from '../progress.ts';
import { approveWith, type ApprovedKind, type Approved } from './approve-with.ts';
import { NUMBERS } from './ask.ts';
import type { ReviewerKey } from './key-file.ts';
import { enterSigned, requireReviewer } from './ledger-acts.ts';
import { releaseBody } from './release-body.ts';
import { openRequest } from './requirements.ts';

/** Approves a request for numbers, as `approveWith` says. Errors: those, and `usage` where it asks for something else. */
export const approveRelease = (into: Case, request: string, key: ReviewerKey, watch: Watch = {}): Promise<Approved> =>
  approveWith(APPROVED_NUMBERS, into, request, key, watch);

/** Refuses a request, with a reason that stays in the ledger. Errors: `usage`. */
export const refuseRelease = (into: Case, id: string, reason: string, key: ReviewerKey): void =>
  void enterSigned(into, 'release.refused', key, (state) => {
    openRequest(state, id);
    requireReviewer(state, key);
    return { request: id, reason };
  });

const APPROVED_NUMBERS: ApprovedKind<ReleasePlan, ReleaseRows, Release> = {
  ...NUMBERS,
  readRows: (connection, { query }) => readReleaseRows(connection, query),
  run: runRelease,
  sign: (release, paid, key) => {
    const file = signRelease(releaseBody({ ...paid, release }), key);
    parseRelease(file.toString('utf8'));
    return file;
  },
};
