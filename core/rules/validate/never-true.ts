import { conditionsOf } from '../form/filters-of.ts';
import type { Condition } from '../schema.ts';
import { isWhole, measureOf } from './measure.ts';
import { intersected, isEmpty } from './range.ts';
import { error, type Validator } from './validator.ts';

/** A condition that no window and no actor can meet. */
export const neverTrue: Validator = {
  code: 'never-true',
  check: (rule, { vocabulary }) =>
    conditionsOf(rule).flatMap(({ path, condition }) => {
      const measure = measureOf(condition, rule, vocabulary);
      if (measure === undefined || !isEmpty(intersected(measure.held, measure.possible))) return [];
      // A threshold between two whole numbers has a validator of its own.
      if (isWhole(condition) && isEmpty(measure.held)) return [];
      return [error(path, 'This can never hold.', reasonOf(condition))];
    }),
};

const reasonOf = ({ kind, ...rest }: Condition): string => {
  if (kind === 'percentile') return 'A percentile lies between 0 and 100, and below 100: nobody is above oneself.';
  if (kind === 'ratio' || kind === 'feature') return 'A share lies between 0 and 1.';
  const isAboveZero = 'value' in rest && rest.value > 0;
  if (kind === 'count' && isAboveZero)
    return 'A window is looked at only where it has an event: there is at least one.';
  if (kind === 'distinct' && isAboveZero) return 'A group has one value of each column that it is made of.';
  return 'Counts are never below 0.';
};
