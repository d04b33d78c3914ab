import { NightjarError } from '../../api/errors.ts';
import type { Matrix } from '../../table/table.ts';

/** Throws `usage` when the matrix has another number of columns than the model. */
export const requireWidth = (model: { readonly names: readonly string[] }, { columns }: Matrix): void => {
  if (columns === model.names.length) return;
  throw new NightjarError('usage', 'The table does not have the features of the model.', {
    where: `${columns} instead of ${model.names.length} features`,
    next: 'Score with the features the model was fitted on, in the same order.',
  });
};
