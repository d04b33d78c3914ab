import { NightjarError } from '../../api/errors.ts';
import { rational, type Rational } from '../../math/rational.ts';
import type { NoiseSource } from '../../random/noise-source.ts';
import { expBounds } from './exp-bounds.ts';

/**
 * Permute-and-flip (McKenna & Sheldon 2020), sampled exactly: candidates in random order, each taken with
 * probability exp(−rate · (best − scores[i])), until one is. Scores are whole numbers; option i stands for `sizes[i]` equal
 * candidates (1 by default), and which of them it is, is uniform.
 *
 * Candidates are taken independently of the order, so that the first of a random order is uniform among all that would be
 * taken: here every option's number of those is drawn, then one of them. A candidate costs one draw of 12 bits, compared with
 * integer bounds of its probability, and more bits only where these do not decide: exact, without floating point.
 *
 * Privacy map. It is report-noisy-max with exponential noise of scale 1 / rate (Ding et al. 2021). Where one actor moves every
 * score by at most Δ, it is ε-differentially private with ε = 2 Δ rate; where all scores move one way, as counts do,
 * ε = Δ rate: let scores h ≤ h′ ≤ h + Δ. Given the noise of all others, i wins under h where its noise is above
 * t = max_j (h_j + η_j) − h_i, under h′ above t′, and |t′ − t| ≤ Δ because the maximum grows by 0…Δ and h_i by 0…Δ;
 * P(η_i > t) and P(η_i > t′) differ by at most the factor e^(rate Δ), in both directions.
 * Its expected score is never below that of the exponential mechanism at equal ε (McKenna & Sheldon 2020), but it is not
 * bounded-range: as ρ-zCDP it costs ε² / 2. Throws `internal` where there is no candidate.
 */
export const permuteAndFlip = (
  scores: Float64Array,
  rate: Rational,
  source: NoiseSource,
  sizes?: Float64Array,
): number => {
  let best = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < scores.length; i++) if ((sizes?.[i] ?? 1) > 0) best = Math.max(best, scores[i]!); // hot: i is inside
  if (best === Number.NEGATIVE_INFINITY) throw new NightjarError('internal', 'There is nothing to choose from.');
  let taken = 0;
  const takenUpTo = new Float64Array(scores.length);
  for (let i = 0; i < scores.length; i++) {
    const size = sizes?.[i] ?? 1;
    if (size > 0)
      taken += takenOf(size, rational(rate.numerator * BigInt(best - scores[i]!), rate.denominator), source);
    takenUpTo[i] = taken;
  }
  const one = source.below(taken); // the best are taken for certain
  return takenUpTo.findIndex((upTo) => one < upTo);
};

const BITS = 12;

/** How many of `size` candidates are taken, each with probability exp(−x). */
const takenOf = (size: number, x: Rational, source: NoiseSource): number => {
  if (x.numerator === 0n) return size;
  const { low, high } = expBounds(x, BITS);
  const [surely, possibly] = [Number(low), Number(high)];
  let taken = 0;
  for (let i = 0; i < size; i++) {
    const uniform = source.below(2 ** BITS);
    if (uniform < surely || (uniform < possibly && isBelow(BigInt(uniform), x, source))) taken++;
  }
  return taken;
};

/** Whether a uniform number with these first bits is below exp(−x): more bits are drawn until all such numbers agree. */
const isBelow = (first: bigint, x: Rational, source: NoiseSource): boolean => {
  let uniform = first;
  for (let bits = BITS, fresh = 52; ; fresh = bits) {
    uniform = (uniform << BigInt(fresh)) | source.belowBig(1n << BigInt(fresh));
    bits += fresh;
    const { low, high } = expBounds(x, bits);
    if (uniform < low) return true;
    if (uniform >= high) return false;
  }
};
