import { quantileOfSorted } from '../../math/quantile.ts';
import type { Network } from './network.ts';
import type { Cells } from './prepare.ts';

/** Smallest residual that counts, in robust standard deviations: copying exactly is no feat. */
const RESIDUAL_FLOOR = 0.05;

/** Per column the 0.75 quantile of observed absolute residuals, not below the floor. */
export const residualScales = (network: Network, { x, mask }: Cells, columns: number): Float64Array => {
  const made = network.reconstruct(x);
  const scales = new Float64Array(columns);
  for (let j = 0; j < columns; j++) {
    const residuals = new Float64Array(made.length / columns);
    let count = 0;
    for (let at = j; at < made.length; at += columns) {
      if (mask[at] === 1) residuals[count++] = Math.abs((made[at] ?? 0) - (x[at] ?? 0));
    }
    const typical = quantileOfSorted(residuals.subarray(0, count).sort(), 0.75);
    scales[j] = Math.max(RESIDUAL_FLOOR, count > 0 ? typical : RESIDUAL_FLOOR);
  }
  return scales;
};
