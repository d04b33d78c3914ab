import { error, type Validator } from './validator.ts';

/** A column that groups are made of twice. */
export const groupTwice: Validator = {
  code: 'group-twice',
  check: (rule) =>
    rule.over === 'actors'
      ? []
      : rule.groupBy.flatMap((column, i) =>
          rule.groupBy.indexOf(column) < i
            ? [error(`groupBy.${i}`, 'Groups are made of this column already.', 'Write each column once.')]
            : [],
        ),
};
