import type { Rational } from '../../math/rational.ts';
import type { NoiseSource } from '../../random/noise-source.ts';
import { bernoulliExpBig, bernoulliExpMinusOne, bernoulliExpSmall } from './bernoulli-exp.ts';
import { type Sampler, requireScale, saturated } from './sampler.ts';

/** Doubles are exact integers up to here. */
const EXACT = 2 ** 53;

/**
 * Draws y ≥ 0 with probability proportional to exp(−y / scale), exactly: the magnitude of Canonne, Kamath & Steinke 2020,
 * algorithm 2. For scale = t / s: U in 0…t − 1 is kept with probability exp(−U / t), V counts how often Bernoulli(exp(−1))
 * holds; X = U + t V has P(x) ∝ exp(−x / t), and ⌊X / s⌋ has P(y) ∝ exp(−s y / t).
 * Throws `usage` for a scale that is not in (0, 2^43].
 */
export const geometricSampler = (scale: Rational, source: NoiseSource): Sampler => {
  requireScale(scale);
  const { numerator, denominator } = scale;
  if (numerator >= EXACT || denominator >= EXACT) return () => saturated(geometricBig(numerator, denominator, source));
  const t = Number(numerator);
  const s = Number(denominator);
  return () => geometricSmall(t, s, source);
};

/**
 * Scale t / s, both integers in 1…2^53 − 1, in doubles. Doubles are monotone: where U + t V rounds to less than 2^53, it and
 * t V are less than 2^53, and exact; else big integers finish the draw. Let z = x / s, q = ⌊z⌋. The division cannot round z
 * up to q + 1: it moves z by at most 2^−53 z, and q + 1 is at least 1 / s away, so that x = s z would be at least 2^53.
 */
export const geometricSmall = (t: number, s: number, source: NoiseSource): number => {
  let u = source.below(t);
  while (!bernoulliExpSmall(u, t, source)) u = source.below(t);
  let v = 0;
  while (bernoulliExpMinusOne(source)) v++;
  const x = u + t * v;
  return x < EXACT ? Math.floor(x / s) : saturated((BigInt(u) + BigInt(t) * BigInt(v)) / BigInt(s));
};

/** The same in integers of any size: the same bits give the same draw, before saturation. */
export const geometricBig = (t: bigint, s: bigint, source: NoiseSource): bigint => {
  let u = source.belowBig(t);
  while (!bernoulliExpBig(u, t, source)) u = source.belowBig(t);
  let v = 0n;
  while (bernoulliExpMinusOne(source)) v++;
  return (u + t * v) / s;
};
