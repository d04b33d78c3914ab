import { DuckDBInstance } from '@duckdb/node-api';
import { seededRandom } from '../../../core/random/index.ts';
import { takeRows, type FeatureTable } from '../../../core/table/index.ts';

/** A labelled table without its labels, of at most so many rows, drawn by the seed. */
export const readTable = async (path: string, most: number, seed: number): Promise<FeatureTable> => {
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  const reader = await connection.runAndReadAll('SELECT * EXCLUDE (label) FROM read_parquet($1)', [path]);
  const columns = reader.getColumns().map((column) => Float64Array.from(column, Number));
  const rows = columns[0]?.length ?? 0;
  const table: FeatureTable = {
    actors: Array.from({ length: rows }, (_, i) => String(i)),
    events: new Float64Array(rows).fill(1),
    names: reader.columnNames(),
    columns,
  };
  const random = seededRandom(seed);
  const order = Array.from({ length: rows }, (_, i) => ({ i, key: random.float() })).sort((a, b) => a.key - b.key);
  const kept = order.slice(0, most).map(({ i }) => i);
  return takeRows(
    table,
    kept.sort((a, b) => a - b),
  );
};
