import { NightjarError } from '../api/errors.ts';
import type { Matrix } from '../table/table.ts';

/** Throws `input` for a matrix without rows or columns, and for one with more than `mostColumns`. */
export const requireContent = ({ rows, columns }: Matrix, mostColumns = Infinity): void => {
  if (rows === 0 || columns === 0) {
    throw new NightjarError('input', 'There is nothing to learn from: the table is empty.', {
      next: 'Give at least one actor and one feature that varies.',
    });
  }
  if (columns > mostColumns) {
    throw new NightjarError('input', `The table has more than ${mostColumns} features.`, {
      next: 'Leave some columns out.',
    });
  }
};
