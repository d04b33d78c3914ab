import { NightjarError } from '../../api/errors.ts';
import { rational, type Rational } from '../../math/rational.ts';
import type { NoiseSource } from '../../random/noise-source.ts';
import { expBounds, type FixedBounds } from './exp-bounds.ts';

/**
 * The exponential mechanism (McSherry & Talwar 2007), sampled exactly: option j with probability
 * sizes[j] · exp(−rate · distances[j]) / Σ_i sizes[i] · exp(−rate · distances[i]). An option stands for `sizes[j]` equal
 * candidates (1 by default; 0 is never chosen); a distance is how far its score lies below the best, a whole number, up to
 * a shift that all share.
 *
 * Privacy map. Let one actor change every score by an amount in an interval of length `range`. Then the privacy loss of
 * this choice, as a function of what is chosen, lies in an interval of length rate · range that holds 0: the mechanism is
 * ε-differentially private and ε-bounded-range with ε = rate · range, hence ρ-zCDP with ρ = ε² / 8 (Cesar & Rogers 2021; the
 * step is Hoeffding's lemma). Scores that change by at most Δ have range 2 Δ; counts, which all move one way, range Δ.
 *
 * Exactness. No floating point: a uniform number is drawn bit by bit, and the weights are bounded by integers (`expBounds`).
 * As soon as bits and bounds leave one option only, it is the answer; until then both are refined. The first 64 bits leave
 * more than one with a probability of about 2^−60 per option. Throws `internal` where no option has a size above 0.
 */
export const exponentialMechanism = (
  distances: Float64Array,
  rate: Rational,
  source: NoiseSource,
  sizes?: Float64Array,
): number => {
  const nearest = nearestDistance(distances, sizes);
  let uniform = 0n;
  for (let bits = 64, fresh = 64; ; fresh = bits, bits *= 2) {
    uniform = (uniform << BigInt(fresh)) | source.belowBig(1n << BigInt(fresh));
    const chosen = chosenBy(uniform, bits, distances, nearest, rate, sizes);
    if (chosen !== undefined) return chosen;
  }
};

const nearestDistance = (distances: Float64Array, sizes: Float64Array | undefined): number => {
  let nearest = Number.POSITIVE_INFINITY;
  for (let j = 0; j < distances.length; j++) {
    if ((sizes?.[j] ?? 1) > 0) nearest = Math.min(nearest, distances[j] ?? Number.POSITIVE_INFINITY);
  }
  if (nearest === Number.POSITIVE_INFINITY) throw new NightjarError('internal', 'There is nothing to choose from.');
  return nearest;
};

/**
 * The option that every number with these first bits falls on, whatever the weights within their bounds; undefined where
 * there is none. U falls on j where U (before + rest) ≥ before and U (upTo + after) < upTo, with before, rest the weights
 * below j and from j on, upTo, after those up to j and above.
 */
const chosenBy = (
  uniform: bigint,
  bits: number,
  distances: Float64Array,
  nearest: number,
  rate: Rational,
  sizes: Float64Array | undefined,
): number | undefined => {
  const weights = weightsOf(distances, nearest, rate, bits, sizes);
  const modulus = 1n << BigInt(bits);
  let restLow = 0n;
  let restHigh = 0n;
  for (const { low, high } of weights) {
    restLow += low;
    restHigh += high;
  }
  let before = 0n; // upper bound
  let upTo = 0n; // lower bound
  for (let j = 0; j < weights.length; j++) {
    const { low, high } = weights[j]!; // hot: j is below the length
    if (uniform * restLow < (modulus - uniform) * before) return undefined;
    restLow -= low;
    restHigh -= high;
    upTo += low;
    if ((uniform + 1n) * restHigh <= (modulus - uniform - 1n) * upTo) return high === 0n ? undefined : j;
    before += high;
  }
  return undefined;
};

const NOTHING: FixedBounds = { low: 0n, high: 0n };

/** Bounds of sizes[j] · exp(−rate · (distances[j] − nearest)) · 2^bits. */
const weightsOf = (
  distances: Float64Array,
  nearest: number,
  rate: Rational,
  bits: number,
  sizes: Float64Array | undefined,
): readonly FixedBounds[] => {
  const known = new Map<number, FixedBounds>();
  const at = (distance: number): FixedBounds => {
    const found = known.get(distance);
    if (found !== undefined) return found;
    const bounds = expBounds(rational(rate.numerator * BigInt(distance), rate.denominator), bits);
    known.set(distance, bounds);
    return bounds;
  };
  // From here on exp(−rate · distance) < 2^−bits: one bound for all, exp decreases.
  const far = Number((BigInt(bits + 1) * rate.denominator) / rate.numerator) + 1;
  const beyond: FixedBounds = { low: 0n, high: Number.isSafeInteger(far) ? at(far).high : 1n << BigInt(bits) };
  return Array.from(distances, (distance, j) => {
    const size = sizes?.[j] ?? 1;
    if (size <= 0) return NOTHING;
    const { low, high } = distance - nearest < far ? at(distance - nearest) : beyond;
    return size === 1 ? { low, high } : { low: low * BigInt(size), high: high * BigInt(size) };
  });
};
