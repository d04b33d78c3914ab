import type { DuckDBConnection } from '@duckdb/node-api';

import { BUCKET_PREFIX } from '../../ingest/schema.ts';
import type { Vocabulary } from '../../rules/schema.ts';
import { quoteName } from '../database.ts';
import { numberColumn, readColumns, textColumn } from '../read-columns.ts';

/** The time has its own place in a rule; places and hashes mean nothing to one. */
const NOT_FOR_RULES: ReadonlySet<string> = new Set(['ts', 'seq', 'text_signature', 'text_digest']);

/** Event columns that a rule may name, in the order of the table, with the type of their values. */
export const readRuleColumns = async (connection: DuckDBConnection): Promise<Vocabulary['columns']> => {
  const listed = await readColumns(
    connection,
    `SELECT column_name, data_type FROM duckdb_columns() WHERE table_name = 'events' AND NOT internal
     ORDER BY column_index`,
  );
  const types = textColumn(listed, 'data_type');
  return textColumn(listed, 'column_name').flatMap((name, i) => {
    if (name === null || NOT_FOR_RULES.has(name) || name.startsWith(BUCKET_PREFIX)) return [];
    return [{ name, type: types[i] === 'VARCHAR' ? ('text' as const) : ('number' as const) }];
  });
};

/** Those of them that hold anything. */
export const readFilledRuleColumns = async (connection: DuckDBConnection): Promise<Vocabulary['columns']> => {
  const columns = await readRuleColumns(connection);
  const counts = await readColumns(
    connection,
    `SELECT ${columns.map(({ name }, i) => `count(${quoteName(name)}) AS n_${i}`).join(', ')} FROM events`,
  );
  return columns.filter((_, i) => (numberColumn(counts, `n_${i}`)[0] ?? 0) > 0);
};
