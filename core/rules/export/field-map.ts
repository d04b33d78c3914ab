import { EVENT_COLUMNS } from '../../ingest/schema.ts';
import type { ExportOptions } from './exporter.ts';

/** Name of an event column in the target: the one given, else its ECS name where it has one, else its own. */
export const ecsFieldOf = (column: string, options: Pick<ExportOptions, 'fields'>): string =>
  options.fields.get(column) ?? EVENT_COLUMNS.find(({ name }) => name === column)?.ecs ?? column;

/** Name of an event column in the target: the one given, else its own. */
export const ownFieldOf = (column: string, options: Pick<ExportOptions, 'fields'>): string =>
  options.fields.get(column) ?? column;

/** What a column holds, in words. */
export const meaningOf = (column: string): string => {
  const known = EVENT_COLUMNS.find(({ name }) => name === column);
  if (known !== undefined) return known.meaning;
  if (column.startsWith('m_')) return 'a number of the log that has no place of its own';
  if (column.startsWith('c_')) return 'a category of the log that has no place of its own';
  return 'a keyed bucket of an identifier of the log';
};
