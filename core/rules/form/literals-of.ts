import type { Rule } from '../schema.ts';
import { filtersOf, nodesOf } from './filters-of.ts';

export type Literal = { readonly path: string; readonly column: string; readonly value: string | number };

/** Every value that a rule compares a column of events with. */
export const literalsOf = (rule: Rule): readonly Literal[] =>
  filtersOf(rule)
    .flatMap(nodesOf)
    .flatMap(({ path, filter }): readonly Literal[] => {
      if (!('column' in filter) || filter.op === 'present') return [];
      const { column } = filter;
      if (filter.op !== 'in') return [{ path: `${path}.value`, column, value: filter.value }];
      return filter.values.map((value, i) => ({ path: `${path}.values.${i}`, column, value }));
    });
