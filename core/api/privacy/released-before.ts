import { formatRational } from '../../math/rational.ts';
import {
  canonicalQuery,
  parseQuery,
  planRelease,
  releasedBins,
  type PublicNumbers,
  type ReleaseQuery,
} from '../../release/index.ts';
import type { JsonValue } from '../../release/keys/index.ts';
import { lossOfBudget, parseRelease } from '../../release/release-file/index.ts';
import type { Case } from '../../store/index.ts';
import { ledgerState } from '../release/ledger-acts.ts';
import { answerOf } from './table.ts';

/**
 * What earlier releases of the case tell of the error of one to come: the bins of the latest searches for bounds over the
 * same rows. They were paid for: to read them again costs nothing and tells nothing new. Errors: `case-damaged`.
 */
export const releasedBefore = (
  from: Case,
  query: ReleaseQuery,
): Pick<PublicNumbers, 'rowsReleased' | 'valuesReleased'> => {
  const searches = [...ledgerState(from).requests.values()]
    .filter((request) => request.answer !== undefined && isSearch(request.query))
    .map((request) => ({ id: request.id, query: parseQuery(request.query) }))
    .filter((search) => isOverSameRows(search.query, query))
    .toReversed();
  const rows = searches.find((search) => search.query.measure.kind === 'contributions');
  const values = searches.find((search) => isOfSameValues(search.query, query));
  return {
    ...(rows === undefined ? {} : { rowsReleased: binsOf(from, rows.id) }),
    ...(values === undefined ? {} : { valuesReleased: binsOf(from, values.id) }),
  };
};

/** A request may be for something else than numbers, such as a forest. */
const isSearch = (query: JsonValue): boolean =>
  typeof query === 'object' && query !== null && ('findBounds' in query || 'findContributions' in query);

const isOverSameRows = (search: ReleaseQuery, query: ReleaseQuery): boolean =>
  search.by.length === 0 && rowsText(search) === rowsText(query);

/** The rows that a query is about, whatever it does with them. */
const rowsText = (query: ReleaseQuery): string =>
  canonicalQuery({
    ...query,
    measure: { kind: 'count', of: 'actors' },
    by: [],
    bounds: { groupsPerActor: 1, rowsPerGroup: 1, grid: undefined },
    level: 0.5,
  });

const isOfSameValues = ({ measure, bounds }: ReleaseQuery, query: ReleaseQuery): boolean =>
  measure.kind === 'bounds' &&
  'column' in query.measure &&
  measure.column === query.measure.column &&
  stepOf(bounds) === stepOf(query.bounds);

const stepOf = ({ grid }: ReleaseQuery['bounds']): string => (grid === undefined ? '' : formatRational(grid.step));

const binsOf = (from: Case, request: string): ReturnType<typeof releasedBins> => {
  const { release } = parseRelease(answerOf(from, request).toString('utf8'));
  const plan = planRelease(parseQuery(release.query), lossOfBudget(release.epsilon, release.delta));
  return releasedBins(
    plan,
    release.noised.map((integers) => Float64Array.from(integers)),
  );
};
