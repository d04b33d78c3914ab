import { NightjarError } from '../../api/errors.ts';
import { toNumber } from '../../math/rational.ts';
import { gaussianMass, gaussianTotal, laplaceMass, requireNoise, type Noise } from './noise.ts';

/** A tail is summed over at most about this many blocks of the integers. */
const BLOCKS = 4096;

/**
 * P(X ≥ t) for noise X and whole t, rounded up: for t ≥ 1 never below the true value and above it by less than 1e-11
 * of it for discrete Laplace and for discrete Gaussian with σ ≤ 400, by less than 1e-4 of it beyond. For t ≤ 0 it is
 * 1 − P(X ≥ 1 − t), rounded up by as little of that tail, or by 1e-3 of it beyond.
 * Discrete Laplace: q^t / (1 + q), q = exp(−1 / scale). Throws `usage` where t is not whole.
 */
export const upperTail = (noise: Noise, t: number): number => {
  requireNoise(noise);
  if (!Number.isSafeInteger(t)) throw new NightjarError('usage', 'A tail starts at a whole number.', { where: 't' });
  if (t <= 0) return 1 - upperTail(noise, 1 - t) * (1 - (isSummedSingly(noise) ? 2 ** -38 : 2 ** -12));
  if (noise.kind === 'discrete-laplace') return Math.min(1, laplaceMass(noise.scale, t, Number.POSITIVE_INFINITY));
  return Math.min(1, gaussianTail(toNumber(noise.sigmaSquared), t));
};

/** P(|X| ≥ t) = 2 P(X ≥ t) for whole t ≥ 1, rounded up as `upperTail` is; 1 for t ≤ 0. */
export const twoSidedTail = (noise: Noise, t: number): number => (t <= 0 ? 1 : Math.min(1, 2 * upperTail(noise, t)));

/**
 * Half the width of the interval that holds noise X with probability 1 − alpha at least: the smallest whole w ≥ 0 with
 * P(|X| > w) ≤ alpha (tails rounded up). A released value ± w covers the value before noise at that level, or above.
 * Throws `usage` where alpha is not inside (0, 1) or the noise is too wide for exact integers.
 */
export const halfWidth = (noise: Noise, alpha: number): number => {
  requireNoise(noise);
  if (!(alpha > 0 && alpha < 1)) {
    throw new NightjarError('usage', 'A level is out of range.', {
      where: 'alpha',
      next: 'Give a number between 0 and 1.',
    });
  }
  return smallestWhole(0, (w) => twoSidedTail(noise, w + 1) <= alpha);
};

/** The smallest whole number from `from` up for which `holds`, where it holds from some number on. */
export const smallestWhole = (from: number, holds: (x: number) => boolean): number => {
  let step = 1;
  while (!holds(from + step - 1)) {
    step *= 2;
    if (from + step > 2 ** 52) {
      throw new NightjarError('usage', 'The noise is too wide for exact integers.', {
        next: 'Raise epsilon, or take a coarser grid.',
      });
    }
  }
  // fails at low (or low is below `from`), holds at high
  let [low, high] = [from + Math.floor(step / 2) - 1, from + step - 1];
  while (high - low > 1) {
    const middle = low + Math.floor((high - low) / 2);
    if (holds(middle)) high = middle;
    else low = middle;
  }
  return high;
};

const isSummedSingly = (noise: Noise): boolean =>
  noise.kind === 'discrete-laplace' || toNumber(noise.sigmaSquared) <= 160_000; // 10 σ ≤ 4000 < BLOCKS

/**
 * Σ over x ≥ t in blocks; beyond `last`, where a block would start, each term is below exp(−last (x − last) / σ²) of
 * the one at `last`: a geometric series.
 */
const gaussianTail = (sigmaSquared: number, t: number): number => {
  const total = gaussianTotal(sigmaSquared);
  const reach = Math.sqrt(t * t + 100 * sigmaSquared);
  const size = Math.max(1, Math.ceil((reach - t) / BLOCKS));
  let sum = 0;
  let x = t;
  for (; x < reach; x += size) sum += gaussianMass(sigmaSquared, total, x, x + size - 1);
  return sum + gaussianMass(sigmaSquared, total, x, x) / -Math.expm1(-x / sigmaSquared);
};
