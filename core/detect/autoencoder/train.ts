import { drawInOrder, type Random } from '../../random/index.ts';
import type { Matrix } from '../../table/table.ts';
import type { Network } from './network.ts';
import { prepareCells, type Cells } from './prepare.ts';

/** Epochs without a better held-out loss after which training stops. */
const PATIENCE = 6;
const BATCH_ROWS = 256;
const HELD_OUT_SHARE = 0.1;
/** Fewer rows than this are all learned from, and judged by themselves. */
const MIN_ROWS_TO_HOLD_OUT = 40;
/** Rows of a batch that may be abuse: those with the largest error teach nothing. */
const TRIMMED_SHARE = 0.2;
const LEARNING_RATE = 0.005;
/** Share of the learning rate left at the last epoch. */
const LAST_RATE = 0.05;

/**
 * Trains on the rows at `rows` for about `steps` batches and returns the weights that did best on held-out ones, told of
 * after each epoch by `onSteps`. The rows of each batch with the largest errors are left out of the step (least trimmed
 * squares, Rousseeuw 1984, by batch); the rate falls linearly.
 */
export const trainNetwork = async (
  network: Network,
  matrix: Matrix,
  rows: Uint32Array,
  steps: number,
  random: Random,
  pace: () => Promise<void>,
  onSteps: (taken: number) => void,
): Promise<Float32Array> => {
  const heldOut = rows.length < MIN_ROWS_TO_HOLD_OUT ? 0 : Math.floor(rows.length * HELD_OUT_SHARE);
  const held = prepareCells(matrix, heldOut || rows.length, (k) => rows[k] ?? 0);
  const taught = rows.subarray(heldOut);
  const batch = Math.min(BATCH_ROWS, Math.max(8, powerOfTwoUpTo(taught.length / 8)));
  const batches = Math.max(1, Math.floor(taught.length / batch));
  const epochs = Math.max(1, Math.round(steps / batches));
  let best = network.weights();
  let bestLoss = trimmedLoss(network, held, matrix.columns);
  let waited = 0;
  for (let epoch = 0; epoch < epochs && waited < PATIENCE; epoch++) {
    const order = drawInOrder(taught.length, random.fork(`epoch ${epoch}`));
    const rate = LEARNING_RATE * (1 - ((1 - LAST_RATE) * epoch) / epochs);
    for (let b = 0; b < batches; b++) {
      const count = Math.min(batch, taught.length - b * batch);
      const { x, mask } = prepareCells(matrix, count, (k) => taught[order[b * batch + k] ?? 0] ?? 0);
      network.step(x, mask, keptOf(count), rate);
      await pace();
    }
    const loss = trimmedLoss(network, held, matrix.columns);
    if (loss < bestLoss * 0.999) {
      bestLoss = loss;
      best = network.weights();
      waited = 0;
    } else waited++;
    onSteps(Math.min(steps, (epoch + 1) * batches));
  }
  return best;
};

const keptOf = (rows: number): number => Math.max(1, Math.round(rows * (1 - TRIMMED_SHARE)));

const powerOfTwoUpTo = (value: number): number => 2 ** (31 - Math.clz32(value));

/** Mean squared error of the rows but those with the largest, as in training. */
const trimmedLoss = (network: Network, { x, mask }: Cells, columns: number): number => {
  const made = network.reconstruct(x);
  const errors = new Float64Array(made.length / columns);
  for (let i = 0; i < made.length; i++) {
    const residual = ((made[i] ?? 0) - (x[i] ?? 0)) * (mask[i] ?? 0);
    const row = Math.floor(i / columns);
    errors[row] = (errors[row] ?? 0) + residual * residual;
  }
  const kept = errors.sort().subarray(0, keptOf(errors.length));
  return kept.reduce((sum, error) => sum + error, 0) / (kept.length * columns);
};
