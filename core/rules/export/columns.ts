import { BUCKET_PREFIX, EVENT_COLUMNS, MEASURE_PREFIX } from '../../ingest/schema.ts';
import type { Condition, EventRule, Rule } from '../schema.ts';
import { comparisonsOf } from './filters.ts';

/** Event columns that a rule reads, each once, in the order in which they come. */
export const columnsOf = (rule: Rule): readonly string[] => {
  if (rule.over === 'actors') return [];
  const filters = [rule.where, ...rule.exclusions.map(({ where }) => where), ...rule.when.flatMap(filtersOf)];
  const named = rule.when.flatMap((condition) => ('column' in condition ? [condition.column] : []));
  const compared = filters.flatMap(comparisonsOf).map(({ column }) => column);
  return [...new Set([...rule.groupBy, ...compared, ...named])];
};

/** Features that a rule reads, each once. */
export const featuresOf = (rule: Rule): readonly string[] => {
  const conditions: readonly Condition[] =
    rule.over === 'actors' ? [...rule.when, ...rule.exclusions.flatMap(({ when }) => when)] : rule.when;
  return [...new Set(conditions.flatMap((condition) => ('feature' in condition ? [condition.feature] : [])))];
};

/** Filters inside a condition; null stands for all events. */
export const filtersOf = (condition: Condition): readonly EventRule['where'][] => {
  switch (condition.kind) {
    case 'count':
    case 'distinct':
    case 'sum':
    case 'firstSeen':
      return [condition.where];
    case 'ratio':
      return [condition.of, condition.among];
    case 'sequence':
      return condition.steps;
    case 'feature':
    case 'percentile':
      return [];
  }
};

/** Whether an event column holds numbers: by the event schema, or as a measure. */
export const isNumberColumn = (column: string): boolean => {
  const known = EVENT_COLUMNS.find(({ name }) => name === column);
  if (known !== undefined) return known.type === 'DOUBLE' || known.type === 'BIGINT';
  return column.startsWith(MEASURE_PREFIX) || column.startsWith(BUCKET_PREFIX);
};
