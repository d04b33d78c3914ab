import type { DuckDBValue } from '@duckdb/node-api';

import type { Filter } from '../release/schema.ts';
import { quoteName } from './database.ts';
import type { StoredColumn } from './release-columns.ts';

/** A condition in SQL; every value of the query is a bound parameter, and columns are names that exist. */
export type FilterSql = { readonly sql: string; readonly values: readonly DuckDBValue[] };

/**
 * Compiles a row condition. `columnOf` finds the column of a name and refuses those that may not be used. A comparison with
 * a missing value is false, so that its `not` is true: two values, never SQL's third.
 */
export const filterSql = (
  filter: Filter | undefined,
  columnOf: (name: string, value: 'text' | 'number') => StoredColumn,
): FilterSql => {
  const values: DuckDBValue[] = [];
  const bound = (value: string | number, column: StoredColumn): string => {
    const place = `$${values.push(value)}`;
    if (column.type === 'time') return `make_timestamp(${place}::BIGINT)`;
    return column.type === 'number' ? `${place}::DOUBLE` : `${place}::VARCHAR`;
  };
  const compile = (each: Filter): string => {
    if ('and' in each) return `(${each.and.map(compile).join(' AND ')})`;
    if ('or' in each) return `(${each.or.map(compile).join(' OR ')})`;
    if ('not' in each) return `(NOT ${compile(each.not)})`;
    const sample = each.op === 'in' ? each.values[0] : each.op === 'between' ? each.low : each.value;
    const column = columnOf(each.column, typeof sample === 'number' ? 'number' : 'text');
    const name = quoteName(column.sqlName);
    const condition = (): string => {
      if (each.op === 'in') return `${name} IN (${each.values.map((value) => bound(value, column)).join(', ')})`;
      if (each.op === 'between')
        return `${name} >= ${bound(each.low, column)} AND ${name} < ${bound(each.high, column)}`;
      return `${name} ${each.op} ${bound(each.value, column)}`;
    };
    return `coalesce(${condition()}, false)`;
  };
  return { sql: filter === undefined ? 'true' : compile(filter), values };
};
