import { warning, type Validator } from './validator.ts';

/** A rule that has ended. */
export const expired: Validator = {
  code: 'expired',
  check: (rule, { day }) =>
    day !== null && rule.expires !== null && rule.expires <= day
      ? [warning('expires', 'The rule does not fire any more: this day is over.', 'Give it a later day, or retire it.')]
      : [],
};
