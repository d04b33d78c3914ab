import { conditionsOf } from '../form/filters-of.ts';
import { shown } from '../text/hidden.ts';
import { didYouMean } from '../text/near.ts';
import { error, type Validator } from './validator.ts';

/** A feature that the table of actors does not have: the condition would be false of everybody. */
export const unknownFeature: Validator = {
  code: 'unknown-feature',
  check: (rule, { vocabulary: { features } }) =>
    conditionsOf(rule).flatMap(({ path, condition }) => {
      if (features === undefined || !('feature' in condition)) return [];
      const names = features.map(({ name }) => name);
      if (names.includes(condition.feature)) return [];
      const hint = didYouMean(condition.feature, names, 'The features of a case are listed in docs/features.md.');
      return [error(`${path}.feature`, `There is no feature ${shown(condition.feature)} here.`, hint)];
    }),
};
