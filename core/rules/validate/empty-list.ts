import { filtersOf, nodesOf } from '../form/filters-of.ts';
import { error, type Validator } from './validator.ts';

/** `in ()`: nothing is in it. */
export const emptyList: Validator = {
  code: 'empty-list',
  check: (rule) =>
    filtersOf(rule)
      .flatMap(nodesOf)
      .flatMap(({ path, filter }) =>
        'op' in filter && filter.op === 'in' && filter.values.length === 0
          ? [error(path, 'No value is in an empty list.', 'Write in ("…", "…"), or is present.')]
          : [],
      ),
};
