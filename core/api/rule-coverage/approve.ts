import { runRelease, type Release, type ReleasePlan } from '../../release/index.ts';
import { parseRelease, signRelease } from '../../release/release-file/index.ts';
import type { ReleaseRows } from '../../release/schema.ts';
import type { Case } from '../../store/index.ts';
import type { Watch } from '../progress.ts';
import { approveWith, type ApprovedKind, type Approved } from '../release/approve-with.ts';
import type { ReviewerKey } from '../release/key-file.ts';
import { releaseBody } from '../release/release-body.ts';
import { COVERAGE, coverageIn } from './ask.ts';
import { readCoverageRows } from './rows.ts';

/** Approves a request for the coverage of a rule, as `approveWith` says. Errors: those, and `usage` where it asks for something else. */
export const approveCoverage = (into: Case, request: string, key: ReviewerKey, watch: Watch = {}): Promise<Approved> =>
  approveWith(APPROVED_COVERAGE, into, request, key, watch);

const APPROVED_COVERAGE: ApprovedKind<ReleasePlan, ReleaseRows, Release> = {
  ...COVERAGE,
  readRows: (connection, plan) => readCoverageRows(connection, coverageIn(plan)),
  run: runRelease,
  sign: (release, paid, key) => {
    const file = signRelease(releaseBody({ ...paid, release }), key);
    parseRelease(file.toString('utf8'));
    return file;
  },
};
