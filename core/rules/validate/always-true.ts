import { conditionsOf } from '../form/filters-of.ts';
import { measureOf } from './measure.ts';
import { holds } from './range.ts';
import { warning, type Validator } from './validator.ts';

/** A condition that every window meets, or every actor with a value. */
export const alwaysTrue: Validator = {
  code: 'always-true',
  check: (rule, { vocabulary }) =>
    conditionsOf(rule).flatMap(({ path, condition }) => {
      const measure = measureOf(condition, rule, vocabulary);
      if (measure === undefined || !holds(measure.held, measure.possible)) return [];
      if (condition.kind === 'feature' || condition.kind === 'percentile') {
        const hint = 'Move the threshold; to ask only whether there is a value, percentile(…) >= 0 says it.';
        const asksForValue = condition.kind === 'percentile' && condition.op === '>=' && condition.value === 0;
        return asksForValue ? [] : [warning(path, 'This holds for every actor with a value.', hint)];
      }
      if (condition.kind === 'ratio' && condition.among !== null) {
        return [warning(path, 'This holds wherever there is an event to take the share of.', 'Move the threshold.')];
      }
      return [warning(path, 'This always holds.', 'Remove it, or move the threshold.')];
    }),
};
