import { requireColumn, type PlanOptions } from '../../ingest/index.ts';
import type { ImportOptions } from '../contract/import.ts';
import { NightjarError } from '../errors.ts';

/** The options of the boundary as the import takes them. Errors: `usage` for a column that cannot be, or is mapped twice. */
export const planOptions = ({ preset, map, policy, timeZone, year }: ImportOptions): PlanOptions => {
  const columns = (map ?? []).map(({ column }) => column);
  for (const [i, column] of columns.entries()) {
    requireColumn(column);
    if (columns.indexOf(column) === i) continue;
    throw new NightjarError('usage', `The column ${column} is mapped twice.`, {
      where: column,
      next: 'Give it one field, or several that are joined.',
    });
  }
  return {
    ...(preset === undefined ? {} : { preset }),
    ...(map === undefined || map.length === 0 ? {} : { map }),
    ...(policy === undefined ? {} : { policy }),
    ...(timeZone === undefined ? {} : { timeZone }),
    ...(year === undefined ? {} : { year }),
  };
};
