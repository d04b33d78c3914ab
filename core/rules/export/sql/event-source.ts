import { BUCKET_PREFIX, CATEGORY_PREFIX, EVENT_COLUMNS, MEASURE_PREFIX } from '../../../ingest/schema.ts';
import type { SqlDialect } from './dialect.ts';

/** Where a query reads the columns of an event. */
export type EventSource = { readonly dialect: SqlDialect; readonly column: (name: string) => string };

/** What an event column holds by its name; undefined for names that are none of ours: the rule knows. */
export const typeOfColumn = (name: string): 'text' | 'number' | undefined => {
  const type = EVENT_COLUMNS.find((column) => column.name === name)?.type;
  if (type !== undefined) return type === 'VARCHAR' ? 'text' : 'number';
  if (name.startsWith(MEASURE_PREFIX) || name.startsWith(BUCKET_PREFIX)) return 'number';
  return name.startsWith(CATEGORY_PREFIX) ? 'text' : undefined;
};

/** A value that is only told from others: NULL where it is missing. */
export const valueSql = (name: string, { dialect, column }: EventSource): string => {
  const type = EVENT_COLUMNS.find((c) => c.name === name)?.type;
  const isDouble = type === 'DOUBLE' || name.startsWith(MEASURE_PREFIX);
  return isDouble ? dialect.toNumber(column(name)) : column(name);
};
