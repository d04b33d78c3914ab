import { conditionsOf } from '../form/filters-of.ts';
import { error, type Validator } from './validator.ts';

/** Events and values are counted in whole numbers; sums in steps, which the threshold must be a number of. */
export const wholeThreshold: Validator = {
  code: 'whole-threshold',
  check: (rule) =>
    conditionsOf(rule).flatMap(({ path, condition }) => {
      if (condition.kind === 'count' || condition.kind === 'distinct' || condition.kind === 'firstSeen') {
        if (Number.isInteger(condition.value)) return [];
        const hint = `Write ${Math.floor(condition.value)} or ${Math.ceil(condition.value)}.`;
        return [error(`${path}.value`, 'Events and values are counted in whole numbers.', hint)];
      }
      if (condition.kind !== 'sum') return [];
      const { value, decimals } = condition;
      if (Number(value.toFixed(decimals)) === value || Math.abs(value) >= 1e21) return [];
      const hint = `Write ${value.toFixed(decimals)}, or add up to more decimals.`;
      return [error(`${path}.value`, `The sum is exact to ${decimals} decimals, and this is finer.`, hint)];
    }),
};
