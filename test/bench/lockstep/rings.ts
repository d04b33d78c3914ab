import type { Random } from '../../../core/random/index.ts';
import type { Matrix } from '../../../core/table/index.ts';

/** Share of a template's values that a member keeps; the others are those of a row drawn anew. */
const KEPT = 0.97;

/**
 * A table with rings planted into its first rows, `sizes[0]` rows of the first, and so on. Each ring has a template, whose columns are
 * drawn from the table's rows, each from another, so that what its members do is usual column by column and unusual together.
 */
export const withRings = ({ values, ...table }: Matrix, sizes: readonly number[], random: Random): Matrix => {
  const planted = Float32Array.from(values);
  const drawn = (j: number): number => values[random.int(table.rows) * table.columns + j] ?? 0;
  let row = 0;
  for (const size of sizes) {
    const template = Array.from({ length: table.columns }, (_, j) => drawn(j));
    for (const end = row + size; row < end; row++) {
      const member = template.map((value, j) => (random.float() < KEPT ? value : drawn(j)));
      planted.set(member, row * table.columns);
    }
  }
  return { ...table, values: planted };
};
