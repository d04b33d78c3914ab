import { makePace, type Watch } from '../../api/progress.ts';
import type { QuasiColumn } from './schema.ts';
import { strip, strippedSizes, together, type Stripped } from './stripped.ts';

/** How well a set of columns tells actors apart. */
export type SubsetRisk = {
  /** Places of the columns, ascending. */
  readonly columns: readonly number[];
  /** Different combinations / actors (Motwani & Xu 2007: distinct ratio). */
  readonly distinctRatio: number;
  /** Share of the pairs of actors that differ in some column of the set (separation ratio). */
  readonly separationRatio: number;
  /** Share of the actors who are alone with their combination. */
  readonly unique: number;
  /** Share of the actors in classes below k. */
  readonly belowK: number;
};

/** All subsets up to this many columns; of more columns, subsets of up to three and the whole. */
const MOST_FOR_ALL = 8;
const LARGEST_OF_MANY = 3;

/**
 * Distinct and separation ratio (Motwani & Xu 2007) of every subset of the columns, exact, largest separation first. Above
 * 8 columns only subsets of at most three and the set of all are looked at. Throws `cancelled`.
 */
export const rankSubsets = async (
  rows: number,
  columns: readonly QuasiColumn[],
  k: number,
  watch: Watch = {},
): Promise<readonly SubsetRisk[]> => {
  const pace = makePace(watch);
  const largest = columns.length <= MOST_FOR_ALL ? columns.length : LARGEST_OF_MANY;
  const found: SubsetRisk[] = [];
  const visit = async (rest: Stripped, alone: number, taken: readonly number[], from: number): Promise<void> => {
    for (let c = from; c < columns.length; c++) {
      await pace();
      const split = strip(rest, splitterOf(columns[c]));
      const unique = alone + split.alone.length;
      const subset = [...taken, c];
      found.push({ columns: subset, ...measure(split.rest, unique, rows, k) });
      if (subset.length < largest) await visit(split.rest, unique, subset, c + 1);
    }
  };
  await visit(together(rows), 0, [], 0);
  if (largest < columns.length) {
    let rest = together(rows);
    for (const column of columns) ({ rest } = strip(rest, splitterOf(column)));
    found.push({ columns: columns.map((_, c) => c), ...measure(rest, rows - rest.rows.length, rows, k) });
  }
  return found.toSorted(
    (a, b) =>
      b.separationRatio - a.separationRatio || b.distinctRatio - a.distinctRatio || a.columns.length - b.columns.length,
  );
};

const splitterOf = (column: QuasiColumn | undefined) => ({
  codes: column?.codes ?? new Uint32Array(0),
  width: column?.hierarchy.widths[0] ?? 1,
});

const measure = (rest: Stripped, unique: number, rows: number, k: number): Omit<SubsetRisk, 'columns'> => {
  let samePairs = 0;
  let belowK = unique; // k is at least 2
  for (const size of strippedSizes(rest)) {
    samePairs += (size * (size - 1)) / 2;
    if (size < k) belowK += size;
  }
  const pairs = (rows * (rows - 1)) / 2;
  return {
    distinctRatio: rows === 0 ? 0 : (rest.count + unique) / rows,
    separationRatio: pairs === 0 ? 0 : 1 - samePairs / pairs,
    unique: rows === 0 ? 0 : unique / rows,
    belowK: rows === 0 ? 0 : belowK / rows,
  };
};
