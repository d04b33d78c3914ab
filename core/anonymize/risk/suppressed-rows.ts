import { classSizes, partitionBy } from './partition.ts';
import type { QuasiColumn } from './schema.ts';

/** The rows whose class stays below k when the columns are generalised to these levels, ascending. */
export const suppressedRows = (columns: readonly QuasiColumn[], levels: readonly number[], k: number): Uint32Array => {
  const rows = columns[0]?.codes.length ?? 0;
  const split = partitionBy(
    rows,
    columns.map(({ codes, hierarchy }, c) => {
      const level = levels[c] ?? 0;
      const map = hierarchy.maps[level];
      return { codes, width: hierarchy.widths[level] ?? 1, ...(map === undefined ? {} : { map }) };
    }),
  );
  const sizes = classSizes(split);
  return Uint32Array.from(split.classOf.keys()).filter((row) => (sizes[split.classOf[row] ?? 0] ?? 0) < k);
};
