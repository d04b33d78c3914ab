import { NightjarError } from '../../api/errors.ts';
import { rational, type Rational } from '../../math/rational.ts';
import type { NoiseSource } from '../../random/noise-source.ts';
import { exponentialMechanism } from './exponential-mechanism.ts';
import { permuteAndFlip } from './permute-and-flip.ts';

/**
 * The `k` keys with the highest counts, in the order they were chosen: one after the other, the chosen ones left out.
 * Every key of a public list takes part, those with count 0 too; fewer than k only where the list is shorter.
 *
 * Privacy map. Counts move one way when an actor is added, each by 0…Δ, so that with rate = ε / Δ every choice is
 * ε-differentially private whatever number of keys the actor touches; `exponential` choices are also ε-bounded-range. k of
 * them compose: see `choiceBudget`. `permute-and-flip` errs less at equal ε, `exponential` costs a quarter of its ρ.
 */
export const chooseKnownKeys = (
  counts: Float64Array,
  k: number,
  rate: Rational,
  method: 'exponential' | 'permute-and-flip',
  source: NoiseSource,
): Uint32Array => {
  const { level, keys } = byCount(counts, 0);
  const scores = Float64Array.from(level);
  const chosen: number[] = [];
  while (chosen.length < Math.min(k, counts.length)) {
    // All keys of one count are one option: see `chooseUnknownKeys`.
    const sizes = Float64Array.from(keys, (each) => each.length);
    const best = scores.reduce((most, score, i) => ((sizes[i] ?? 0) > 0 ? Math.max(most, score) : most), 0);
    const at =
      method === 'exponential'
        ? exponentialMechanism(
            scores.map((score) => Math.max(0, best - score)),
            rate,
            source,
            sizes,
          )
        : permuteAndFlip(scores, rate, source, sizes);
    const key = takeAny(keys[at] ?? [], source);
    if (key === undefined) throw new NightjarError('internal', 'A key was chosen that is not there.');
    chosen.push(key);
  }
  return Uint32Array.from(chosen);
};

/**
 * Up to `k` of the keys that occur, in the order they were chosen: the exponential mechanism among those with a count
 * above 0 and one more option "no further key" of score `threshold`, at which it stops (Durfee & Rogers 2019, the fixed
 * threshold mechanism; one choice at a time is the same distribution as their Gumbel noise).
 *
 * Privacy map: (k ε, δ)-differentially private with ε = rate · Δ, δ = β / (1 + β), β = g exp(−rate τ) for actors who add up to
 * Δ to each of at most g keys, threshold = Δ + τ, β ≤ ε (`selectionThreshold` sees to it). Let x′ be x and one more actor;
 * bad keys occur in x′ only; there are at most g, and each counts at most Δ. With weights exp(rate · count), w that of the
 * threshold, all bad keys together weigh at most g exp(rate Δ) = β w.
 * - One choice of a key or an end that is possible in x: its weight in x′ is the same or up to e^ε larger, that of the end
 *   does not move, and the sum grows from W + w to at most e^ε W + (1 + β) w ≤ e^ε (W + w), for 1 + β ≤ 1 + ε ≤ e^ε. So the
 *   probabilities differ by at most e^ε in both directions; k choices: e^(k ε).
 * - A bad key in the answer, under x′: the choices are those of one race of exponential clocks with these weights as rates,
 *   and a bad key is in the answer only if one rings before the end does: probability at most β w / (β w + w) = δ, once, not
 *   per choice.
 */
export const chooseUnknownKeys = (
  counts: Float64Array,
  k: number,
  rate: Rational,
  threshold: number,
  source: NoiseSource,
): Uint32Array => {
  const { level, keys } = byCount(counts, 1);
  const scores = Float64Array.from([...level, threshold]);
  const chosen: number[] = [];
  while (chosen.length < k) {
    // All keys of one count are one option, so that a choice costs what there are different counts, not keys.
    const sizes = Float64Array.from([...keys.map((each) => each.length), 1]);
    const best = scores.reduce((most, score, i) => ((sizes[i] ?? 0) > 0 ? Math.max(most, score) : most), threshold);
    const at = exponentialMechanism(
      scores.map((score) => Math.max(0, best - score)),
      rate,
      source,
      sizes,
    );
    const among = keys[at];
    if (among === undefined) break;
    const key = takeAny(among, source);
    if (key !== undefined) chosen.push(key);
  }
  return Uint32Array.from(chosen);
};

/** Takes one of the keys out, all equally likely; undefined where there is none. */
const takeAny = (keys: number[], source: NoiseSource): number | undefined => {
  if (keys.length === 0) return undefined;
  const at = source.below(keys.length);
  const last = keys.length - 1;
  [keys[at], keys[last]] = [keys[last] ?? 0, keys[at] ?? 0];
  return keys.pop();
};

/** Keys with this count at least by their count. */
const byCount = (
  counts: Float64Array,
  least: number,
): { readonly level: readonly number[]; readonly keys: number[][] } => {
  const found = new Map<number, number[]>();
  counts.forEach((count, key) => {
    if (count < least) return;
    const among = found.get(count);
    if (among) among.push(key);
    else found.set(count, [key]);
  });
  return { level: [...found.keys()], keys: [...found.values()] };
};

/** ε of one choice over the contribution. */
export const rateOf = (epsilon: Rational, contribution: number): Rational =>
  rational(epsilon.numerator, epsilon.denominator * BigInt(contribution));
