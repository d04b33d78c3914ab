import type { Bounds, Dimension, Measure, ReleaseQuery } from '../schema.ts';
import { readBounds } from './read-bounds.ts';
import { readDimension } from './read-dimension.ts';
import { readFilter } from './read-filter.ts';
import { readMeasure } from './read-measure.ts';
import { wrongQuery } from './refuse.ts';
import { queryShape } from './shape.ts';
import { totalsOf } from './totals-of.ts';

/**
 * Reads a release query from JSON. Everything it says is public: bounds, keys, bins and the grid are what the user wrote,
 * and nothing is filled in from data. Errors: `usage`, naming the part; above all for a bound that is missing.
 */
export const parseQuery = (json: unknown): ReleaseQuery => {
  const parsed = queryShape.safeParse(json);
  if (!parsed.success) {
    const path = parsed.error.issues[0]?.path.join('.') ?? '';
    throw wrongQuery(path === '' ? 'as a whole' : path, 'The query has a part that is not understood.', EXAMPLE);
  }
  const shape = parsed.data;
  const measure = readMeasure(shape);
  const by = shape.by.map(readDimension);
  const repeated = by.findIndex((dimension, i) => by.findIndex(({ column }) => column === dimension.column) < i);
  if (repeated >= 0) {
    throw wrongQuery(`by.${repeated}`, 'A column is grouped by twice.', 'Group by each column once.');
  }
  requireAlone(by, measure);
  const bounds = readBounds(shape, measure);
  requireAddable(by, measure, bounds);
  return {
    source: shape.source,
    measure,
    by,
    where: shape.where === undefined ? undefined : readFilter(shape.where),
    bounds,
    level: shape.level,
  };
};

/** What looks for bounds does so over all rows; totals are of one dimension. */
const requireAlone = (by: readonly Dimension[], { kind }: Measure): void => {
  if ((kind === 'bounds' || kind === 'contributions') && by.length > 0) {
    throw wrongQuery('by', 'Bounds are found over all rows.', 'Leave "by" out.');
  }
  if (by.length > 1 && by.some((dimension) => 'totals' in dimension && dimension.totals !== undefined)) {
    throw wrongQuery('by', 'Totals are over one dimension.', 'Group by one column, or leave "totals" out.');
  }
};

/** Means do not add up, nor do different actors, who are counted once in a week and on each of its days. */
const requireAddable = (by: readonly Dimension[], measure: Measure, { groupsPerActor }: Bounds): void => {
  if (totalsOf({ by }) === undefined || measure.kind === 'sum') return;
  if (measure.kind === 'count' && (measure.of === 'events' || groupsPerActor === 1)) return;
  const next = 'Count events or sum a column, or count actors with "groupsPerActor": 1.';
  throw wrongQuery('by.0.totals', 'This measure does not add up to totals.', next);
};

const EXAMPLE =
  'Write it like {"count": "events", "by": [{"column": "country", "keys": ["DE", "FR"]}], "bounds": {"groupsPerActor": 1, "rowsPerGroup": 20}}.';
