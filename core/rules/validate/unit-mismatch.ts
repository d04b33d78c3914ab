import { conditionsOf } from '../form/filters-of.ts';
import { quoted } from '../text/hidden.ts';
import { error, warning, type Validator } from './validator.ts';

/** A threshold in another unit than the feature's own, or in none that is said. */
export const unitMismatch: Validator = {
  code: 'unit-mismatch',
  check: (rule, { vocabulary: { features } }) =>
    conditionsOf(rule).flatMap(({ path, condition }) => {
      if (condition.kind !== 'feature') return [];
      const unit = features?.find(({ name }) => name === condition.feature)?.unit;
      if (unit === undefined || unit === condition.unit) return [];
      const hint = `Write ${quoted(unit)} behind the number, which is in that unit.`;
      if (condition.unit === '') return [warning(`${path}.value`, 'The number has no unit.', hint)];
      return [error(`${path}.unit`, `The feature is in ${quoted(unit)}.`, hint)];
    }),
};
