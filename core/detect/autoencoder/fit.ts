import { drawInOrder, type Random } from '../../random/index.ts';
import type { Matrix } from '../../table/table.ts';
import { makePace } from '../pace.ts';
import { requireContent } from '../require-content.ts';
import type { Backend, Run } from '../schema.ts';
import { chooseBackend } from './backend.ts';
import { initialWeights } from './network.ts';
import { prepareCells } from './prepare.ts';
import { residualScales } from './residual-scale.ts';
import { trainNetwork } from './train.ts';

/** Several small networks, each taught by rows of its own; none of the rows is kept. */
export type Autoencoder = {
  readonly names: readonly string[];
  readonly sizes: readonly number[];
  readonly members: readonly Member[];
  readonly backend: Backend;
};

export type Member = {
  /** As `initialWeights` lays them out. */
  readonly weights: Float32Array;
  /** Per column the size of an ordinary residual: what an error is measured in. */
  readonly residualScale: Float64Array;
};

/**
 * Steps that each network is taught for at most. Short ones learn what nearly all rows share, and so are not fooled by abuse
 * that is common; long ones learn the joint pattern that odd rows break. Which is wanted cannot be known without labels.
 */
const STEPS = [100, 150, 200, 300, 400, 600, 800, 1200];
const TOTAL_STEPS = STEPS.reduce((sum, steps) => sum + steps, 0);
/** Rows a network is taught by: few, so that it learns their pattern and not the rows themselves. */
const MEMBER_ROWS = 2000;

/** Layers from the width: d → d/2 → d/4 → d/2 → d, at most 64 and 16 units inside. */
export const layerSizes = (columns: number): number[] => {
  const outer = Math.min(64, Math.max(2, Math.ceil(columns / 2)));
  const inner = Math.min(16, Math.max(1, Math.ceil(columns / 4)));
  return [columns, outer, inner, outer, columns];
};

/**
 * An ensemble of small autoencoders (Chen et al. 2017, with rows drawn instead of connections), each fitted to rows of its
 * own and for a time of its own. `random` draws the rows, their order and the first weights: the same seed gives the same
 * model on one backend, on `simd` on any machine. Throws `input` for an empty table, `usage` for a backend that does not
 * load, `cancelled`.
 */
export const fitAutoencoder = async (matrix: Matrix, random: Random, run: Run = {}): Promise<Autoencoder> => {
  requireContent(matrix);
  const { createNetwork, ...backend } = await chooseBackend(run.backend);
  const sizes = layerSizes(matrix.columns);
  const pace = makePace(run);
  const members: Member[] = [];
  let done = 0;
  for (const [k, steps] of STEPS.entries()) {
    const own = random.fork(`member ${k}`);
    const rows = drawInOrder(matrix.rows, own.fork('rows'), MEMBER_ROWS);
    const onSteps = (taken: number): void =>
      run.onProgress?.({ stage: 'autoencoder', done: done + taken, total: TOTAL_STEPS, unit: 'steps' });
    const network = createNetwork(sizes, initialWeights(sizes, own.fork('weights')));
    try {
      const weights = await trainNetwork(network, matrix, rows, steps, own, pace, onSteps);
      const best = createNetwork(sizes, weights);
      try {
        const cells = prepareCells(matrix, rows.length, (row) => rows[row] ?? 0);
        members.push({ weights, residualScale: residualScales(best, cells, matrix.columns) });
      } finally {
        best.dispose();
      }
    } finally {
      network.dispose();
    }
    done += steps;
    await pace();
  }
  return { names: matrix.names, sizes, members, backend };
};
