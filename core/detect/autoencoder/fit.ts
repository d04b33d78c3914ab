import { NightjarError } from '../../api/errors.ts';
import { quantileOfSorted } from '../../math/quantile.ts';
import type { Random } from '../../random/random.ts';
import type { Matrix } from '../../table/table.ts';
import { makePace } from '../pace.ts';
import type { Backend, Run } from '../schema.ts';
import { chooseBackend } from './backend.ts';
import { createNetwork, initialWeights, type Network } from './network.ts';
import { prepareCells, type Cells } from './prepare.ts';

export type Autoencoder = {
  readonly names: readonly string[];
  readonly sizes: readonly number[];
  readonly weights: Float32Array;
  /** Per column the size of an ordinary residual: what an error is measured in. */
  readonly residualScale: Float64Array;
  readonly backend: Backend;
};

/** Rows trained on; a bottleneck of few units learns no more from further ones. */
const MAX_ROWS = 20_000;
/** Bounds the cost whatever the table. */
const MAX_STEPS = 1500;
const MAX_EPOCHS = 100;
/** Epochs without a better held-out loss after which training stops. */
const PATIENCE = 6;
const BATCH_ROWS = 256;
const HELD_OUT_SHARE = 0.1;
/** Rows of a batch that may be abuse: those with the largest error teach nothing. */
const TRIMMED_SHARE = 0.1;
const LEARNING_RATE = 0.005;
/** Smallest residual that counts, in robust standard deviations: copying exactly is no feat. */
const RESIDUAL_FLOOR = 0.05;

/** Layers from the width: d → d/2 → d/4 → d/2 → d, at most 64 and 16 units inside. */
export const layerSizes = (columns: number): number[] => {
  const outer = Math.min(64, Math.max(2, Math.ceil(columns / 2)));
  const inner = Math.min(16, Math.max(1, Math.ceil(columns / 4)));
  return [columns, outer, inner, outer, columns];
};

/**
 * An autoencoder fitted to at most 20,000 rows drawn by `random`, which also makes its weights and
 * the order of rows: the same seed gives the same model on one backend. The rows of each batch with
 * the largest errors are left out of the step (least trimmed squares, Rousseeuw 1984, by batch), so
 * that abuse among the rows is not learned; training stops early on held-out rows.
 */
export const fitAutoencoder = async (matrix: Matrix, random: Random, run: Run = {}): Promise<Autoencoder> => {
  if (matrix.rows === 0 || matrix.columns === 0) {
    throw new NightjarError('input', 'There is nothing to learn from: the table is empty.', {
      next: 'Give at least one actor and one feature that varies.',
    });
  }
  const { tf, ...backend } = await chooseBackend(run.backend);
  const sizes = layerSizes(matrix.columns);
  const rows = shuffled(matrix.rows, random.fork('rows')).subarray(0, MAX_ROWS);
  const heldOut = rows.length < 40 ? 0 : Math.floor(rows.length * HELD_OUT_SHARE);
  const held = rows.subarray(0, heldOut || rows.length);
  const network = createNetwork(tf, sizes, initialWeights(sizes, random.fork('weights')));
  try {
    const weights = await train(network, matrix, rows.subarray(heldOut), held, random, run);
    const best = createNetwork(tf, sizes, weights);
    try {
      const residualScale = await residualScales(best, prepare(matrix, rows), matrix.columns, makePace(run));
      return { names: matrix.names, sizes, weights, residualScale, backend };
    } finally {
      best.dispose();
    }
  } finally {
    network.dispose();
  }
};

const train = async (
  network: Network,
  matrix: Matrix,
  rows: Uint32Array,
  held: Uint32Array,
  random: Random,
  run: Run,
): Promise<Float32Array> => {
  const batch = Math.min(BATCH_ROWS, 2 ** Math.max(3, Math.floor(Math.log2(rows.length / 8))));
  const batches = Math.max(1, Math.floor(rows.length / batch));
  const epochs = Math.min(MAX_EPOCHS, Math.max(1, Math.round(MAX_STEPS / batches)));
  const heldCells = prepare(matrix, held);
  const pace = makePace(run);
  let best = network.weights();
  let bestLoss = trimmedLoss(network, heldCells, held.length);
  let waited = 0;
  for (let epoch = 0; epoch < epochs && waited < PATIENCE; epoch++) {
    const order = shuffled(rows.length, random.fork(`epoch ${epoch}`));
    // Cosine decay (Loshchilov & Hutter 2017, eq. 5), to settle within the bounded steps.
    const rate = LEARNING_RATE * (0.05 + 0.475 * (1 + Math.cos((Math.PI * epoch) / epochs)));
    for (let b = 0; b < batches; b++) {
      const count = Math.min(batch, rows.length - b * batch);
      const at = (k: number): number => rows[order[b * batch + k] ?? 0] ?? 0;
      const { x, mask } = prepareCells(matrix, count, at);
      network.step(x, mask, Math.max(1, Math.round(count * (1 - TRIMMED_SHARE))), rate);
      await pace();
    }
    const loss = trimmedLoss(network, heldCells, held.length);
    if (loss < bestLoss * 0.999) {
      bestLoss = loss;
      best = network.weights();
      waited = 0;
    } else waited++;
    run.onProgress?.({ stage: 'autoencoder', done: epoch + 1, total: epochs, unit: 'epochs' });
  }
  return best;
};

const prepare = (matrix: Matrix, rows: Uint32Array): Cells => prepareCells(matrix, rows.length, (k) => rows[k] ?? 0);

/** Mean squared error of the rows but those with the largest, as in training. */
const trimmedLoss = (network: Network, cells: Cells, rows: number): number => {
  const made = network.reconstruct(cells.x);
  const columns = made.length / rows;
  const errors = new Float64Array(rows);
  for (let i = 0; i < made.length; i++) {
    const residual = ((made[i] ?? 0) - (cells.x[i] ?? 0)) * (cells.mask[i] ?? 0);
    errors[Math.floor(i / columns)] = (errors[Math.floor(i / columns)] ?? 0) + residual ** 2;
  }
  const kept = errors.sort().subarray(0, Math.max(1, Math.round(rows * (1 - TRIMMED_SHARE))));
  return kept.reduce((sum, error) => sum + error, 0) / (kept.length * columns);
};

/** Per column the 0.75 quantile of observed absolute residuals, not below the floor. */
const residualScales = async (
  network: Network,
  cells: Cells,
  columns: number,
  pace: () => Promise<void>,
): Promise<Float64Array> => {
  const made = network.reconstruct(cells.x);
  const rows = made.length / columns;
  const scales = new Float64Array(columns);
  for (let j = 0; j < columns; j++) {
    await pace();
    const residuals = new Float64Array(rows);
    let count = 0;
    for (let at = j; at < made.length; at += columns) {
      if (cells.mask[at] === 1) residuals[count++] = Math.abs((made[at] ?? 0) - (cells.x[at] ?? 0));
    }
    const typical = quantileOfSorted(residuals.subarray(0, count).sort(), 0.75);
    scales[j] = Math.max(RESIDUAL_FLOOR, count > 0 ? typical : RESIDUAL_FLOOR);
  }
  return scales;
};

/** 0…n−1 in random order (Fisher & Yates, in Knuth 1969, algorithm P). */
const shuffled = (n: number, random: Random): Uint32Array => {
  const order = Uint32Array.from({ length: n }, (_, i) => i);
  for (let i = n - 1; i > 0; i--) {
    const j = random.int(i + 1);
    const value = order[i] ?? 0;
    order[i] = order[j] ?? 0;
    order[j] = value;
  }
  return order;
};
