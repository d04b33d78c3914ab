import { NightjarError } from '../../api/errors.ts';
import type { Matrix } from '../../table/table.ts';
import { makePace } from '../pace.ts';
import type { Run } from '../schema.ts';
import { chooseBackend } from './backend.ts';
import type { Autoencoder } from './fit.ts';
import { createNetwork } from './network.ts';
import { prepareCells } from './prepare.ts';

/** Rows given to the network at a time; fixed, because it may decide the last bit of a product. */
const CHUNK_ROWS = 2048;

/**
 * Reconstruction error of each row: the mean over its observed cells of the absolute residual, each
 * in units of its column's ordinary residual, so that neither a column nor a cell rules; squares
 * rank no better (test/bench/adbench.ts). A row without any observed cell scores 0. Higher is odder.
 */
export const scoreAutoencoder = async (model: Autoencoder, matrix: Matrix, run: Run = {}): Promise<Float64Array> => {
  const scores = new Float64Array(matrix.rows);
  await forEachChunk(model, matrix, run, (errors, from) => {
    for (let at = 0; at < errors.length; at++) {
      const row = from + Math.floor(at / matrix.columns);
      scores[row] = (scores[row] ?? 0) + (errors[at] ?? 0);
    }
  });
  return scores;
};

/** What each cell adds to its row's score: rows × columns, row by row. */
export const attributeAutoencoder = async (
  model: Autoencoder,
  matrix: Matrix,
  run: Run = {},
): Promise<Float64Array> => {
  const cells = new Float64Array(matrix.rows * matrix.columns);
  await forEachChunk(model, matrix, run, (errors, from) => cells.set(errors, from * matrix.columns));
  return cells;
};

const forEachChunk = async (
  model: Autoencoder,
  matrix: Matrix,
  run: Run,
  take: (errors: Float64Array, from: number) => void,
): Promise<void> => {
  if (matrix.columns !== model.names.length) {
    throw new NightjarError('usage', 'The table does not have the features of the model.', {
      where: `${matrix.columns} instead of ${model.names.length} features`,
      next: 'Score with the features the model was fitted on, in the same order.',
    });
  }
  const { tf } = await chooseBackend(model.backend.name);
  const network = createNetwork(tf, model.sizes, model.weights);
  const pace = makePace(run);
  try {
    for (let from = 0; from < matrix.rows; from += CHUNK_ROWS) {
      const count = Math.min(CHUNK_ROWS, matrix.rows - from);
      const { x, mask } = prepareCells(matrix, count, (k) => from + k);
      take(cellErrors(model, x, mask, network.reconstruct(x)), from);
      const done = from + count;
      run.onProgress?.({ stage: 'autoencoder', done, total: matrix.rows, unit: 'rows' });
      await pace();
    }
  } finally {
    network.dispose();
  }
};

const cellErrors = (model: Autoencoder, x: Float32Array, mask: Float32Array, made: Float32Array): Float64Array => {
  const columns = model.names.length;
  const errors = new Float64Array(x.length);
  for (let from = 0; from < x.length; from += columns) {
    let observed = 0;
    for (let j = 0; j < columns; j++) observed += mask[from + j] ?? 0;
    if (observed === 0) continue;
    for (let j = 0; j < columns; j++) {
      const residual = ((made[from + j] ?? 0) - (x[from + j] ?? 0)) * (mask[from + j] ?? 0);
      errors[from + j] = Math.abs(residual) / (model.residualScale[j] ?? 1) / observed;
    }
  }
  return errors;
};
