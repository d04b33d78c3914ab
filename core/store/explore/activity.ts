import type { DuckDBConnection } from '@duckdb/node-api';

import { withDuckDBErrors } from '../duckdb-error.ts';
import { numberColumn, readColumns } from '../read-columns.ts';
import { streamResult } from '../stream-result.ts';
import { vectorItems } from '../vector-data.ts';

/**
 * When the actors of a queue did something: the entries of actor `row` (rank − 1) are `start[row]` to `start[row + 1]`,
 * in order of time. Entry i is `weight[i]` events (1 where null) at `originUs + tick[i] · tickUs` microseconds since 1970.
 */
export type Activity = {
  /** The first event. */
  readonly fromUs: number;
  /** Just after the last event. */
  readonly toUs: number;
  readonly originUs: number;
  readonly tickUs: number;
  readonly start: Uint32Array;
  readonly tick: Uint32Array;
  readonly weight: Uint32Array | null;
};

/** Events up to which each is an entry of its own: 4 bytes in memory each. */
const MOST_ENTRIES = 25_000_000;
/** Beyond, entries are bins of this part of the span. */
const COARSE_BINS = 4096;
const TICKS = 2 ** 32;
/** Logs count in these: an event lies where its log puts it, to the millisecond over 49 days, to the second over 136 years. */
const UNITS_US = [1, 1000, 10_000, 100_000, 1_000_000];
const SECOND_US = 1_000_000;

/** The activity of everybody in a run's queue; null where no event has a time. */
export const loadActivity = async (
  connection: DuckDBConnection,
  runId: string,
  actors: number,
): Promise<Activity | null> => {
  const range = await readColumns(
    connection,
    'SELECT min(ts) AS low, max(ts) AS high, count(ts) AS n FROM events WHERE actor_id IS NOT NULL',
  );
  const events = numberColumn(range, 'n')[0] ?? 0;
  const fromUs = numberColumn(range, 'low')[0] ?? 0;
  const toUs = (numberColumn(range, 'high')[0] ?? 0) + 1;
  if (events === 0) return null;
  const isCoarse = events > MOST_ENTRIES;
  const originUs = Math.floor(fromUs / SECOND_US) * SECOND_US;
  const finest = (toUs - originUs) / TICKS;
  const tickUs = isCoarse
    ? Math.ceil((toUs - originUs) / COARSE_BINS)
    : (UNITS_US.find((unit) => unit > finest) ?? Math.ceil(finest));
  const entries = `SELECT CAST(q.rank - 1 AS UINTEGER) AS actor,
      CAST((epoch_us(e.ts) - ${originUs}) // ${tickUs} AS UINTEGER) AS tick
    FROM events AS e JOIN queue AS q ON q.run_id = $1 AND q.actor_id = e.actor_id WHERE e.ts IS NOT NULL`;
  const sql = isCoarse
    ? `SELECT actor, tick, CAST(count(*) AS UINTEGER) AS n FROM (${entries}) AS t GROUP BY ALL ORDER BY actor, tick`
    : `${entries} ORDER BY actor, tick`;
  const start = new Uint32Array(actors + 1);
  const [owner, tick, weight] = await readUnsigned(connection, sql, [runId], isCoarse ? 3 : 2);
  for (const row of owner ?? []) start[row + 1] = (start[row + 1] ?? 0) + 1;
  for (let row = 0; row < actors; row++) start[row + 1] = (start[row + 1] ?? 0) + (start[row] ?? 0);
  return { fromUs, toUs, originUs, tickUs, start, tick: tick ?? new Uint32Array(0), weight: weight ?? null };
};

/** A result whose columns are all UINTEGER without NULL, chunk by chunk into typed arrays. */
const readUnsigned = (
  connection: DuckDBConnection,
  sql: string,
  parameters: string[],
  width: number,
): Promise<readonly Uint32Array[]> =>
  withDuckDBErrors('data.duckdb', async () => {
    const result = await streamResult(connection, sql, parameters);
    let columns = Array.from({ length: width }, () => new Uint32Array(1 << 16));
    let rows = 0;
    for (let chunk = await result.next(); chunk !== null; chunk = await result.next()) {
      const of = chunk;
      if (rows + of.rowCount > (columns[0]?.length ?? 0)) columns = columns.map(twice);
      columns.forEach((column, j) => {
        const vector = of.getColumnVector(j);
        const items = vectorItems(vector);
        if (items instanceof Uint32Array) column.set(items.subarray(0, of.rowCount), rows);
        else for (let i = 0; i < of.rowCount; i++) column[rows + i] = Number(vector.getItem(i));
      });
      rows += of.rowCount;
    }
    return columns.map((column) => column.slice(0, rows));
  });

const twice = (column: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> => {
  const larger = new Uint32Array(column.length * 2);
  larger.set(column);
  return larger;
};
