import type { DuckDBConnection } from '@duckdb/node-api';

import { numberColumn, readColumns, textColumn } from '../read-columns.ts';

/** One imported file, as the case remembers it. */
export type ImportListing = {
  readonly name: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly rows: number;
  readonly stored: number;
  readonly quarantined: number;
  readonly format: string;
  /** Milliseconds since 1970. */
  readonly importedAt: number;
  /** JSON: event column → source fields. */
  readonly mapping: string;
  /** JSON: sentences. */
  readonly warnings: string;
};

/** The files imported so far, in the order of their import. */
export const listImports = async (connection: DuckDBConnection): Promise<readonly ImportListing[]> => {
  const read = await readColumns(
    connection,
    `SELECT name, sha256, bytes, rows_read, stored, quarantined, format, imported_at, mapping, warnings
     FROM imports ORDER BY ordinal`,
  );
  const text = (name: string, i: number): string => textColumn(read, name)[i] ?? '';
  const number = (name: string, i: number): number => numberColumn(read, name)[i] ?? 0;
  return Array.from({ length: read.rows }, (_, i) => ({
    name: text('name', i),
    sha256: text('sha256', i),
    bytes: number('bytes', i),
    rows: number('rows_read', i),
    stored: number('stored', i),
    quarantined: number('quarantined', i),
    format: text('format', i),
    importedAt: number('imported_at', i) / 1000,
    mapping: text('mapping', i),
    warnings: text('warnings', i),
  }));
};

export type QuarantinedRow = {
  readonly file: string;
  readonly line: number;
  readonly reason: string;
  readonly column: string | null;
};

/** A page of the records that could not be read, in the order of the files, and how many there are for each reason. */
export const listQuarantine = async (
  connection: DuckDBConnection,
  page?: { readonly offset: number; readonly limit: number },
): Promise<{
  readonly total: number;
  readonly reasons: readonly { readonly reason: string; readonly count: number }[];
  readonly rows: readonly QuarantinedRow[];
}> => {
  const counted = await readColumns(
    connection,
    'SELECT reason, count(*) AS n FROM quarantine GROUP BY reason ORDER BY n DESC, reason',
  );
  const counts = numberColumn(counted, 'n');
  const limit = page === undefined ? '' : `LIMIT ${page.limit} OFFSET ${page.offset}`;
  const read = await readColumns(
    connection,
    `SELECT q.dataset, q.line, q.reason, q.column_name FROM quarantine AS q
     LEFT JOIN (SELECT batch_id, min(ordinal) AS first FROM imports GROUP BY batch_id) AS i USING (batch_id)
     ORDER BY i.first, q.dataset, q.line, q.column_name ${limit}`,
  );
  const columns = textColumn(read, 'column_name');
  const lines = numberColumn(read, 'line');
  const reasons = textColumn(read, 'reason');
  return {
    total: counts.reduce((sum, n) => sum + n, 0),
    reasons: textColumn(counted, 'reason').map((reason, i) => ({ reason: reason ?? '', count: counts[i] ?? 0 })),
    rows: textColumn(read, 'dataset').map((file, i) => ({
      file: file ?? '',
      line: lines[i] ?? 0,
      reason: reasons[i] ?? '',
      column: columns[i] ?? null,
    })),
  };
};
