import { BUCKET_PREFIX } from '../../ingest/schema.ts';
import { conditionsOf, filtersOf, nodesOf } from './filters-of.ts';
import type { Rule } from '../schema.ts';

export type NamedColumn = {
  readonly path: string;
  readonly column: string;
  /** What the place needs; `any` where both will do. */
  readonly needs: 'text' | 'number' | 'any';
};

/** Every place of a rule that names an event column. */
export const namedColumns = (rule: Rule): readonly NamedColumn[] => [
  ...(rule.over === 'events' ? rule.groupBy.map((column, i) => labelled(`groupBy.${i}`, column)) : []),
  ...conditionsOf(rule).flatMap(({ path, condition }) => {
    const at = `${path}.column`;
    if (condition.kind === 'distinct' || condition.kind === 'firstSeen') return [labelled(at, condition.column)];
    return condition.kind === 'sum' ? [named(at, condition.column, 'number')] : [];
  }),
  ...filtersOf(rule)
    .flatMap(nodesOf)
    .flatMap(({ path, filter }) => {
      if (!('column' in filter)) return [];
      const at = `${path}.column`;
      if (filter.op === 'present') return [named(at, filter.column, 'any')];
      const needs = filter.op === 'in' || ('value' in filter && typeof filter.value === 'string') ? 'text' : 'number';
      return [named(at, filter.column, needs)];
    }),
];

/** Texts; also keyed buckets, which are numbers that stand for texts. */
const labelled = (path: string, column: string): NamedColumn =>
  named(path, column, column.startsWith(BUCKET_PREFIX) ? 'any' : 'text');

const named = (path: string, column: string, needs: NamedColumn['needs']): NamedColumn => ({ path, column, needs });
