import type { DuckDBConnection } from '@duckdb/node-api';

import type { EventBatch } from '../../rules/schema.ts';
import { quoteName } from '../database.ts';
import { withDuckDBErrors } from '../duckdb-error.ts';
import { numberColumn, readColumns, vectorNumbers, vectorTexts } from '../read-columns.ts';
import { streamResult } from '../stream-result.ts';
import { readRuleColumns } from './columns.ts';

/**
 * The events of a case that have a time, oldest first, in batches of 2,048: only the named columns, of which those the case
 * does not have are left out (for a rule they are missing everywhere). With `oneIn` all events of about one actor in so many,
 * always the same ones. Memory is bounded: DuckDB sorts, on disk where it must.
 * Stopping early reads the rest; interrupt the connection to stop at once. Errors: `memory`, `disk-full`, `cancelled`.
 */
export async function* readRuleEvents(
  connection: DuckDBConnection,
  columns: readonly string[],
  oneIn = 1,
): AsyncGenerator<EventBatch, void, undefined> {
  const known = await readRuleColumns(connection);
  const chosen = known.filter(({ name }) => columns.includes(name));
  const selected = chosen.map(({ name, type }) =>
    type === 'number' ? `CAST(${quoteName(name)} AS DOUBLE)` : quoteName(name),
  );
  const result = await withDuckDBErrors('data.duckdb', () =>
    streamResult(
      connection,
      `SELECT ${['epoch_us(ts)', ...selected].join(', ')} FROM events WHERE ${isSampled(oneIn)} ORDER BY events.ts`,
    ),
  );
  const next = () => withDuckDBErrors('data.duckdb', () => result.next());
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

/** How many events have a time, and how many actors they are of; with `oneIn` those of about one actor in so many. */
export const countRuleEvents = async (
  connection: DuckDBConnection,
  oneIn = 1,
): Promise<{ readonly events: number; readonly actors: number }> => {
  const counts = await readColumns(
    connection,
    `SELECT count(*) AS events, count(DISTINCT actor_id) AS actors FROM events WHERE ${isSampled(oneIn)}`,
  );
  return { events: numberColumn(counts, 'events')[0] ?? 0, actors: numberColumn(counts, 'actors')[0] ?? 0 };
};

const isSampled = (oneIn: number): string =>
  oneIn === 1 ? 'ts IS NOT NULL' : `ts IS NOT NULL AND hash(actor_id) % ${Math.trunc(oneIn)} = 0`;
