import { NightjarError } from '../../api/errors.ts';
import type { Matrix } from '../../table/table.ts';
import { makePace } from '../pace.ts';
import type { Run } from '../schema.ts';
import { chooseBackend } from './backend.ts';
import type { Autoencoder } from './fit.ts';
import type { Network } from './network.ts';
import { prepareCells, type Cells } from './prepare.ts';

/** Rows given to the networks at a time; fixed, because it may decide the last bit of a product. */
const CHUNK_ROWS = 1024;

/**
 * Reconstruction error of each row: the mean over the networks and the row's observed cells of the absolute residual, each
 * in units of its column's ordinary residual, so that neither a column nor a cell rules. A row without any observed cell
 * scores 0. Higher is odder. Throws `usage` for a table of another width, `cancelled`.
 */
export const scoreAutoencoder = async (model: Autoencoder, matrix: Matrix, run: Run = {}): Promise<Float64Array> => {
  const scores = new Float64Array(matrix.rows);
  await forEachChunk(model, matrix, run, (cells, made, from) => {
    const errors = cellErrors(model, cells, made);
    for (let at = 0; at < errors.length; at++) {
      const row = from + Math.floor(at / matrix.columns);
      scores[row] = (scores[row] ?? 0) + (errors[at] ?? 0);
    }
  });
  return scores;
};

/** What each cell adds to its row's score: rows × columns, row by row. Errors as `scoreAutoencoder`. */
export const attributeAutoencoder = async (
  model: Autoencoder,
  matrix: Matrix,
  run: Run = {},
): Promise<Float64Array> => {
  const added = new Float64Array(matrix.rows * matrix.columns);
  await forEachChunk(model, matrix, run, (cells, made, from) => {
    added.set(cellErrors(model, cells, made), from * matrix.columns);
  });
  return added;
};

/**
 * What the networks on average make of each cell from the whole row, in the matrix's scale: rows × columns, row by row.
 * Errors as `scoreAutoencoder`.
 */
export const expectedAutoencoder = async (model: Autoencoder, matrix: Matrix, run: Run = {}): Promise<Float64Array> => {
  const expected = new Float64Array(matrix.rows * matrix.columns);
  await forEachChunk(model, matrix, run, (_, made, from) => {
    for (const values of made) {
      values.forEach((value, i) => {
        const at = from * matrix.columns + i;
        expected[at] = (expected[at] ?? 0) + value / made.length;
      });
    }
  });
  return expected;
};

/** Calls with the cells of each chunk of rows, what each network makes of them, and the first row. */
const forEachChunk = async (
  model: Autoencoder,
  matrix: Matrix,
  run: Run,
  take: (cells: Cells, made: readonly Float32Array[], from: number) => void,
): Promise<void> => {
  if (matrix.columns !== model.names.length) {
    throw new NightjarError('usage', 'The table does not have the features of the model.', {
      where: `${matrix.columns} instead of ${model.names.length} features`,
      next: 'Score with the features the model was fitted on, in the same order.',
    });
  }
  const pace = makePace(run);
  const { networks, release } = await networksOf(model, matrix.rows);
  try {
    for (let from = 0; from < matrix.rows; from += CHUNK_ROWS) {
      const count = Math.min(CHUNK_ROWS, matrix.rows - from);
      const cells = prepareCells(matrix, count, (k) => from + k);
      const made: Float32Array[] = [];
      for (const network of networks) {
        made.push(network.reconstruct(cells.x));
        await pace();
      }
      take(cells, made, from);
      run.onProgress?.({ stage: 'autoencoder', done: from + count, total: matrix.rows, unit: 'rows' });
      await pace();
    }
  } finally {
    release();
  }
};

/** Rows up to which a call is small: explanations ask for few rows many times, and making networks costs most of it. */
const SMALL_ROWS = 1024;
const kept = new WeakMap<Autoencoder, readonly Network[]>();

/** The networks of a model for so many rows; those of our own kernel for small calls are kept as long as the model. */
const networksOf = async (
  model: Autoencoder,
  rows: number,
): Promise<{ readonly networks: readonly Network[]; readonly release: () => void }> => {
  const isSmall = rows <= SMALL_ROWS && model.backend.name === 'simd';
  const known = isSmall ? kept.get(model) : undefined;
  if (known !== undefined) return { networks: known, release: () => undefined };
  const { createNetwork } = await chooseBackend(model.backend.name);
  const most = isSmall ? SMALL_ROWS : rows;
  const networks = model.members.map(({ weights }) => createNetwork(model.sizes, weights, most));
  if (isSmall) kept.set(model, networks);
  const release = (): void => {
    if (!isSmall) for (const network of networks) network.dispose();
  };
  return { networks, release };
};

const cellErrors = (model: Autoencoder, { x, mask }: Cells, made: readonly Float32Array[]): Float64Array => {
  const columns = model.names.length;
  const errors = new Float64Array(x.length);
  model.members.forEach(({ residualScale }, k) => {
    const values = made[k] ?? x;
    for (let at = 0, j = 0; at < x.length; at++, j = j + 1 === columns ? 0 : j + 1) {
      // The indices are in range: this loop is most of the cost of scoring.
      errors[at]! += Math.abs(values[at]! - x[at]!) / residualScale[j]!;
    }
  });
  for (let from = 0; from < x.length; from += columns) {
    let observed = 0;
    for (let at = from; at < from + columns; at++) observed += mask[at]!;
    const share = observed === 0 ? 0 : 1 / (observed * made.length);
    for (let at = from; at < from + columns; at++) errors[at]! *= mask[at]! * share;
  }
  return errors;
};
