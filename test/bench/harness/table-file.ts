import { writeFileSync } from 'node:fs';

/** Writes columns one after the other as little-endian doubles; a missing value is NaN. numpy reads it in one call. */
export const writeColumns = (path: string, columns: readonly Float64Array[]): void => {
  const rows = columns[0]?.length ?? 0;
  const all = new Float64Array(rows * columns.length);
  columns.forEach((column, j) => all.set(column, j * rows));
  writeFileSync(path, new Uint8Array(all.buffer));
};
