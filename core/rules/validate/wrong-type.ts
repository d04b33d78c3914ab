import { shown } from '../text/hidden.ts';
import { namedColumns } from '../form/named-columns.ts';
import { error, type Validator } from './validator.ts';

/** A text where a number is needed, or the reverse. */
export const wrongType: Validator = {
  code: 'wrong-type',
  check: (rule, { vocabulary: { columns } }) =>
    namedColumns(rule).flatMap(({ path, column, needs }) => {
      const type = columns?.find(({ name }) => name === column)?.type;
      if (type === undefined || needs === 'any' || needs === type) return [];
      const hint =
        needs === 'text'
          ? 'Compare numbers without quotes, with =, <, <=, > or >=; add them with sum(…).'
          : 'Compare texts with = "…" or in ("…"); count them with distinct(…).';
      return [error(path, `Here a ${needs} column is needed, and ${shown(column)} holds ${type}s.`, hint)];
    }),
};
