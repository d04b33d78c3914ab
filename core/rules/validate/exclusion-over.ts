import { warning, type Validator } from './validator.ts';

/** An exclusion that has ended. */
export const exclusionOver: Validator = {
  code: 'exclusion-over',
  check: (rule, { day }) =>
    rule.exclusions.flatMap(({ ends }, i) =>
      day !== null && ends <= day
        ? [warning(`exclusions.${i}.ends`, 'This excludes nothing any more.', 'Remove it, or give it a later day.')]
        : [],
    ),
};
