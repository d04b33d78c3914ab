import {
  gaussianSigmaSquared,
  halfWidth,
  laplaceScale,
  largestRho,
  type LossEvent,
  type Noise,
  type PrivacyLoss,
  type Reach,
} from '../accounting/index.ts';
import {
  compareRational,
  multiplyRational,
  rational,
  rationalOf,
  toNumber,
  type Rational,
} from '../../math/rational.ts';
import type { NoiseSource } from '../../random/noise-source.ts';
import {
  discreteGaussianSampler,
  discreteLaplaceSampler,
  fillNoise,
  requireScale,
  requireVariance,
} from '../samplers/index.ts';

/**
 * The noise that makes each of several vectors, of these reaches, cost its equal share of the loss; all from public
 * numbers.
 * - pure ε: discrete Laplace of scale Δ₁ / (ε / n) each; basic composition adds up to ε.
 * - ρ-zCDP: discrete Gaussian of σ² = Δ₂² / (2 ρ / n) each; zCDP adds up to ρ (Bun & Steinke 2016).
 * - (ε, δ): whichever of these has the smaller variance: Laplace at ε, which leaves δ unspent, or Gaussian at the largest
 *   ρ that `zcdpEpsilon` turns into (ε, δ).
 */
export const chooseNoises = (reaches: readonly Reach[], loss: PrivacyLoss): readonly Noise[] => {
  const share = rational(1, reaches.length);
  if (loss.kind === 'zcdp') return gaussians(reaches, multiplyRational(loss.rho, share));
  const laplace = reaches.map((reach): Noise => ({
    kind: 'discrete-laplace',
    scale: laplaceScale(reach, multiplyRational(loss.epsilon, share)),
  }));
  const rho = loss.kind === 'approximate' ? rhoFor(loss.epsilon, loss.delta) : undefined;
  if (rho === undefined) return laplace;
  const gaussian = gaussians(reaches, multiplyRational(rho, share));
  const isNarrower = gaussian.every((noise, i) => varianceOf(noise) < varianceOf(laplace[i] ?? noise));
  return isNarrower ? gaussian : laplace;
};

/** What a vector with this noise costs, as the ledger keeps it. */
export const eventOf = (reach: Reach, noise: Noise): LossEvent => ({ ...reach, ...noise });

/** Throws `usage` for noise too wide to be drawn: before anything is paid for it. */
export const requireDrawable = (events: readonly LossEvent[]): void => {
  for (const event of events) {
    if (event.kind === 'discrete-laplace') requireScale(event.scale);
    else if (event.kind === 'discrete-gaussian') requireVariance(event.sigmaSquared);
  }
};

/** Fresh independent noise, one integer per group. */
export const drawNoise = (noise: Noise, groups: number, source: NoiseSource): Float64Array =>
  fillNoise(
    noise.kind === 'discrete-laplace'
      ? discreteLaplaceSampler(noise.scale, source)
      : discreteGaussianSampler(noise.sigmaSquared, source),
    new Float64Array(groups),
  );

/** Smallest whole w with P(|noise| > w) ≤ 1 − level. */
export const widthAt = (noise: Noise, level: number): number => halfWidth(noise, 1 - level);

/** Variance of the noise, up to rounding: 2 q / (1 − q)² with q = exp(−1 / scale), or at most σ². */
export const varianceOf = (noise: Noise): number => {
  if (noise.kind === 'discrete-gaussian') return toNumber(noise.sigmaSquared);
  const rate = 1 / toNumber(noise.scale);
  return (2 * Math.exp(-rate)) / Math.expm1(-rate) ** 2;
};

const gaussians = (reaches: readonly Reach[], rho: Rational): readonly Noise[] =>
  reaches.map((reach): Noise => ({ kind: 'discrete-gaussian', sigmaSquared: gaussianSigmaSquared(reach, rho) }));

/** A ρ whose (ε, δ) guarantee is inside the given one, within a millionth of the largest; undefined where δ is 0. */
const rhoFor = (epsilon: Rational, delta: Rational): Rational | undefined => {
  if (compareRational(delta, rational(0)) <= 0) return undefined;
  const most = toNumber(largestRho({ epsilon, delta, conversionDelta: delta }));
  // 20 bits keep the fractions of the noise short; rounding down is safe.
  const unit = 2 ** (Math.floor(Math.log2(most)) - 20);
  return most > 0 ? rationalOf(Math.floor(most / unit) * unit) : undefined;
};
