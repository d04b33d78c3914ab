import type { RankTable } from './rank-table.ts';

/** Bins of a column's places in which two values count as agreeing. */
export const BINS = 128;

/** The bin of a row's value in its column, 0 to 127. */
export const binOf = ({ rows, columns, ranks, places }: RankTable, row: number, column: number): number =>
  Math.floor(((places[column * rows + (ranks[row * columns + column] ?? 0)] ?? 0) * BINS) / 65_536);

/** Rows per column and bin, column by column; with weights, their sums. */
export const binCounts = (table: RankTable, weights?: Float64Array): Float64Array => {
  const counts = new Float64Array(table.columns * BINS);
  for (let i = 0; i < table.rows; i++) {
    const weight = weights === undefined ? 1 : weights[i]!; // hot here and below: rows × columns
    if (weight === 0) continue;
    for (let j = 0; j < table.columns; j++) counts[j * BINS + binOf(table, i, j)]! += weight;
  }
  return counts;
};
