import { error, type Validator } from './validator.ts';

/** Two rules of one name: hits, versions and exports could not be told apart. */
export const duplicateId: Validator = {
  code: 'duplicate-id',
  check: (rule, { before }) =>
    before.some(({ id }) => id === rule.id)
      ? [error('id', `There is another rule ${rule.id} above.`, 'Give one of them another name.')]
      : [],
};
