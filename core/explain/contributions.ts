import type { Detection, Run } from '../detect/schema.ts';

/**
 * Per row of `rows` and feature of the detection, the share of the score the feature accounts for:
 * row by row, each row adding to 1 (or all 0 when no detector ran). A detector's positive
 * attributions, as shares of their sum, count in proportion to its weighted squared tail rank, its part
 * of the squared score; what speaks for the actor counts as 0.
 */
export const contributions = async (
  detection: Pick<Detection, 'features' | 'parts'>,
  rows: readonly number[],
  run: Run = {},
): Promise<Float64Array> => {
  const width = detection.features.length;
  const total = new Float64Array(rows.length * width);
  for (const part of detection.parts) {
    const credit = await part.attribute(rows, run);
    rows.forEach((row, k) => {
      const own = credit.subarray(k * width, (k + 1) * width).map((value) => Math.max(0, value));
      addShares(total, k * width, own, part.weight * (part.tailRank[row] ?? 0) ** 2);
    });
  }
  rows.forEach((_, k) => {
    const own = total.slice(k * width, (k + 1) * width);
    total.fill(0, k * width, (k + 1) * width);
    addShares(total, k * width, own, 1);
  });
  return total;
};

/** Adds `weight` to the cells from `at`, split in proportion to `own`. */
const addShares = (total: Float64Array, at: number, own: Float64Array, weight: number): void => {
  const sum = own.reduce((a, b) => a + b, 0);
  if (!(sum > 0)) return;
  own.forEach((value, j) => {
    total[at + j] = (total[at + j] ?? 0) + (weight * value) / sum;
  });
};
