import { toNumber, type Rational } from '../../math/rational.ts';
import { requirePositive } from './loss-event.ts';

/** Noise on the integers: discrete Laplace P(x) ∝ exp(−|x| / scale), discrete Gaussian P(x) ∝ exp(−x² / (2 σ²)). */
export type Noise =
  | { readonly kind: 'discrete-laplace'; readonly scale: Rational }
  | { readonly kind: 'discrete-gaussian'; readonly sigmaSquared: Rational };

/** Throws `usage` where the noise has no width. */
export const requireNoise = (noise: Noise): void =>
  noise.kind === 'discrete-laplace'
    ? requirePositive(noise.scale, 'scale')
    : requirePositive(noise.sigmaSquared, 'sigmaSquared');

/** What a mass or a probability here is raised by, relatively: above the rounding of everything that made it. */
export const MASS_ERROR = 2 ** -40;

/**
 * An upper bound of P(a ≤ X ≤ b) of the discrete Laplace distribution, for whole 1 ≤ a ≤ b or b infinite:
 * q^a (1 − q^(b−a+1)) / (1 + q) with q = exp(−1 / scale), a geometric series.
 */
export const laplaceMass = (scale: Rational, a: number, b: number): number => {
  const s = toNumber(scale);
  const width = b === Number.POSITIVE_INFINITY ? 1 : -Math.expm1(-(b - a + 1) / s);
  return raised((Math.exp(-a / s) * width) / (1 + Math.exp(-1 / s)));
};

/**
 * An upper bound of P(a ≤ X ≤ b) of the discrete Gaussian distribution for whole a ≤ b, by no more than the bend of the
 * density inside the block: where the density is concave (|x| ≤ σ) no mean over the block exceeds its middle (Jensen),
 * where it is convex none exceeds the mean of its ends; a block over the bend takes its largest value. One value is
 * taken as it is. `total` comes from `gaussianTotal`.
 */
export const gaussianMass = (sigmaSquared: number, total: number, a: number, b: number): number => {
  const density = (x: number): number => Math.exp(-(x * x) / (2 * sigmaSquared));
  const sigma = Math.sqrt(sigmaSquared);
  const [near, far] = [a > 0 ? a : b < 0 ? -b : 0, Math.max(-a, b)];
  const mean =
    a === b
      ? density(a)
      : far <= sigma
        ? density((a + b) / 2)
        : near >= sigma * (1 + MASS_ERROR)
          ? (density(a) + density(b)) / 2
          : density(near);
  return raised(((b - a + 1) * mean) / total);
};

/**
 * A lower bound of Σ exp(−x² / (2 σ²)) over the integers, good to 1e-15: the sum itself where σ is small, else
 * σ √(2π), which it never falls below (Poisson summation: every further term is positive; Canonne, Kamath & Steinke
 * 2020).
 */
export const gaussianTotal = (sigmaSquared: number): number => {
  if (sigmaSquared >= 4) return Math.sqrt(2 * Math.PI * sigmaSquared) * (1 - 2 ** -50);
  let sum = 1;
  for (let x = 1; x * x < 80 * sigmaSquared + 1; x++) sum += 2 * Math.exp(-(x * x) / (2 * sigmaSquared));
  return sum * (1 - 2 ** -45);
};

/** A little above x ≥ 0, and above 0, so that nothing is lost to underflow. */
const raised = (x: number): number => x * (1 + MASS_ERROR) + 1e-300;
