import type { DuckDBConnection, DuckDBDataChunk } from '@duckdb/node-api';

import type { EventBatch } from '../../rules/schema.ts';
import { quoteName } from '../database.ts';
import { withDuckDBErrors } from '../duckdb-error.ts';
import { vectorNumbers, vectorTexts } from '../read-columns.ts';
import { readRuleColumns } from './columns.ts';

/**
 * The events of a case that have a time, oldest first, in batches of 2,048: only the named columns, of which those the case
 * does not have are left out (for a rule they are missing everywhere). Memory is bounded: DuckDB sorts, on disk where it must.
 * Stopping early reads the rest; interrupt the connection to stop at once. Errors: `memory`, `disk-full`, `cancelled`.
 */
export async function* readRuleEvents(
  connection: DuckDBConnection,
  columns: readonly string[],
): AsyncGenerator<EventBatch, void, undefined> {
  const known = await readRuleColumns(connection);
  const chosen = known.filter(({ name }) => columns.includes(name));
  const selected = chosen.map(({ name, type }) =>
    type === 'number' ? `CAST(${quoteName(name)} AS DOUBLE)` : quoteName(name),
  );
  const result = await withDuckDBErrors('data.duckdb', () =>
    connection.stream(
      `SELECT ${['epoch_us(ts)', ...selected].join(', ')} FROM events WHERE ts IS NOT NULL ORDER BY events.ts`,
    ),
  );
  const next = async (): Promise<DuckDBDataChunk | null> => {
    const chunk = await withDuckDBErrors('data.duckdb', () => result.fetchChunk());
    return chunk === null || chunk.rowCount === 0 ? null : chunk;
  };
  let isOpen = true;
  try {
    for (let chunk = await next(); chunk !== null; chunk = await next()) {
      const of = chunk;
      yield {
        length: of.rowCount,
        ts: vectorNumbers(of.getColumnVector(0)),
        columns: new Map(
          chosen.map(({ name, type }, i) => {
            const vector = of.getColumnVector(i + 1);
            return [name, type === 'number' ? vectorNumbers(vector) : vectorTexts(vector)] as const;
          }),
        ),
      };
    }
    isOpen = false;
  } catch (error) {
    isOpen = false; // an interrupted or failed result has nothing more to read
    throw error;
  } finally {
    // A result that is not read to its end keeps the database file open.
    if (isOpen) while ((await next()) !== null);
  }
}
