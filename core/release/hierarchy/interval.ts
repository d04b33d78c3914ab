import { chiSquareQuantile } from '../../math/index.ts';

/**
 * Half the widths of intervals that each hold a weighted sum of independent noises with probability `level` at least, from
 * its variance. Noise is discrete Gaussian, whose sums are taken as normal, or discrete Laplace: a sum of Laplace variables
 * lies in shape between one of them and a normal variable, so that the larger of their two quantiles is taken, in standard
 * deviations: √(χ²₁ quantile) and ln(1 / (1 − level)) / √2 (at 95 %: 1.960 and 2.118). Half a step is added for noise being
 * whole. That the level holds is not proved for all weights; it is tested on many, and above the level on each.
 */
export const halfWidths = (
  variance: Float64Array,
  level: number,
  noise: 'discrete-laplace' | 'discrete-gaussian',
): Float64Array => {
  const normal = Math.sqrt(chiSquareQuantile(1, level));
  const quantile = noise === 'discrete-laplace' ? Math.max(normal, -Math.log(1 - level) / Math.SQRT2) : normal;
  return variance.map((each) => quantile * Math.sqrt(each) + 0.5);
};
