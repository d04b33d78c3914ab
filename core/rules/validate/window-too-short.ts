import { error, type Validator } from './validator.ts';

/** The steps of a sequence are at different times: one moment cannot hold two of them. */
export const windowTooShort: Validator = {
  code: 'window-too-short',
  check: (rule) => {
    if (rule.over === 'actors' || rule.window.kind !== 'event') return [];
    return rule.when.flatMap((condition, i) =>
      condition.kind === 'sequence'
        ? [error(`when.${i}`, 'The steps of a sequence cannot be at one moment.', 'Add a line like in any 1 hour.')]
        : [],
    );
  },
};
