import type { DuckDBConnection } from '@duckdb/node-api';

import { numberColumn, readColumns } from '../read-columns.ts';

/** A case in numbers. Times are milliseconds since 1970. */
export type CaseFacts = {
  readonly files: number;
  readonly events: number;
  readonly actors: number;
  readonly quarantined: number;
  readonly span: { readonly from: number; readonly to: number } | null;
  readonly isRanked: boolean;
  readonly decisions: number;
};

/** Counts what a case holds. A case that only holds a ready table counts its entities as actors. */
export const readCaseFacts = async (connection: DuckDBConnection): Promise<CaseFacts> => {
  const read = await readColumns(
    connection,
    `SELECT (SELECT count(*) FROM imports) AS files, (SELECT count(*) FROM events) AS events,
      (SELECT count(DISTINCT actor_id) FROM events) AS actors,
      (SELECT count(*) FROM queue WHERE run_id = (SELECT run_id FROM runs WHERE kind = 'detect' ORDER BY ordinal DESC LIMIT 1)) AS queued,
      (SELECT coalesce(sum(quarantined), 0) FROM imports) AS quarantined,
      (SELECT min(ts) FROM events) AS low, (SELECT max(ts) FROM events) AS high,
      (SELECT count(*) FROM runs WHERE kind = 'detect') AS runs, (SELECT count(*) FROM decisions) AS decisions`,
  );
  const value = (name: string): number => numberColumn(read, name)[0] ?? 0;
  const events = value('events');
  return {
    files: value('files'),
    events,
    actors: events > 0 ? value('actors') : value('queued'),
    quarantined: value('quarantined'),
    span: Number.isFinite(value('low')) ? { from: value('low') / 1000, to: value('high') / 1000 } : null,
    isRanked: value('runs') > 0,
    decisions: value('decisions'),
  };
};
