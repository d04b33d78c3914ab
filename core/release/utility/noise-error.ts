import { toNumber } from '../../math/rational.ts';
import type { Noise } from '../accounting/index.ts';

/**
 * Expected |X| of the noise. Discrete Laplace: 2 q / (1 − q²) = 1 / sinh(1 / scale), q = exp(−1 / scale); discrete Gaussian: the
 * sum, or σ √(2 / π) from σ = 20 on, where the two differ by less than 1e-3 of it.
 */
export const expectedAbsoluteNoise = (noise: Noise): number => {
  if (noise.kind === 'discrete-laplace') return 1 / Math.sinh(1 / toNumber(noise.scale));
  const sigmaSquared = toNumber(noise.sigmaSquared);
  if (sigmaSquared >= 400) return Math.sqrt((2 * sigmaSquared) / Math.PI);
  let [mass, sum] = [1, 0];
  for (let x = 1; x <= 40 * Math.sqrt(sigmaSquared) + 2; x++) {
    const share = 2 * Math.exp(-(x * x) / (2 * sigmaSquared));
    mass += share;
    sum += share * x;
  }
  return sum / mass;
};
