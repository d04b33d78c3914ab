import { formatRational } from '../../math/rational.ts';
import { canonicalQuery, parseQuery, planRelease, type ReleasePlan } from '../../release/index.ts';
import type { JsonValue } from '../../release/keys/index.ts';
import { isForestJson } from '../../release/private-forest/index.ts';
import { lossOfBudget } from '../../release/release-file/index.ts';
import type { Case } from '../../store/index.ts';
import { requireReleaseColumns } from '../../store/release-rows.ts';
import { askWith, type AskedKind, type AskedOf, type Budgeted } from './ask-with.ts';

/** What an investigator asks for. */
export type ReleaseAsked = {
  /** JSON as in the user guide. */
  readonly query: JsonValue;
  /** Decimals. */
  readonly epsilon: string;
  readonly delta?: string | undefined;
  /** Why; it stays in the ledger and is written into the release. */
  readonly purpose?: string | undefined;
};

/** The id of the request, or, where the same question was answered before, that answer. */
export type Asked = AskedOf<ReleasePlan>;

/**
 * Files a request for a release of numbers, as `askWith` says. Errors: `usage` for a query or a budget that cannot be
 * released.
 */
export const askRelease = (into: Case, asked: ReleaseAsked): Promise<Asked> => askWith(NUMBERS, into, asked);

/** The plan of a request: no data is needed. Errors: `usage`. */
export const planOf = ({ query, epsilon, delta }: Budgeted): ReleasePlan =>
  planRelease(parseQuery(query), lossOfBudget(formatRational(epsilon), formatRational(delta)));

/** Releases of numbers, as they are asked for. */
export const NUMBERS: AskedKind<ReleasePlan> = {
  isAsked: (query) => !isForestJson(query),
  planOf,
  canonical: (query) => canonicalQuery(parseQuery(query)),
  requireColumns: (connection, { query }) => requireReleaseColumns(connection, query),
};
