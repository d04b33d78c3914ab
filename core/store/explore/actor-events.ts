import type { DuckDBConnection, DuckDBValue } from '@duckdb/node-api';

import { BUCKET_PREFIX } from '../../ingest/schema.ts';
import { quoteName } from '../database.ts';
import { numberColumn, readColumns, textColumn, type Columns } from '../read-columns.ts';

export type EventChoice = {
  readonly actor: string;
  /** Milliseconds since 1970; `to` is left out of the page. */
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  readonly actions?: readonly string[] | undefined;
};

export type EventPage = EventChoice & {
  readonly offset: number;
  readonly limit: number;
};

/** Columns nobody reads: places and hashes; so are buckets. */
const HIDDEN = new Set(['seq', 'actor_id', 'text_signature', 'text_digest']);

/**
 * A page of an actor's events, oldest first, and how many there are in all. Columns that hold nothing of this actor are left
 * out. `ts` is in milliseconds since 1970.
 */
export const readActorEvents = async (
  connection: DuckDBConnection,
  page: EventPage,
): Promise<{ readonly total: number; readonly events: Columns }> => {
  const { where, values } = conditions(page);
  const listed = await readColumns(
    connection,
    "SELECT column_name FROM duckdb_columns() WHERE table_name = 'events' AND NOT internal ORDER BY column_index",
  );
  const names = textColumn(listed, 'column_name').flatMap((name) => name ?? []);
  const shown = names.filter((name) => !HIDDEN.has(name) && !name.startsWith(BUCKET_PREFIX));
  const counts = await readColumns(
    connection,
    `SELECT count(*) AS total, ${shown.map((name) => `count(${quoteName(name)}) AS ${quoteName(name)}`).join(', ')}
     FROM events WHERE ${where}`,
    values,
  );
  const total = numberColumn(counts, 'total')[0] ?? 0;
  const filled = shown.filter((name) => name === 'ts' || (numberColumn(counts, name)[0] ?? 0) > 0);
  const selected = filled.map((name) => (name === 'ts' ? 'epoch_us(ts) / 1e3 AS ts' : quoteName(name)));
  const events = await readColumns(
    connection,
    `SELECT ${selected.join(', ')} FROM events WHERE ${where} ORDER BY events.ts NULLS LAST, seq
     LIMIT ${page.limit} OFFSET ${page.offset}`,
    values,
  );
  return { total, events };
};

const conditions = (page: EventChoice): { readonly where: string; readonly values: DuckDBValue[] } => {
  const values: DuckDBValue[] = [page.actor];
  const parts = ['actor_id = $1'];
  const bound = (value: DuckDBValue): string => `$${values.push(value)}`;
  if (page.from !== undefined) parts.push(`events.ts >= make_timestamp(${bound(Math.ceil(page.from * 1000))}::BIGINT)`);
  if (page.to !== undefined) parts.push(`events.ts < make_timestamp(${bound(Math.ceil(page.to * 1000))}::BIGINT)`);
  if (page.actions !== undefined && page.actions.length > 0) {
    parts.push(`action IN (${page.actions.map(bound).join(', ')})`);
  }
  return { where: parts.join(' AND '), values };
};
