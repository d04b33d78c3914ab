import type { QueueRow } from './queue-rows.ts';

const COLUMNS: readonly (readonly [string, (row: QueueRow) => string | number | null])[] = [
  ['rank', (row) => row.rank],
  ['actor', (row) => row.actor],
  ['score', (row) => row.score],
  ['percentile', (row) => row.percentile],
  ['p_value', (row) => row.pValue],
  ['evidence', (row) => (row.isRanked ? 'ok' : 'insufficient')],
  ['events', (row) => row.events],
  ['first_seen', (row) => timeOf(row.firstSeen)],
  ['last_seen', (row) => timeOf(row.lastSeen)],
  ['verdict', (row) => row.verdict],
  ['kind', (row) => row.kind],
  ['reasons', (row) => row.reasons.map((reason) => `${reason.label} ${reason.shownValue}`).join('; ')],
];

/** Rows of the queue as CSV with a header (RFC 4180); a text that a spreadsheet would take for a formula begins with an apostrophe. */
export const queueCsv = (rows: readonly QueueRow[]): string =>
  [COLUMNS.map(([name]) => name), ...rows.map((row) => COLUMNS.map(([, valueOf]) => cellOf(valueOf(row))))]
    .map((line) => `${line.join(',')}\r\n`)
    .join('');

const cellOf = (value: string | number | null): string => {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const safe = /^[=+\-@\t\r\n]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

const timeOf = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());
