import { NightjarError } from '../../api/errors.ts';
import { rational, type Rational } from '../../math/rational.ts';
import type { NoiseSource } from '../../random/noise-source.ts';
import { bernoulliExp, bernoulliExpSmall } from '../samplers/bernoulli-exp.ts';

/**
 * Permute-and-flip (McKenna & Sheldon 2020), sampled exactly: candidates in random order, each taken with
 * probability exp(−rate · (best − scores[i])), until one is. Scores are whole numbers.
 *
 * Privacy map. It is report-noisy-max with exponential noise of scale 1 / rate (Ding et al. 2021). Where one actor moves every
 * score by at most Δ, it is ε-differentially private with ε = 2 Δ rate; where all scores move one way, as counts do,
 * ε = Δ rate: let scores h ≤ h′ ≤ h + Δ. Given the noise of all others, i wins under h where its noise is above
 * t = max_j (h_j + η_j) − h_i, under h′ above t′, and |t′ − t| ≤ Δ because the maximum grows by 0…Δ and h_i by 0…Δ;
 * P(η_i > t) and P(η_i > t′) differ by at most the factor e^(rate Δ), in both directions.
 * Its expected score is never below that of the exponential mechanism at equal ε (McKenna & Sheldon 2020), but it is not
 * bounded-range: as ρ-zCDP it costs ε² / 2. Throws `internal` where there is no candidate.
 */
export const permuteAndFlip = (scores: Float64Array, rate: Rational, source: NoiseSource): number => {
  let best = Number.NEGATIVE_INFINITY;
  for (const score of scores) best = Math.max(best, score);
  if (best === Number.NEGATIVE_INFINITY) throw new NightjarError('internal', 'There is nothing to choose from.');
  const order = Float64Array.from(scores.keys());
  for (let left = order.length; ; left--) {
    const at = source.below(left); // the best is taken for certain, so left stays above 0
    const candidate = order[at] ?? 0;
    if (passes(best - (scores[candidate] ?? best), rate, source)) return candidate;
    order[at] = order[left - 1] ?? 0;
  }
};

/** True with probability exp(−rate · distance); in doubles where both terms of the exponent are exact in them. */
const passes = (distance: number, { numerator, denominator }: Rational, source: NoiseSource): boolean => {
  const product = Number(numerator) * distance;
  return product < EXACT && denominator < EXACT
    ? bernoulliExpSmall(product, Number(denominator), source)
    : bernoulliExp(rational(numerator * BigInt(distance), denominator), source);
};

/** Doubles are exact integers up to here; a product that rounds to less is less, and exact. */
const EXACT = 2 ** 53;
