import { DuckDBInstance } from '@duckdb/node-api';
import { seededRandom } from '../../../core/random/index.ts';
import { takeRows, type FeatureTable } from '../../../core/table/index.ts';

/** A table whose rows are known to be abusive (1) or not (0). */
export type Labelled = { readonly table: FeatureTable; readonly label: Uint8Array };

/** Reads a parquet table with the columns `f0…fN` and `label`; of more than `most` rows a sample that is always the same. */
export const readLabelled = async (path: string, most: number): Promise<Labelled> => {
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  const reader = await connection.runAndReadAll('SELECT * FROM read_parquet($1)', [path]);
  const names = reader.columnNames();
  const columns = reader.getColumns().map((column) => Float64Array.from(column, Number));
  connection.closeSync();
  const at = names.indexOf('label');
  const label = Uint8Array.from(columns[at] ?? []);
  const table = {
    actors: Array.from(label, (_, i) => String(i)),
    events: new Float64Array(label.length).fill(1),
    names: names.filter((_, j) => j !== at),
    columns: columns.filter((_, j) => j !== at),
  };
  if (label.length <= most) return { table, label };
  const random = seededRandom(label.length);
  const keep = Array.from(label, (_, row) => ({ row, by: random.float() }))
    .sort((a, b) => a.by - b.by)
    .slice(0, most)
    .map(({ row }) => row);
  return { table: takeRows(table, keep), label: Uint8Array.from(keep, (row) => label[row] ?? 0) };
};
