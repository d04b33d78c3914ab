import type { ReleaseQuery } from '../schema.ts';
import { readBounds } from './read-bounds.ts';
import { readDimension } from './read-dimension.ts';
import { readFilter } from './read-filter.ts';
import { readMeasure } from './read-measure.ts';
import { wrongQuery } from './refuse.ts';
import { queryShape } from './shape.ts';

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
  return {
    source: shape.source,
    measure,
    by,
    where: shape.where === undefined ? undefined : readFilter(shape.where),
    bounds: readBounds(shape, measure),
    level: shape.level,
  };
};

const EXAMPLE =
  'Write it like {"count": "events", "by": [{"column": "country", "keys": ["DE", "FR"]}], "bounds": {"groupsPerActor": 1, "rowsPerGroup": 20}}.';
