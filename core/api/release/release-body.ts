import { formatRational } from '../../math/rational.ts';
import type { Release } from '../../release/index.ts';
import { planText, UNIT_OF_PRIVACY, type ReleaseBody } from '../../release/release-file/index.ts';
import type { LedgerEntry } from '../../store/index.ts';
import { VERSION } from '../../version.ts';
import type { ReleaseRequest } from './ledger-state.ts';

/** What a release file will say. Everything in it is public, or has noise on it. */
export const releaseBody = ({
  caseId,
  request,
  release,
  entry,
  account,
  reviewer,
}: {
  readonly caseId: string;
  readonly request: ReleaseRequest;
  readonly release: Release;
  /** The line of the ledger that paid for it. */
  readonly entry: LedgerEntry;
  /** Who held the key. */
  readonly account: string;
  /** What the owner of the key calls itself. */
  readonly reviewer: string;
}): ReleaseBody => ({
  request: request.id,
  releasedAt: entry.at,
  software: { name: 'nightjar', version: VERSION },
  caseId,
  unitOfPrivacy: { ...UNIT_OF_PRIVACY },
  query: request.query,
  epsilon: formatRational(request.epsilon),
  delta: formatRational(request.delta),
  ...planText(release.plan),
  level: release.plan.query.level,
  keys: release.dimensions.map(({ column, labels, index }) => ({
    column,
    of: Array.from(index, (place) => labels[place] ?? ''),
  })),
  columns: release.columns.map(({ name, value, low, high }) => ({
    name,
    value: numbers(value),
    low: numbers(low),
    high: numbers(high),
  })),
  noised: release.noised.map((integers) => Array.from(integers, (x) => x + 0)),
  purpose: request.purpose,
  asker: request.asker,
  approver: account,
  reviewer,
  alone: account === request.asker,
  ledger: { seq: entry.seq, entry: entry.hash },
});

/** JSON has no NaN and one zero. */
const numbers = (values: Float64Array): (number | null)[] =>
  Array.from(values, (x) => (Number.isFinite(x) ? x + 0 : null));
