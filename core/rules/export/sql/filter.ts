import type { Comparison, EventFilter } from '../../schema.ts';
import { typeOfColumn, valueSql, type EventSource } from './event-source.ts';
import type { SqlDialect } from './dialect.ts';

/**
 * The filter as a SQL condition that is TRUE exactly where it holds; elsewhere FALSE or NULL. That is enough under AND, OR,
 * WHERE and CASE; only `not` tells FALSE from NULL, and makes one of both first.
 */
export const filterSql = (filter: EventFilter, source: EventSource): string => {
  if ('all' in filter) return joined(filter.all, 'AND', source);
  if ('any' in filter) return joined(filter.any, 'OR', source);
  if ('not' in filter) return notTrue(filterSql(filter.not, source));
  const { dialect } = source;
  const column = source.column(filter.column);
  const type = typeOfColumn(filter.column);
  if (filter.op === 'present') return `${valueSql(filter.column, source)} IS NOT NULL`;
  if (filter.op === 'in') {
    return type === 'number' || filter.values.length === 0
      ? NEVER
      : `${column} IN (${filter.values.map((value) => dialect.text(value)).join(', ')})`;
  }
  if (typeof filter.value === 'string') {
    return type === 'number' ? NEVER : `${column} = ${dialect.text(filter.value)}`;
  }
  return type === 'text' ? NEVER : `${dialect.toNumber(column)} ${filter.op} ${dialect.number(filter.value)}`;
};

/** TRUE where the condition is not TRUE, else FALSE. */
export const notTrue = (condition: string): string => `NOT COALESCE(${condition}, FALSE)`;

const ALWAYS = '1 = 1';
export const NEVER = '1 = 0';

/** 1 where the filter holds, else 0; 1 everywhere without one. */
export const flag = (filter: EventFilter | null, source: EventSource): string =>
  filter === null ? '1' : `CASE WHEN ${filterSql(filter, source)} THEN 1 ELSE 0 END`;

const joined = (filters: readonly EventFilter[], word: 'AND' | 'OR', source: EventSource): string => {
  if (filters.length === 0) return word === 'AND' ? ALWAYS : NEVER;
  return `(${filters.map((filter) => filterSql(filter, source)).join(` ${word} `)})`;
};

/** A whole number compared with a threshold. */
export const compareWhole = (x: string, op: Comparison, value: number, dialect: SqlDialect): string =>
  Number.isSafeInteger(value) ? `${x} ${op} ${value}` : `${dialect.toDouble(x)} ${op} ${dialect.number(value)}`;
