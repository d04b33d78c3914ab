import { harmonic } from '../../math/harmonic.ts';

/**
 * Complete binary trees in flat arrays. Tree t owns slots [t·size, (t + 1)·size), size = 2^depth:
 * inner node i (root 1, children 2i and 2i + 1) lies at t·size + i, leaf k at t·size + k.
 * A row goes right when its value is above the threshold. A branch that ended early goes on to the
 * left below thresholds of +∞, and all its leaves carry its path length.
 */
export type Forest = {
  readonly names: readonly string[];
  readonly trees: number;
  readonly depth: number;
  /** Rows each tree saw: ψ of Liu, Ting & Zhou 2008. */
  readonly sampleSize: number;
  readonly feature: Uint16Array;
  readonly threshold: Float32Array;
  /** 1 where a missing value goes right; drawn at each split in proportion to the rows there. */
  readonly missingRight: Uint8Array;
  /** Depth of the leaf plus c(rows in it). */
  readonly pathLength: Float64Array;
  /** Rows of the sample in the leaf. */
  readonly cover: Uint16Array;
};

/**
 * c(n), the mean path length of an unsuccessful search in a binary search tree of n keys:
 * 2 H(n − 1) − 2 (n − 1) / n (Liu, Ting & Zhou 2008, eq. 1), with exact harmonic numbers:
 * c(256) = 10.24869, where ln(n − 1) + γ gives 10.24477. c(1) = 0, c(2) = 1.
 */
export const averagePathLength = (n: number): number => (n <= 1 ? 0 : 2 * harmonic(n - 1) - (2 * (n - 1)) / n);

/** Highest column index a forest can hold. */
export const MAX_COLUMNS = 65_535;

/** A forest of the given shape with all thresholds at +∞, on memory that workers can share. */
export const emptyForest = (names: readonly string[], trees: number, sampleSize: number): Forest => {
  const depth = Math.max(1, Math.ceil(Math.log2(Math.max(2, sampleSize))));
  const slots = trees * 2 ** depth;
  const forest: Forest = {
    names,
    trees,
    depth,
    sampleSize,
    feature: new Uint16Array(new SharedArrayBuffer(slots * 2)),
    threshold: new Float32Array(new SharedArrayBuffer(slots * 4)),
    missingRight: new Uint8Array(new SharedArrayBuffer(slots)),
    pathLength: new Float64Array(new SharedArrayBuffer(slots * 8)),
    cover: new Uint16Array(new SharedArrayBuffer(slots * 2)),
  };
  forest.threshold.fill(Number.POSITIVE_INFINITY);
  return forest;
};
