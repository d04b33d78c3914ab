import type { Matrix } from '../../table/table.ts';

/**
 * Farthest a scaled value may lie from its median: beyond, an outlier says no more, but would
 * rule the squared loss. Ten robust standard deviations.
 */
const CLIP = 10;

export type Cells = {
  /** Scaled values, clipped, a missing one at the median 0; row by row. */
  readonly x: Float32Array;
  /** 1 where the value was observed, 0 where it is missing. */
  readonly mask: Float32Array;
};

/** The rows of a matrix that `rowAt(k)` names for k < count, ready for the network. */
export const prepareCells = (matrix: Matrix, count: number, rowAt: (k: number) => number): Cells => {
  const { columns, values } = matrix;
  const x = new Float32Array(count * columns);
  const mask = new Float32Array(count * columns);
  for (let k = 0; k < count; k++) {
    const from = rowAt(k) * columns;
    for (let j = 0; j < columns; j++) {
      const value = values[from + j] ?? Number.NaN;
      if (value !== value) continue;
      x[k * columns + j] = Math.min(CLIP, Math.max(-CLIP, value));
      mask[k * columns + j] = 1;
    }
  }
  return { x, mask };
};
